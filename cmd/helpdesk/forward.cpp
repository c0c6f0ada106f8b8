#include "app/attachments.hpp"
#include "app/desk.hpp"
#include "app/drafting.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "mime/mail.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command forward_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"ID", cli::ValueKind::ticket, "the conversation to pass on"}};
constexpr cli::Flag k_flags[] = {
    {"to", 0, cli::ValueKind::address, "ADDRESS", "who is asked", "", true},
    {"cc", 0, cli::ValueKind::address, "ADDRESS", "a copy to", "", true},
    {"text", 0, cli::ValueKind::text, "TEXT", "what to say above the conversation"},
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "take that text from a file, or with - from standard input"},
    {"attach", 'a', cli::ValueKind::path, "FILE", "attach a file of yours", "", true},
    {"no-attachments", 0, cli::ValueKind::none, "", "leave what the conversation has attached behind"},
    {"subject", 's', cli::ValueKind::text, "TEXT", "another subject than Fwd: …"},
    {"identity", 0, cli::ValueKind::text, "NAME", "write as [identities.NAME]"},
    {"dry-run", 'n', cli::ValueKind::none, "", "show the mail as it would leave, keep nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk forward 12 --to factory@example.org --text 'Do you know this fault?'",
     "ask somebody else; helpdesk send sends it", false},
};

Result<std::vector<model::Contact>> contacts(const cli::Invocation& call, std::string_view flag) {
  std::vector<model::Contact> all;
  for (const std::string& text : call.all(flag)) {
    auto parsed = mime::parse_addresses(text);
    if (parsed.empty() || parsed.front().address.find('@') == std::string::npos)
      return usage_error(fmt::format("--{} \"{}\" is no mail address", flag, text));
    all.insert(all.end(), parsed.begin(), parsed.end());
  }
  return all;
}

// What people attached to the conversation goes along; pictures inside a text (signatures, mostly) do not.
Result<void> take_attachments(app::App& app, store::Reader& store, const model::Ticket& ticket,
                              reply::Draft& draft, std::vector<reply::NewAttachment>& contents) {
  constexpr std::uint64_t k_most = 20'000'000; // more than this few servers take
  std::vector<model::Message> messages = TRY(store.messages(ticket.key));
  std::erase_if(messages, [](const model::Message& m) { return m.visibility != model::Visibility::public_; });
  std::uint64_t bytes = 0;
  for (const app::Attached& item : app::attachments_of(messages)) {
    if (item.attachment->inline_part || item.attachment->state == model::AttachmentState::gone) continue;
    reply::NewAttachment taken;
    taken.content = TRY(app::attachment_content(app, store, ticket, item));
    taken.info = {item.attachment->name, item.attachment->type, sha256_hex(taken.content),
                  taken.content.size()};
    bool twice = std::any_of(draft.attachments.begin(), draft.attachments.end(),
                             [&](const reply::DraftAttachment& a) { return a.sha256 == taken.info.sha256; });
    if (twice) continue;
    if (bytes += taken.info.size; bytes > k_most)
      return usage_error(fmt::format("#{}: the attachments are more than {} MB, which few servers take: say "
                                     "--no-attachments, and --attach FILE for those that matter",
                                     ticket.number, k_most / 1'000'000));
    draft.attachments.push_back(taken.info);
    contents.push_back(std::move(taken));
  }
  return {};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  if (call.all("to").empty()) return usage_error("say who is asked: helpdesk forward ID --to ADDRESS");
  if (call.has("text") && call.has("body-file"))
    return usage_error("--text and --body-file exclude each other");
  model::Ticket ticket = TRY(app.find_ticket(call.argument("ID")));
  reply::Draft draft;
  draft.id = "d" + random_hex(4);
  draft.ticket = ticket.key;
  draft.account = ticket.account;
  draft.forward = true;
  draft.created = draft.changed = app.now();
  draft.to = TRY(contacts(call, "to"));
  draft.cc = TRY(contacts(call, "cc"));
  for (const model::Contact& contact : draft.to)
    if (equal_ignoring_case(contact.address, ticket.requester_address))
      return usage_error(fmt::format("{} is the customer of #{}: answer with helpdesk draft {}",
                                     contact.address, ticket.number, ticket.number));
  if (auto subject = call.get("subject")) draft.subject = *subject;
  if (auto identity = call.get("identity")) draft.identity = *identity;
  bool dry_run = call.has("dry-run");
  store::Store* store = TRY(app.store(dry_run ? store::Access::read : store::Access::write));
  for (const model::Message& head : TRY(store->heads(ticket.key)))
    if (head.visibility == model::Visibility::public_) draft.last_seen = head.key;
  if (auto text = call.get("text")) {
    draft.text = *text;
  } else if (auto file = call.get("body-file")) {
    draft.text = clean_utf8(*file == "-" ? TRY(app.terminal().read_in(16ULL << 20))
                                         : TRY(read_file(expand_home(*file), 16ULL << 20)));
  } else if (app.may_ask() && !dry_run) {
    if (auto edited = TRY(app.terminal().edit("", "forward.txt"))) draft.text = *edited;
  }
  std::vector<reply::NewAttachment> contents = TRY(app::read_attachments(draft, call.all("attach")));
  if (!call.has("no-attachments")) TRY(take_attachments(app, *store, ticket, draft, contents));
  if (dry_run) {
    std::vector<reply::DraftAttachment> files =
        std::move(draft.attachments); // their contents are in no store
    draft.attachments.clear();
    TRY(app.write(TRY(app::prepare_letter(app, *store, draft, false)).composed.bytes));
    for (const reply::DraftAttachment& file : files)
      app.note(fmt::format("with {} ({} bytes)", file.name, file.size));
    return 0;
  }
  TRY(reply::save_draft(*store, draft, contents, app.operator_identity(), app.now()));
  TRY(app.write(draft.id + "\n"));
  if (app.terminal().err_is_tty())
    app.note(fmt::format("kept as draft {0}; helpdesk send {0} sends it", draft.id));
  return 0;
}

} // namespace

constinit const cli::Command forward_command{
    "forward",
    "work",
    "ask somebody outside about a conversation",
    "Makes a draft that takes the conversation along, with what people attached and without private notes, "
    "to somebody who has no part in "
    "it; helpdesk send with the draft's id sends it. "
    "It answers no customer: the ticket keeps waiting. What comes back from that address joins the "
    "conversation as internal, and no customer is taken to "
    "have written it.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run,
};

} // namespace helpdesk
