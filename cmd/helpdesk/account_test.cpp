#include "app/desk.hpp"
#include "app/sending.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "mime/compose.hpp"
#include "mime/mail.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command account_test_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"NAME", cli::ValueKind::account, "the account to try"}};
constexpr cli::Flag k_flags[] = {
    {"send-to", 0, cli::ValueKind::address, "ADDRESS",
     "send one mail there through the account's server, and allow sending when it was accepted"},
    {"dry-run", 'n', cli::ValueKind::none, "",
     "with --send-to: show the mail, send nothing and change nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk account test sample", "can it be read?"},
    {"helpdesk account test shop --send-to you@example.org", "can it send? If so, it may from now on", false},
};

// The address the account's replies come from.
Result<reply::Identity> sender(app::App& app, const std::string& account) {
  const config::Config& config = *TRY(app.config());
  std::vector<reply::Identity> known = TRY(app::identities(app));
  std::string wanted = config.text("accounts." + account + ".identity");
  for (const reply::Identity& identity : known)
    if (identity.name == wanted || (wanted.empty() && identity.name == account)) return identity;
  sync::PullAccount desk = TRY(app::desk_account(app, account));
  for (const std::string& entry : desk.settings.us)
    if (entry.find('@') != std::string::npos && !entry.starts_with('@')) {
      for (const reply::Identity& identity : known)
        if (equal_ignoring_case(identity.contact.address, entry)) return identity;
      reply::Identity plain;
      plain.contact = {"", entry};
      return plain;
    }
  if (!known.empty()) return known.front();
  return usage_error(fmt::format(
      "account {0}: no address to send from; set [accounts.{0}] us or an [identities.NAME] address",
      account));
}

mime::Outgoing test_mail(app::App& app, const std::string& account, const reply::Identity& from,
                         const model::Contact& to) {
  mime::Outgoing mail;
  mail.from = from.contact;
  mail.to = {to};
  mail.subject = fmt::format("helpdesk: {} can send", account);
  mail.text = fmt::format("This is the mail that \"helpdesk account test {} --send-to\" sends.\n\nIf you can "
                          "read it, replies of this account reach people.\n",
                          account);
  mail.date = app.now();
  mail.zone = app.zone();
  mail.message_id = mime::make_message_id(from.contact.address, app.now());
  // No answering machine answers it, and it becomes no ticket.
  mail.extra_headers = {{"Auto-Submitted", "auto-generated"}, {"X-Helpdesk-Test", "account"}};
  return mail;
}

ErrorKind kind_of(const net::SendOutcome& outcome) {
  return outcome.kind == net::SendKind::rejected_permanently ? ErrorKind::failed : outcome.error;
}

Result<void> allow_sending(app::App& app, const std::string& account) {
  const config::Config& config = *TRY(app.config());
  std::string key = fmt::format("accounts.{}.send.via", account);
  if (config.text(key) == "smtp") return {};
  TRY(config::set_in_file(TRY(app.config_file()), key, std::vector<std::string>{"smtp"}, app.config_keys()));
  app.note(fmt::format("{} may send from now on: send.via = \"smtp\" is set in {}", account,
                       config::shown_path(TRY(app.config_file()))));
  return {};
}

Result<model::Contact> recipient(const std::string& address) {
  auto to = mime::parse_addresses(address);
  if (to.size() != 1 || to.front().address.find('@') == std::string::npos)
    return usage_error(fmt::format("--send-to \"{}\" is no mail address", address));
  return std::move(to.front());
}

Result<int> try_sending(app::App& app, const cli::Invocation& call, const std::string& account,
                        const model::Contact& to) {
  reply::Identity from = TRY(sender(app, account));
  std::string smtp = TRY(app::find_smtp(app, account, from));
  net::SmtpSettings settings = TRY(app::smtp_settings(app, smtp));
  mime::Composed composed = TRY(mime::compose(test_mail(app, account, from, to)));
  if (call.has("dry-run")) {
    TRY(app.write(composed.bytes));
    return 0;
  }
  net::Login login = TRY(app::smtp_login(app, smtp, account));
  net::SendOutcome outcome = net::send(settings, login, {from.contact.address, {to.address}}, composed.bytes,
                                       composed.needs_smtputf8);
  if (outcome.kind == net::SendKind::unknown)
    return fail(ErrorKind::retry,
                fmt::format("{}: nobody knows whether the mail left: {}; look for it at {}, then try again",
                            account, outcome.text, to.address));
  if (outcome.kind != net::SendKind::accepted) {
    std::string why = outcome.text;
    for (const net::Refusal& refusal : outcome.refusals)
      if (!refusal.recipient.empty())
        why += fmt::format("; {}: {} {}", refusal.recipient, refusal.code, refusal.text);
    return fail(kind_of(outcome), fmt::format("{}: the mail was not sent: {}", account, why));
  }
  app.note(fmt::format("{}: sent to {} as {}: the server says {}", account, to.address, from.contact.address,
                       outcome.text));
  TRY(allow_sending(app, account));
  return 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string account = TRY(app.accounts({call.argument("NAME")})).front();
  std::optional<model::Contact> address;
  if (auto given = call.get("send-to")) address = TRY(recipient(*given));
  if (address && call.has("dry-run")) return try_sending(app, call, account, *address);
  if (address) TRY(app::refuse_if_read_only(app, account, "account test --send-to"));
  auto backend = TRY(app.backend(account));
  auto report = backend->check();
  if (!report) {
    bool named = report.error().message.find(account) != std::string::npos;
    return named ? Failure(report.error()) : in_context(account, report.error());
  }
  std::string facts = report->identity;
  for (const std::string& fact : report->facts) facts += (facts.empty() ? "" : "; ") + fact;
  app.note(fmt::format("{}: can be read{}{}", account, facts.empty() ? "" : ": ", facts));
  if (report->clock_skew &&
      (*report->clock_skew > std::chrono::minutes(2) || *report->clock_skew < -std::chrono::minutes(2)))
    app.warn(
        fmt::format("{}: the server's clock differs by {}", account, format_duration(*report->clock_skew)));
  if (address) return try_sending(app, call, account, *address);
  if (TRY(app.config())->text("accounts." + account + ".send.via") == "none")
    app.note(fmt::format(
        "{0} may not send yet: helpdesk account test {0} --send-to YOU@EXAMPLE.ORG proves that it can",
        account));
  return 0;
}

} // namespace

constinit const cli::Command account_test_command{
    "account test",
    "set up",
    "try whether an account can be read, and whether it can send",
    "Connects and logs in, and tells what the server says of itself; nothing is fetched. With --send-to one "
    "mail goes out through the account's "
    "[smtp.NAME]; when the server has accepted it, send.via = \"smtp\" is written into the configuration. "
    "Until then the account cannot send.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run,
};

} // namespace helpdesk
