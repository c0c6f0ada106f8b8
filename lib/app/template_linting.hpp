// Templates under the rules for replies: what they make of their samples is read, and what is found is told
// at its place in the template.
#pragma once

#include "app/app.hpp"
#include "lint/lint.hpp"
#include "reply/template_check.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::app {

// HD001 … HD032 and HD100 in every language with every sample, each finding once; by file, then by place.
// [lint] of the configuration and the templates' own lint-disable comments hold.
Result<std::vector<reply::TemplateFinding>> lint_rendered(App& app,
                                                          const std::vector<reply::TemplateFile>& files,
                                                          const reply::TemplateCheckOptions& options);

// Where the text of `rendered` came from, for lint; columns and offsets as in the file's body, lines of the
// file.
std::vector<lint::SourceSpan> source_spans(const liquid::Rendered& rendered, const reply::TemplateFile& file,
                                           const std::vector<reply::TemplateFile>& files,
                                           std::string_view language);

// What a template makes for a ticket (or for nobody) without --set: fields that it asks for are blank.
struct TemplateMade {
  std::vector<reply::TemplateFile> files;
  reply::TemplateFile file;
  std::string language;
  std::vector<std::string> missing; // required fields
  liquid::Rendered rendered;
  std::string problem; // why it did not render; empty when it did
};
// language: empty is the ticket's. not_found for an unknown name.
Result<TemplateMade> template_made(App& app, const std::string& name,
                                   const std::optional<model::Ticket>& ticket, const std::string& language);
// The lines of text that still stand as the template made them lead back to it; input's template_text is left
// to the caller, who keeps the file. Fields that nobody filled in are told to HD028.
void trace_to_template(const TemplateMade& made, std::string_view text, lint::Input& input);
// HD000 of the template's comments: one reply may not need what others do. template lint tells them.
void drop_unused_comments(lint::Report& report);

} // namespace helpdesk::app
