// Which names templates use, and which of them lead to something. For the checks and for the import.
#pragma once

#include "reply/templates.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

// Whether a name such as "ticket.comments[0].author.name" leads to something in data; behind a list or a
// value that is not there yet anything may come.
bool leads_somewhere(const liquid::Value& data, std::string_view path);

// Every name of the context, with the fields and the samples of the template, as template_data gives it.
liquid::Value all_names(const TemplateFile& file, const std::vector<TemplateFile>& files);

// Names from outside that a template and its blocks read, with where each first stands. first_name, last_name
// and name of a person count as one: languages address people differently.
struct NameUse {
  std::string path; // of the file
  int line = 0, column = 0;
};
std::map<std::string, NameUse> names_used(const TemplateFile& file, const std::vector<TemplateFile>& files);

// Parsed as rendering would.
std::expected<liquid::Template, liquid::Problem> parse_body(const TemplateFile& file);

} // namespace helpdesk::reply
