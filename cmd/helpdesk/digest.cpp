#include "digest/digest.hpp"

#include "app/desk.hpp"
#include "app/overview.hpp"
#include "app/sending.hpp"
#include "cli/command.hpp"
#include "mime/mail.hpp"

namespace helpdesk {
extern const cli::Command digest_command;
namespace {

constexpr cli::Flag k_digest_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "start of the period; a day ago when not given"},
    {"detail", 0, cli::ValueKind::choice, "HOW",
     "how much of customers' words it may hold; subjects when not given", "none|subjects|full"},
    {"if-any", 0, cli::ValueKind::none, "", "print nothing when nobody waits and nothing came or went"},
    {"to", 0, cli::ValueKind::address, "ADDRESS",
     "mail it to this address; [digest] to when nothing else is said", "", true},
    {"dry-run", 'n', cli::ValueKind::none, "", "with --to: print the mail, send nothing"},
    {"account", 0, cli::ValueKind::account, "NAME", "only this account", "", true},
};
constexpr cli::Example k_digest_examples[] = {
    {"helpdesk digest --if-any", "for cron: silent when there is nothing to say"},
    {"helpdesk digest --detail none --format markdown", "without a word of any customer's"},
    {"helpdesk digest --to me@example.org --if-any", "by mail, every morning", false},
};

Result<std::vector<model::Contact>> recipients(app::App& app, const cli::Invocation& call) {
  std::vector<std::string> texts = call.all("to");
  if (texts == std::vector<std::string>{"default"}) texts = TRY(app.config())->list("digest.to");
  std::vector<model::Contact> contacts;
  for (const std::string& text : texts) {
    auto parsed = mime::parse_addresses(text);
    if (parsed.empty() || parsed.front().address.find('@') == std::string::npos)
      return usage_error("--to \"" + text + "\" is no mail address");
    contacts.insert(contacts.end(), parsed.begin(), parsed.end());
  }
  if (contacts.empty()) return usage_error("--to default: [digest] to names nobody");
  return contacts;
}

// The identity it comes from: [digest] identity, else the first, else the account's own address.
Result<reply::Identity> sender(app::App& app, const sync::PullAccount& account) {
  std::vector<reply::Identity> known = TRY(app::identities(app));
  std::string wanted = TRY(app.config())->text("digest.identity");
  for (const reply::Identity& identity : known)
    if (identity.name == wanted || wanted.empty()) return identity;
  if (!wanted.empty())
    return usage_error("[digest] identity: no [identities." + wanted + "] in the configuration");
  if (account.policy.us_addresses.empty())
    return usage_error("no address to send from; set an [identities.NAME] address");
  reply::Identity plain;
  plain.contact.address = account.policy.us_addresses.front();
  return plain;
}

// Through the queue like a reply, so that it leaves once and is tried again.
Result<int> mail_it(app::App& app, const cli::Invocation& call, const render::Document& document) {
  std::vector<model::Contact> to = TRY(recipients(app, call));
  std::string name = TRY(app.accounts(call.all("account"))).front();
  if (!call.has("dry-run")) TRY(app::refuse_if_read_only(app, name, "digest --to"));
  sync::PullAccount account = TRY(app::desk_account(app, name));
  reply::Identity identity = TRY(sender(app, account));
  std::string smtp;
  if (!call.has("dry-run")) smtp = TRY(app::smtp_name(app, name, identity));
  digest::Post post = TRY(digest::write_post(document, identity, to, name, smtp, app.now()));
  if (call.has("dry-run")) {
    TRY(app.write(post.bytes));
    return 0;
  }
  store::Store* store = TRY(app.store(store::Access::write));
  reply::Carrier carrier = app::carrier(app, *store);
  FileLock lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk digest", 30'000));
  TRY(reply::enqueue(*store, post.item, post.bytes, "", carrier.actor));
  reply::DeliveryReport report;
  TRY(reply::deliver(*store, post.item, carrier, report));
  return app::report_delivery(app, report);
}

Result<int> run_digest(app::App& app, const cli::Invocation& call) {
  report::Overview found = TRY(app::overview(app, call, "digest", "Support digest", std::chrono::hours(24)));
  if (call.has("if-any") && !found.anything) return 0;
  if (call.has("to")) return mail_it(app, call, found.document);
  TRY(app.show(found.document));
  return 0;
}

} // namespace

constinit const cli::Command digest_command{
    "digest",
    "tell",
    "write the daily digest",
    "The report of the last day, made for cron. --detail none holds ticket numbers only, subjects (when not "
    "given) first names and subjects, full "
    "whole names, addresses and how their messages begin.\n\n"
    "With --to it is mailed through the queue, marked as automatic; --to default mails it to [digest] to. A "
    "pull never makes a ticket of it.",
    {},
    k_digest_flags,
    k_digest_examples,
    cli::Output::document,
    app::k_overview_fields,
    &run_digest,
};

} // namespace helpdesk
