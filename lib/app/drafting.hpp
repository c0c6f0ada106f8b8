// Between the reply commands and lib/reply: beginning a draft, and making the mail out of it.
#pragma once

#include "app/sending.hpp"
#include "mime/compose.hpp"
#include "reply/draft.hpp"
#include "reply/letter.hpp"
#include "reply/templates.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::app {

struct DraftRequest {
  std::optional<model::Ticket> ticket;
  std::string template_name, language;
  std::optional<std::string> body_file;
  std::vector<std::string> attach;
  std::vector<std::string> fields; // "order=B-1009": of the template
};
// The ticket's open draft, or a new one; its text from the template, the file or what was there.
Result<reply::Draft> begin_draft(App& app, store::Reader& store, const DraftRequest& request);
// Reads files and names them in the draft.
Result<std::vector<reply::NewAttachment>> read_attachments(reply::Draft& draft,
                                                           const std::vector<std::string>& files);

// The mail without its attachments' contents and a Message-ID: what can be judged before it is composed.
Result<reply::Letter> letter_of(App& app, store::Reader& store, const reply::Draft& draft, bool all);
struct PreparedLetter {
  reply::Letter letter;
  mime::Composed composed;
};
Result<PreparedLetter> prepare_letter(App& app, store::Reader& store, const reply::Draft& draft, bool all);

Result<std::string> template_directory(App& app);
// What a template may name, for a ticket (null, without a store: a first mail); owns what the context refers
// to, but the ticket.
struct TemplateSetting {
  std::vector<model::Message> messages;
  std::optional<model::Person> person;
  reply::TemplateContext context;
};
Result<std::unique_ptr<TemplateSetting>> template_setting(App& app, store::Reader* store,
                                                          const model::Ticket* ticket,
                                                          const std::string& language,
                                                          const std::string& account);
// "order=B-1009" as a value of a template.
Result<reply::TemplateValues> field_values(const std::vector<std::string>& fields);
// Asks on the terminal for the required fields that are still blank; usage error naming them when nobody can
// be asked.
Result<void> fill_in_fields(App& app, const reply::TemplateFile& file, reply::TemplateContext& context);
// A language that was named is not replaced by another one: fails naming those there are.
Result<void> require_language(const std::vector<reply::TemplateFile>& files,
                              const reply::TemplateFile& chosen, std::string_view language);

} // namespace helpdesk::app
