// Articles of the knowledge base as files of Markdown: what they are called, which language they are in, and
// how they look in a mail of plain text.
//
//   returns.nb.md, returns/nb.md, nb/returns.md   the article "returns" in Norwegian
//   ---                                           front matter, YAML or (between +++) TOML; of it are read:
//   title: Sending something back                 else the first heading, else the name
//   language: nb                                  wins over the file's name
//   url: https://shop.example/help/returns        where customers read it
//   ---
#pragma once

#include "base/result.hpp"
#include "store/articles.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

// One file; below is its path under the folder. The name is a part of the path: "billing/refunds".
store::Article read_article(std::string_view below, std::string_view text);
// ".md" and ".markdown" files of a folder and the folders in it, or one file; by path. Directories that begin
// with a dot are left out, files above 4 MiB are an error. folder of the articles is not set.
Result<std::vector<store::Article>> read_articles(const std::string& folder);

// The variant for a reply in this language: the language itself, its group (nb, nn and no), one without a
// language, the fallbacks in order, then any. Null when there is none at all.
const store::Article* choose_article(const std::vector<store::Article>& variants, std::string_view language,
                                     const std::vector<std::string>& fallbacks);

// Markdown as plain text: headings are lines, links "words (address)", pictures their description, code is
// indented, marks of emphasis and comments are gone. Lists stay as they are.
std::string plain_text(std::string_view markdown);

} // namespace helpdesk::reply
