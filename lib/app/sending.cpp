#include "app/sending.hpp"

#include "app/approving.hpp"
#include "base/text.hpp"
#include "mime/mail.hpp"
#include "sync/ingest.hpp"

#include <thread>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

net::SendOutcome not_sent(const Error& error) {
  net::SendOutcome outcome;
  outcome.kind = net::SendKind::not_sent;
  outcome.text = error.message;
  outcome.error = error.kind;
  return outcome;
}

Result<net::SendOutcome> send_by_smtp(App& app, const reply::QueueItem& item, std::string_view bytes) {
  net::SmtpSettings settings = TRY(smtp_settings(app, item.smtp));
  net::Login login = TRY(smtp_login(app, item.smtp, item.account));
  net::SendOutcome outcome = net::send(settings, login, {item.from, item.recipients}, bytes, item.smtputf8);
  // Some servers let nobody submit with an empty sender; what was refused for good has reached nobody.
  if (item.ack && item.from.empty() && outcome.kind == net::SendKind::rejected_permanently) {
    mime::Mail head = mime::parse_headers(bytes);
    auto from = mime::parse_addresses(head.header("From"));
    if (!from.empty())
      outcome = net::send(settings, login, {from.front().address, item.recipients}, bytes, item.smtputf8);
  }
  return outcome;
}

// The mail that left becomes a message at once, as if it had been pulled from Sent; the copy pulled later is
// the same message.
Result<void> keep_local_copy(App& app, store::Store& store, const reply::QueueItem& item,
                             std::string_view bytes) {
  sync::PullAccount account = TRY(desk_account(app, item.account));
  TRY(draw_history_line(store, app, account));
  sync::Ingest ingest(store, account.settings, account.policy, store::Durability::full);
  backend::Page page;
  page.stream = "@sent-here";
  store::RawRecord record;
  record.account = item.account;
  record.key = sha256_hex(bytes);
  record.format = "mail";
  record.bytes = std::string(bytes);
  record.received = app.now();
  store::Placement placement;
  placement.stream = page.stream;
  placement.uid = item.message_id;
  placement.record = record.key;
  placement.role = "sent";
  page.records.push_back(std::move(record));
  page.placements.push_back(std::move(placement));
  return ingest.page(std::move(page));
}

Result<void> copy_into_sent(App& app, backend::Backend& backend, const reply::QueueItem& item,
                            std::string_view bytes) {
  const config::Config& config = *TRY(app.config());
  std::string how = config.text(account_key(item.account, "sent_copy"), "auto");
  if (how == "server" || !backend.capabilities().drafts) return {};
  if (how == "auto") {
    // Many servers keep a copy of what they submit; it takes them a moment.
    for (int tries = 0; tries < 10; ++tries) {
      if (TRY(backend.find_sent(item.message_id))) return {};
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  } else if (TRY(backend.find_sent(item.message_id))) {
    return {};
  }
  return backend.append("sent", bytes);
}

Result<void> after_sent(App& app, store::Store& store, const reply::QueueItem& item, std::string_view bytes) {
  if (!item.reply) return {}; // a digest is no conversation
  TRY(keep_local_copy(app, store, item, bytes));
  if (!item.then_set.empty()) {
    if (auto ticket = TRY(store.ticket_by_key(item.ticket))) {
      auto actions = TRY(DeskActions::open(app, item.account));
      std::vector<sync::Change> changes;
      for (const auto& [field, value] : item.then_set) changes.push_back({field, value});
      TRY((*actions)->set(*ticket, changes));
    }
  }
  auto backend = TRY(app.backend(item.account));
  TRY(copy_into_sent(app, *backend, item, bytes));
  const config::Config& config = *TRY(app.config());
  if (!item.answers.empty() && !item.ack && backend->capabilities().drafts &&
      config.flag(account_key(item.account, "mark_answered"), true))
    TRY(backend->mark_answered(item.answers));
  return {};
}

} // namespace

std::string account_key(std::string_view account, std::string_view key) {
  return fmt::format("accounts.{}.{}", account, key);
}

Result<std::vector<reply::Identity>> identities(App& app) {
  const config::Config& config = *TRY(app.config());
  std::vector<reply::Identity> found;
  for (const std::string& name : config.names("identities")) {
    std::string prefix = "identities." + name + ".";
    reply::Identity identity;
    identity.name = name;
    identity.contact = {config.text(prefix + "name"), config.text(prefix + "address")};
    if (identity.contact.address.empty())
      return usage_error(fmt::format("[identities.{}] has no address", name));
    identity.signature = config.text(prefix + "signature");
    for (const std::string& language : config.names(prefix + "signatures"))
      identity.signatures[language] = config.text(prefix + "signatures." + language);
    identity.smtp = config.text(prefix + "smtp");
    found.push_back(std::move(identity));
  }
  return found;
}

Result<std::string> smtp_name(App& app, std::string_view account, const reply::Identity& identity) {
  const config::Config& config = *TRY(app.config());
  std::string via = config.text(account_key(account, "send.via"), "none");
  if (via == "none")
    return usage_error(fmt::format("account {} may not send: set [accounts.{}] send.via = \"smtp\", after "
                                   "helpdesk account test {} --send-to YOU@EXAMPLE.ORG",
                                   account, account, account));
  return find_smtp(app, account, identity);
}

