// Reply templates: files in a directory, one per language: greeting.en.liquid, greeting.nb.liquid. Optional
// front matter between +++ lines (TOML-like key = "value": title, tags).
#pragma once

#include "base/result.hpp"
#include "liquid/value.hpp"
#include "model/values.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct TemplateFile {
  std::string name, language; // "greeting", "nb"; language empty for a file without one
  std::string path, title;
  std::string body;
  int body_line = 1; // of the file at which the body begins, for positions in errors
  std::string hash;  // sha256 of the file
};

// All of the directory, by name and language. A file that cannot be read or parsed is an error naming it. A
// missing directory is empty.
Result<std::vector<TemplateFile>> load_templates(const std::string& directory);
// The best file of that name: wanted language, then the fallbacks in order, then any. not_found with a
// suggestion.
Result<TemplateFile> choose_template(const std::vector<TemplateFile>& files, std::string_view name,
                                     std::string_view language, const std::vector<std::string>& fallbacks);

struct TemplateContext {
  const model::Ticket* ticket = nullptr;
  const std::vector<model::Message>* messages = nullptr;
  model::Contact agent;
  Instant now{};
  Zone zone = Zone::utc();
  std::string language;
};
// requester.name, requester.first_name, requester.email, ticket.id, ticket.subject, ticket.status,
// ticket.tags, agent.name, agent.email, message.text, message.date, ticket.created_at …: the names that
// template(7) lists.
liquid::Value template_data(const TemplateContext& context);
// Strict: an unknown variable or filter is a usage error at file:line:column.
Result<std::string> render_template(const TemplateFile& file, const TemplateContext& context,
                                    const std::vector<TemplateFile>& partials);
// Without a ticket: against made-up data, for `template test`.
TemplateContext sample_context(model::Ticket& ticket, std::vector<model::Message>& messages);

} // namespace helpdesk::reply
