// The knowledge base: between the commands, the store's articles and a draft.
#pragma once

#include "app/app.hpp"
#include "store/articles.hpp"

#include <memory>
#include <string>
#include <vector>

namespace helpdesk::app {

Result<std::unique_ptr<store::Articles>> articles(App& app, store::Access access);
// By its name, in the language or the nearest there is; not_found with a suggestion.
Result<store::Article> find_article(App& app, store::Articles& articles, const std::string& name,
                                    const std::string& language);
// By its name, else by words: the best match that has the language, else the best. not_found when nothing
// fits.
Result<store::Article> article_for(App& app, store::Articles& articles, const std::string& name_or_query,
                                   const std::string& language);
// Where customers read it: its own url, else [kb] url with its name; usage error when there is neither.
Result<std::string> article_address(App& app, const store::Article& article);

// The text with the article behind it: as plain text, or as its title and address.
Result<std::string> with_article(App& app, std::string_view text, const store::Article& article, bool link);

} // namespace helpdesk::app