Result<std::string> find_smtp(App& app, std::string_view account, const reply::Identity& identity) {
  const config::Config& config = *TRY(app.config());
  std::vector<std::string> names = config.names("smtp");
  for (const std::string& wanted :
       {identity.smtp, config.text(account_key(account, "smtp")), std::string(account)}) {
    if (wanted.empty()) continue;
    for (const std::string& name : names)
      if (name == wanted) return name;
    if (wanted != account) return usage_error(fmt::format("no [smtp.{}] in the configuration", wanted));
  }
  if (names.size() == 1) return names.front();
  return usage_error(fmt::format(
      "account {}: no server to send through; add [smtp.{}] with host, port, user to the configuration",
      account, account));
}

Result<net::SmtpSettings> smtp_settings(App& app, std::string_view smtp) {
  const config::Config& config = *TRY(app.config());
  std::string prefix = fmt::format("smtp.{}.", smtp);
  net::SmtpSettings settings;
  settings.endpoint.host = config.text(prefix + "host");
  if (settings.endpoint.host.empty()) return usage_error(fmt::format("[smtp.{}] has no host", smtp));
  settings.endpoint.port = static_cast<int>(config.integer(prefix + "port"));
  std::string tls = config.text(prefix + "tls", "implicit");
  settings.endpoint.security = tls == "none"       ? net::Security::none
                               : tls == "starttls" ? net::Security::starttls
                                                   : net::Security::implicit;
  settings.endpoint.insecure = config.flag(prefix + "insecure");
  settings.endpoint.ca_file = config.text(prefix + "ca_file");
  return settings;
}

Result<net::Login> smtp_login(App& app, std::string_view smtp, std::string_view account) {
  const config::Config& config = *TRY(app.config());
  std::string prefix = fmt::format("smtp.{}.", smtp);
  net::Login login;
  std::string auth = config.text(prefix + "auth", "auto");
  login.user = config.text(prefix + "user");
  if (auth == "none" || login.user.empty()) return net::Login{};
  // Its own secret when it has one (a command, or auth login smtp.NAME), else that of the account it sends
  // for.
  std::string owner = config.text(prefix + "account", account);
  std::string itself = fmt::format("smtp.{}", smtp);
  bool own = !config.list(prefix + "password_command").empty() ||
             config::find_password(TRY(app.secret_source(itself))).has_value();
  backend::Secrets secrets = app.secrets(own ? itself : owner);
  if (auth == "xoauth2" || auth == "oauthbearer") {
    login.mechanism = auth == "xoauth2" ? net::Mechanism::xoauth2 : net::Mechanism::oauthbearer;
    login.secret = TRY(secrets.access_token(false));
    return login;
  }
  login.mechanism = auth == "plain"   ? net::Mechanism::plain
                    : auth == "login" ? net::Mechanism::login
                                      : net::Mechanism::automatic;
  login.secret = TRY(secrets.password());
  return login;
}

reply::Carrier carrier(App& app, store::Store& store) {
  reply::Carrier carrier;
  // Rules that cannot be read let nothing pass; who sends drafts asks for them first, to say what is wrong.
  if (auto rules = approval_rules(app)) {
    carrier.approval = std::move(*rules);
  } else {
    carrier.approval.every = true;
  }
  carrier.zone = app.zone();
  carrier.send = [&app](const reply::QueueItem& item, std::string_view bytes) {
    auto outcome = send_by_smtp(app, item, bytes);
    return outcome ? *outcome : not_sent(outcome.error());
  };
  carrier.find_sent = [&app](const reply::QueueItem& item) -> Result<bool> {
    auto backend = TRY(app.backend(item.account));
    if (!backend->capabilities().drafts) return false; // a place without a Sent folder of its own
    return backend->find_sent(item.message_id);
  };
  carrier.after = [&app, &store](const reply::QueueItem& item, std::string_view bytes) {
    return after_sent(app, store, item, bytes);
  };
  carrier.refresh = [&app, &store](const std::string& name) -> Result<void> {
    sync::PullAccount account = TRY(desk_account(app, name));
    TRY(draw_history_line(store, app, account));
    backend::PullOptions options;
    options.now = app.now();
    return sync::refresh(store, account, options);
  };
  carrier.warn = [&app](std::string_view line) { app.warn(line); };
  carrier.actor = app.operator_identity();
  carrier.now = [&app] { return app.now(); };
  if (auto config = app.config())
    carrier.hold_after = (*config)->duration("send.hold_after").value_or(std::chrono::hours(24));
  return carrier;
}

Result<void> look_for_news(const reply::Carrier& carrier, const std::string& account) {
  auto refreshed = carrier.refresh(account);
  if (refreshed) return {};
  Error error = refreshed.error();
  if (error.kind != ErrorKind::credentials && error.kind != ErrorKind::usage) error.kind = ErrorKind::retry;
  return Failure(std::move(error));
}

int report_delivery(App& app, const reply::DeliveryReport& report) {
  for (const std::string& line : report.lines) app.warn(line);
  if (report.failed > 0 || report.unknown > 0 || report.held > 0 || report.taken_back > 0) return 1;
  return report.later > 0 ? 75 : 0;
}

} // namespace helpdesk::app
