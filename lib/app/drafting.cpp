#include "app/drafting.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "reply/checklist.hpp"
#include "reply/templates.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {

Result<std::string> template_directory(App& app) {
  const config::Config& config = *TRY(app.config());
  std::string directory = config.text("templates.directory");
  if (!directory.empty()) return expand_home(directory);
  std::size_t slash = config.user_file().find_last_of('/');
  return join_path(slash == std::string::npos ? "." : config.user_file().substr(0, slash), "templates");
}

Result<reply::TemplateValues> field_values(const std::vector<std::string>& fields) {
  reply::TemplateValues values;
  for (const std::string& field : fields) {
    std::size_t equals = field.find('=');
    std::string name = field.substr(0, equals);
    if (equals == std::string::npos || !reply::is_field_name(name))
      return usage_error(fmt::format("--set: \"{}\" is not FIELD=VALUE", field));
    if (reply::is_context_root(name))
      return usage_error(
          fmt::format("--set: {} is filled in by helpdesk; a part of it may be set: {}.…", name, name));
    values.emplace_back(std::move(name), json::Value(clean_utf8(field.substr(equals + 1))));
  }
  return values;
}

Result<void> fill_in_fields(App& app, const reply::TemplateFile& file, reply::TemplateContext& context) {
  std::vector<std::string> missing = reply::missing_fields(file, context);
  if (missing.empty()) return {};
  if (!app.may_ask()) {
    std::string flags;
    for (const std::string& field : missing) flags += fmt::format(" --set {}=…", field);
    return usage_error(fmt::format("template \"{}\" needs {}: add{}", file.name, join(missing, ", "), flags));
  }
  for (const std::string& field : missing) {
    std::optional<std::string> answer =
        app.terminal().ask(fmt::format("{} ({} needs it): ", field, file.name));
    if (!answer || trim(std::string_view(*answer)).empty())
      return usage_error(fmt::format("template \"{}\" needs {}", file.name, field));
    context.values.emplace_back(field, json::Value(clean_utf8(trim(std::string_view(*answer)))));
  }
  return {};
}

namespace {

// Who the customer will see as the sender: the account's identity, else its first address of ours.
Result<model::Contact> desk_contact(App& app, const std::string& account) {
  const config::Config& config = *TRY(app.config());
  std::string name = config.text(fmt::format("accounts.{}.identity", account));
  std::vector<reply::Identity> known = TRY(identities(app));
  std::vector<std::string> us = config.list(fmt::format("accounts.{}.us", account));
  for (const reply::Identity& identity : known)
    if (identity.name == name ||
        (name.empty() && std::find(us.begin(), us.end(), identity.contact.address) != us.end()))
      return identity.contact;
  return model::Contact{config.text("me.name"), us.empty() ? config.text("me.address") : us.front()};
}

} // namespace

Result<std::unique_ptr<TemplateSetting>> template_setting(App& app, store::Reader* store,
                                                          const model::Ticket* ticket,
                                                          const std::string& language,
                                                          const std::string& account) {
  auto setting = std::make_unique<TemplateSetting>();
  reply::TemplateContext& context = setting->context;
  context.ticket = ticket;
  if (ticket) setting->messages = TRY(store->messages(ticket->key));
  context.messages = &setting->messages;
  sync::Actor me = actor(app);
  context.agent = {me.name, me.address};
  context.now = app.now();
  context.zone = app.zone();
  context.language = language;
  if (!account.empty()) context.desk = TRY(desk_contact(app, account));
  if (ticket && !ticket->requester.empty()) setting->person = TRY(store->person(ticket->requester));
  if (setting->person) context.person = &*setting->person;
  return setting;
}

