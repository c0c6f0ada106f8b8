#include "app/acknowledging.hpp"

#include "app/attachments.hpp"
#include "app/drafting.hpp"
#include "app/sending.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "mime/mail.hpp"
#include "reply/ack.hpp"
#include "report/desk.hpp"
#include "report/gather.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

using model::Message;
using reply::QueueItem;

Result<std::vector<std::string>> ack_accounts(App& app, std::vector<std::string> named) {
  const config::Config& config = *TRY(app.config());
  if (named.empty()) named = config.list("ack.accounts");
  if (!named.empty()) return app.accounts(named);
  std::vector<std::string> able;
  for (const std::string& name : TRY(app.accounts({})))
    if (config.text(account_key(name, "send.via"), "none") == "smtp" &&
        !config.flag(account_key(name, "read_only")))
      able.push_back(name);
  if (able.empty())
    return usage_error("no account may send: set [accounts.NAME] send.via = \"smtp\", after helpdesk account "
                       "test NAME --send-to YOU@EXAMPLE.ORG");
  return able;
}

// Since when an account's messages are acknowledged; nothing while they are not.
Result<std::optional<Instant>> switched_on(store::Reader& store, const std::string& account) {
  auto entry = TRY(store.latest("ack", account));
  if (!entry) return std::optional<Instant>();
  auto data = json::parse(entry->data);
  if (!data || !(*data)["on"].as_bool()) return std::optional<Instant>();
  return std::optional<Instant>(entry->time);
}

Result<void> record_switch(App& app, store::Store& store, const std::string& account, bool on) {
  store::JournalEntry entry;
  entry.time = app.now();
  entry.actor = app.operator_identity();
  entry.kind = "ack";
  entry.subject = account;
  entry.data = json::dump(json::Value::object({{"on", on}}));
  auto tx = TRY(store.begin(store::Durability::full));
  TRY(tx->append(entry));
  return tx->commit();
}

class Acknowledging {
 public:
  Acknowledging(App& app, store::Reader& store) : app_(app), store_(store) {}

  Result<void> prepare() {
    const config::Config& config = *TRY(app_.config());
    files_ = reply::with_ack_templates(TRY(reply::load_templates(TRY(template_directory(app_)))));
    identities_ = TRY(identities(app_));
    for (reply::Identity& identity : identities_) { // a program signs with no person's name
      identity.signature.clear();
      identity.signatures.clear();
    }
    fallbacks_ = config.list("templates.languages");
    fallbacks_.push_back(config.text("general.language", "en"));
    fallbacks_.emplace_back("en");
    return {};
  }

  struct Candidate {
    AckRow row;
    std::optional<mime::Composed> composed; // when it would be sent
    QueueItem item;
  };

