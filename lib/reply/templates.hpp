// Reply templates: files in a directory, one per language: greeting.en.liquid, greeting.nb.liquid, or
// greeting/en.liquid. A name that begins with "_" is a block for {% render %}. TOML front matter between +++
// lines may stand above the text.
#pragma once

#include "base/result.hpp"
#include "reply/front_matter.hpp"
#include "reply/template_context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct TemplateFile {
  std::string name, language; // "greeting", "nb"; language empty for a file without one
  std::string path, title;
  std::string head; // the front matter with its +++ lines; empty without one
  std::string body;
  int body_line = 1;  // of the file at which the body begins, for positions in errors
  std::string hash;   // sha256 of the file
  FrontMatter front;  // as written; what is said in one language holds for all: see load_templates
  std::string defect; // "refund.en.liquid:3: unknown key …": it cannot be used; empty when it is sound
  bool is_block() const;
};

// All of the directory and the directories in it, by name and language. tags, channels, owner, languages,
// fields and samples of one language hold for the others too. A file that is no template has its defect said;
// one that cannot be read is an error naming it. A missing directory is empty.
Result<std::vector<TemplateFile>> load_templates(const std::string& directory);
// One file: what it is called is said by its path below the directory.
TemplateFile read_template(std::string path, std::string_view below, std::string_view text);
// The best file of that name: wanted language, its group (nb and no, pt-BR and pt), then the fallbacks in
// order, then one without a language, then any. not_found with a suggestion; a defect is a usage error.
Result<TemplateFile> choose_template(const std::vector<TemplateFile>& files, std::string_view name,
                                     std::string_view language, const std::vector<std::string>& fallbacks);
// Whether a text of the one language serves for the other: nb, nn and no; pt and pt-BR.
bool same_language(std::string_view a, std::string_view b);
// "nb", "pt-BR": whether a part of a file's name is one.
bool is_language(std::string_view text);

// Strict: an unknown variable or filter is a usage error at file:line:column. `mode = "lax"` of the front
// matter lets the syntax of older Liquid pass, nothing else.
Result<std::string> render_template(const TemplateFile& file, const TemplateContext& context,
                                    const std::vector<TemplateFile>& partials);
// The same with the map from the text to the template; a failure is an error, as above.
Result<liquid::Rendered> render_mapped(const TemplateFile& file, const TemplateContext& context,
                                       const std::vector<TemplateFile>& partials);
// The file that {% render "name" %} means: a block "_name" before a template "name".
const TemplateFile* find_partial(const std::vector<TemplateFile>& files, std::string_view name,
                                 std::string_view language);
// Required fields that are blank in this context.
std::vector<std::string> missing_fields(const TemplateFile& file, const TemplateContext& context);

} // namespace helpdesk::reply