Result<reply::Draft> begin_draft(App& app, store::Reader& store, const DraftRequest& request) {
  if (!request.fields.empty() && (request.template_name.empty() || request.body_file))
    return usage_error("--set fills in the fields of a template: name it with -t NAME");
  reply::Draft draft;
  const config::Config& config = *TRY(app.config());
  std::vector<model::Message> messages;
  if (request.ticket) {
    std::vector<reply::Draft> open = TRY(reply::open_drafts(store, request.ticket->key));
    std::erase_if(open, [](const reply::Draft& one) { return one.forward; }); // to somebody else
    if (!open.empty()) draft = std::move(open.front());
    draft.put_back.clear(); // it is written again
    messages = TRY(store.messages(request.ticket->key));
    draft.ticket = request.ticket->key;
    draft.account = request.ticket->account;
    for (const model::Message& m : messages)
      if (m.visibility == model::Visibility::public_) draft.last_seen = m.key;
  }
  if (draft.id.empty()) {
    draft.id = "d" + random_hex(4);
    draft.created = app.now();
  }
  draft.changed = app.now();
  if (!request.language.empty()) {
    draft.language = request.language;
  } else if (draft.language.empty()) {
    draft.language = request.ticket && !request.ticket->language.empty()
                         ? request.ticket->language
                         : config.text("general.language", "en");
  }
  if (request.body_file) {
    draft.text =
        clean_utf8(*request.body_file == "-" ? TRY(app.terminal().read_in(16ULL << 20))
                                             : TRY(read_file(expand_home(*request.body_file), 16ULL << 20)));
    draft.text = reply::without_checklist(draft.text, {}); // a file that an editor kept
  } else if (!request.template_name.empty()) {
    std::string directory = TRY(template_directory(app));
    auto files = TRY(reply::load_templates(directory));
    if (files.empty())
      return usage_error(
          fmt::format("{}: no templates; a template is a file NAME.LANG.liquid there", directory));
    reply::TemplateFile file = TRY(reply::choose_template(files, request.template_name, draft.language,
                                                          config.list("templates.languages")));
    if (!request.language.empty()) TRY(require_language(files, file, request.language));
    auto setting =
        TRY(template_setting(app, &store, request.ticket ? &*request.ticket : nullptr,
                             file.language.empty() ? draft.language : file.language, draft.account));
    setting->context.values = TRY(field_values(request.fields));
    TRY(fill_in_fields(app, file, setting->context));
    draft.text = TRY(reply::render_template(file, setting->context, files));
    draft.template_name = file.name;
    draft.template_hash = file.hash;
    if (!file.language.empty()) draft.language = file.language;
  }
  return draft;
}

Result<std::vector<reply::NewAttachment>> read_attachments(reply::Draft& draft,
                                                           const std::vector<std::string>& files) {
  std::vector<reply::NewAttachment> contents;
  for (const std::string& path : files) {
    reply::NewAttachment attachment;
    attachment.content = TRY(read_file(expand_home(path), 50ULL << 20));
    std::size_t slash = path.find_last_of('/');
    attachment.info.name = clean_utf8(slash == std::string::npos ? path : path.substr(slash + 1));
    attachment.info.sha256 = sha256_hex(attachment.content);
    attachment.info.size = attachment.content.size();
    draft.attachments.push_back(attachment.info);
    contents.push_back(std::move(attachment));
  }
  return contents;
}

Result<reply::Letter> letter_of(App& app, store::Reader& store, const reply::Draft& draft, bool all) {
  const config::Config& config = *TRY(app.config());
  sync::PullAccount account = TRY(desk_account(app, draft.account));
  std::optional<model::Ticket> ticket;
  std::vector<model::Message> messages;
  if (!draft.ticket.empty()) {
    ticket = TRY(store.ticket_by_key(draft.ticket));
    if (!ticket) return not_found(fmt::format("draft {}: its ticket is gone", draft.id));
    messages = TRY(store.messages(ticket->key));
  }
  std::vector<reply::Identity> known = TRY(identities(app));
  reply::LetterInput input{draft,      ticket ? &*ticket : nullptr,
                           messages,   account.policy,
                           known,      config.text(fmt::format("accounts.{}.identity", draft.account)),
                           all,        config.flag("send.subject_token"),
                           app.zone(), app.now()};
  reply::Letter letter = TRY(reply::write_letter(input));
  letter.answers = nullptr; // points into messages, which end here
  return letter;
}

Result<PreparedLetter> prepare_letter(App& app, store::Reader& store, const reply::Draft& draft, bool all) {
  PreparedLetter prepared;
  prepared.letter = TRY(letter_of(app, store, draft, all));
  mime::Outgoing& mail = prepared.letter.mail;
  for (const reply::DraftAttachment& attachment : draft.attachments)
    mail.attachments.push_back(
        {attachment.name, attachment.type, TRY(reply::attachment_content(store, attachment))});
  if (draft.forward)
    mail.extra_headers.emplace_back("X-Helpdesk-Forward", "conversation"); // what judge_role looks for
  mail.message_id = mime::make_message_id(mail.from.address, app.now());
  prepared.composed = TRY(mime::compose(mail));
  return prepared;
}

Result<void> require_language(const std::vector<reply::TemplateFile>& files,
                              const reply::TemplateFile& chosen, std::string_view language) {
  if (chosen.language.empty() || equal_ignoring_case(chosen.language, language)) return {};
  std::string there;
  for (const reply::TemplateFile& file : files)
    if (file.name == chosen.name) there += (there.empty() ? "" : ", ") + file.language;
  return not_found(
      fmt::format("template \"{}\" is not there in \"{}\", only in {}", chosen.name, language, there));
}

} // namespace helpdesk::app