  // Every conversation of the account that began less than a day ago.
  Result<std::vector<Candidate>> candidates(const std::string& account, Instant since) {
    store::TicketQuery query;
    query.now = app_.now();
    query.filter =
        TRY(store::parse_query(fmt::format("-is:history account:\"{}\" after:{}", account,
                                           format_rfc3339(app_.now() - reply::k_ack_age, Zone::utc())),
                               app_.now(), app_.zone()));
    query.order = store::Order::oldest;
    sync::PullAccount desk = TRY(desk_account(app_, account));
    items_ = TRY(reply::queue_items(store_, true));
    std::vector<Candidate> found;
    for (const model::Ticket& ticket : TRY(store_.tickets(query))) {
      std::vector<Message> messages = TRY(store_.messages(ticket.key));
      const Message* asked = reply::acknowledged_message(messages);
      if (!asked || asked->time <= app_.now() - reply::k_ack_age) continue;
      Candidate candidate;
      AckRow& row = candidate.row;
      row.number = ticket.number;
      row.account = account;
      row.channel = model::text(ticket.channel);
      row.to = asked->author.address;
      row.subject = ticket.subject;
      row.asked = asked->time;
      row.language = ticket.language;
      row.reason = TRY(objection(ticket, messages, *asked, desk.policy, since));
      if (row.reason.empty() && ticket.snoozed_until && *ticket.snoozed_until > app_.now())
        row.reason = "it is snoozed";
      if (row.reason.empty() && !ticket.waiting_since) row.reason = "nobody waits";
      row.state = row.reason.empty() ? "would send" : "skipped";
      if (row.reason.empty()) TRY(write(ticket, messages, *asked, desk.policy, candidate));
      found.push_back(std::move(candidate));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.row.asked < b.row.asked; });
    return found;
  }

 private:
  Result<std::string> objection(const model::Ticket& ticket, const std::vector<Message>& messages,
                                const Message& asked, const sync::Policy& policy, Instant since) {
    auto record = TRY(store_.raw(ticket.account, first_record(asked)));
    if (!record || record->format != "mail") return std::string("it did not come by mail");
    mime::Mail head = mime::parse_headers(record->bytes);
    std::string why = reply::no_ack_because({ticket, messages, head.headers, policy, since, app_.now()});
    if (!why.empty()) return why;
    return reply::queued_objection(items_, ticket, asked.author.address, app_.now());
  }

  // What others waited; read once, and only when somebody gets an acknowledgement.
  Result<const metrics::Expectations*> expectations() {
    if (!expectations_) {
      report::Desk desk = TRY(report::Desk::open(store_, app_.now(), app_.zone(), {}, {}));
      expectations_.emplace(app_.zone());
      const metrics::ImportSeconds imports = TRY(report::find_imports(desk, 0));
      TRY(desk.each_timeline([&](const model::Timeline& timeline) -> Result<void> {
        expectations_->add(timeline, desk.known_until(timeline.account), &imports);
        return {};
      }));
    }
    return &*expectations_;
  }

  Result<void> write(const model::Ticket& ticket, const std::vector<Message>& messages, const Message& asked,
                     const sync::Policy& policy, Candidate& out) {
    AckRow& row = out.row;
    const config::Config& config = *TRY(app_.config());
    reply::TemplateFile file = TRY(reply::choose_template(files_, "ack", ticket.language, fallbacks_));
    std::string language = file.language.empty() ? ticket.language : file.language;
    row.language = language;
    const metrics::Expectations* known = TRY(expectations());
    row.expectation = known->of(ticket.channel, asked.time, app_.now());
    if (row.expectation)
      row.within = reply::wait_words(reply::rounded_up(row.expectation->seconds), language);

    reply::Draft draft;
    draft.id = "ack";
    draft.ticket = ticket.key;
    draft.account = ticket.account;
    draft.language = language;
    draft.text = "-"; // the letter says who writes; the text says so too
    std::vector<Message> only{asked};
    reply::LetterInput input{draft,       &ticket,
                             only,        policy,
                             identities_, config.text(account_key(ticket.account, "identity")),
                             false,       config.flag("send.subject_token"),
                             app_.zone(), app_.now()};
    auto written = reply::write_letter(input);
    if (!written) return skip(row, written.error().message);
    if (written->recipients != std::vector<std::string>{written->recipients.front()} ||
        !equal_ignoring_case(written->recipients.front(), asked.author.address))
      return skip(row, "it would go to somebody else than its author");

    reply::TemplateContext context;
    context.ticket = &ticket;
    context.messages = &messages;
    context.agent = context.desk = written->mail.from;
    context.now = app_.now();
    context.zone = app_.zone();
    context.language = language;
    context.values = {{"ack.within", row.within.empty() ? json::Value() : json::Value(row.within)}};
    if (auto missing = reply::missing_fields(file, context); !missing.empty())
      return skip(row, fmt::format("template ack needs {}, and too few first replies are known ({})",
                                   join(missing, ", "), known->size()));
    row.text = TRY(reply::render_template(file, context, files_));
    if (std::string left = reply::unresolved_placeholder(row.text); !left.empty())
      return usage_error(fmt::format("{}: unresolved placeholder {}", file.path, left));
    if (trim(std::string_view(row.text)).empty()) return usage_error(file.path + ": it says nothing");

    mime::Outgoing& mail = written->mail;
    mail.text = std::string(trim_right(std::string_view(row.text))) + "\n";
    if (mail.subject.starts_with("Re: ")) mail.subject.erase(0, 4);
    mail.subject.insert(0, "Auto: "); // RFC 3834, section 3.1.5
    mail.extra_headers = {{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"}};
    mail.message_id = mime::make_message_id(mail.from.address, app_.now());
    out.composed = TRY(mime::compose(mail));
    QueueItem& item = out.item;
    item = reply::new_queue_item(mail, *out.composed, written->recipients, ticket.account,
                                 written->identity.name, app_.now());
    item.ticket = ticket.key;
    item.from.clear(); // what bounces comes back to nobody
    item.ack = true;
    return {};
  }

  static Result<void> skip(AckRow& row, std::string why) {
    row.state = "skipped";
    row.reason = std::move(why);
    return {};
  }

  App& app_;
  store::Reader& store_;
  std::vector<reply::TemplateFile> files_;
  std::vector<reply::Identity> identities_;
  std::vector<std::string> fallbacks_;
  std::vector<QueueItem> items_;
  std::optional<metrics::Expectations> expectations_;
};

// One after the other, each decided by what the queue holds by then.
Result<void> send_all(App& app, store::Store& store, std::vector<Acknowledging::Candidate>& all, AckRun& run,
                      const reply::Carrier& carrier, int& sent) {
  for (Acknowledging::Candidate& one : all) {
    if (!one.composed) continue; // a dry run tells why
    if (sent >= reply::k_acks_a_run) {
      ++run.left;
      continue;
    }
    auto ticket = TRY(store.ticket_by_key(one.item.ticket));
    std::string why =
        ticket ? reply::queued_objection(TRY(reply::queue_items(store, true)), *ticket, one.row.to, app.now())
               : "it is gone";
    if (!why.empty()) continue;
    ++sent;
    reply::Identity identity;
    for (const reply::Identity& known : TRY(identities(app)))
      if (known.name == one.item.identity) identity = known;
    one.item.smtp = TRY(smtp_name(app, one.item.account, identity));
    TRY(reply::enqueue(store, one.item, one.composed->bytes, "", carrier.actor));
    one.row.item = one.item.id;
    one.row.state = TRY(reply::deliver(store, one.item, carrier, run.report));
    run.rows.push_back(std::move(one.row));
  }
  return {};
}

} // namespace

Result<AckRun> acknowledge(App& app, const std::vector<std::string>& named, bool dry_run) {
  const config::Config& config = *TRY(app.config());
  AckRun run;
  run.enabled = config.flag("ack.enabled");
  run.dry = dry_run;
  if (!named.empty()) TRY(app.accounts(named)); // a slip of the pen is told first
  if (!run.enabled && !dry_run) {
    store::Store* store = TRY(app.store(store::Access::write));
    for (const std::string& name : TRY(app.accounts({}))) // whoever switches it on again begins anew
      if (TRY(switched_on(*store, name))) TRY(record_switch(app, *store, name, false));
    return usage_error("acknowledgements are off: see what would go out with helpdesk ack --dry-run, then "
                       "helpdesk config set ack.enabled true");
  }
  std::vector<std::string> names = TRY(ack_accounts(app, named));
  if (!dry_run)
    for (const std::string& name : names) {
      TRY(refuse_if_read_only(app, name, "ack"));
      TRY(smtp_name(app, name, {}));
    }
  store::Store* store = TRY(app.store(dry_run ? store::Access::read : store::Access::write));
  std::optional<FileLock> lock;
  if (!dry_run) lock = TRY(reply::lock_queue(TRY(app.store_directory()), "helpdesk ack", 30'000));
  std::optional<reply::Carrier> carrier;
  if (!dry_run) carrier = app::carrier(app, *store);
  Acknowledging acknowledging(app, *store);
  TRY(acknowledging.prepare());
  int sent = 0;
  for (const std::string& name : names) {
    std::optional<Instant> since = TRY(switched_on(*store, name));
    bool first = !since;
    if (first && !dry_run) {
      TRY(record_switch(app, *store, name, true));
      run.switched_on.push_back(name);
    }
    if (!first && !dry_run)
      if (auto seen = look_for_news(*carrier, name); !seen) {
        Error error = seen.error();
        error.message =
            fmt::format("{}: nothing was sent, it cannot be looked at for news: {}", name, error.message);
        run.errors.push_back(std::move(error));
        continue;
      }
    // A first run shows whom it would have reached.
    auto all = TRY(acknowledging.candidates(name, since.value_or(app.now() - reply::k_ack_age)));
    if (!first && !dry_run) {
      TRY(send_all(app, *store, all, run, *carrier, sent));
      continue;
    }
    for (Acknowledging::Candidate& one : all) run.rows.push_back(std::move(one.row));
  }
  return run;
}

} // namespace helpdesk::app
