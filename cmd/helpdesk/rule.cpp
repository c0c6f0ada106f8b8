#include "app/columns.hpp"
#include "app/desk.hpp"
#include "app/rule_proposal.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"
#include "json/json.hpp"
#include "sync/ingest.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command rule_command, rule_add_command, rule_list_command, rule_test_command;
namespace {

constexpr std::string_view k_when_they_apply =
    "rules apply to what is pulled from now on; helpdesk store rebuild applies them to what is stored";

std::string first(const std::map<std::string, std::vector<std::string>>& table, const char* key) {
  auto it = table.find(key);
  return it == table.end() || it->second.empty() ? std::string() : it->second.front();
}

// A rule as typed: parsed, so that a mistake is found before anything is written.
Result<sync::Rule> parsed_rule(app::App& app, const std::string& name, const std::string& when,
                               const std::vector<std::string>& changes) {
  sync::Rule rule;
  rule.name = name;
  rule.when_text = when;
  auto query = store::parse_query(when, app.now(), app.zone());
  if (!query) return in_context("--when", query.error());
  rule.when = std::move(*query);
  if (rule.when.empty()) return usage_error("--when: an empty query would be for every message");
  for (const std::string& text : changes) {
    auto change = sync::parse_change(text, app.now(), app.zone());
    if (!change) return in_context("--set", change.error());
    rule.changes.emplace_back(change->field, change->value);
  }
  return rule;
}

// As a basic string of TOML, which takes JSON's escapes.
std::string toml_text(std::string_view text) {
  std::string quoted;
  json::quote_to(quoted, text);
  return quoted;
}

std::string changes_text(const sync::Rule& rule) {
  std::string text;
  for (const auto& [field, value] : rule.changes) text += (text.empty() ? "" : ", ") + field + "=" + value;
  return text;
}

// ---- add

constexpr cli::Flag k_add_flags[] = {
    {"from", 0, cli::ValueKind::ticket, "ID",
     "propose a rule for mail like this ticket's, with what was made of it"},
    {"by", 0, cli::ValueKind::choice, "WHAT", "with --from: what makes mail alike", "sender|subject|domain"},
    {"when", 0, cli::ValueKind::query, "QUERY", "which new messages it is for"},
    {"set", 0, cli::ValueKind::field, "FIELD=VALUE",
     "what it changes: tag+=billing, needs_reply=no, spam=true", "", true},
    {"name", 0, cli::ValueKind::text, "TEXT", "what the rule is called"},
    {"dry-run", 'n', cli::ValueKind::none, "", "print the rule, write nothing"},
};
constexpr cli::Example k_add_examples[] = {
    {"helpdesk rule add --when 'from:billing@example.org' --set tag+=billing --dry-run",
     "see what would be written"},
    {"helpdesk rule add --from 12 --set needs_reply=no", "never wait for mail like that of #12", false},
};

struct Asked {
  std::string name, when;
  std::vector<std::string> changes;
};

Result<Asked> proposed(app::App& app, const cli::Invocation& call, const std::string& id) {
  model::Ticket ticket = TRY(app.find_ticket(id));
  store::Store* store = TRY(app.store(store::Access::read));
  auto heads = TRY(store->heads(ticket.key));
  auto proposals = app::propose_rules(heads);
  if (proposals.empty())
    return not_found(fmt::format("#{}: nobody outside wrote in it by mail; say --when QUERY", ticket.number));
  std::string by = call.get("by").value_or("sender");
  auto chosen = std::find_if(proposals.begin(), proposals.end(),
                             [&](const app::RuleProposal& one) { return one.by == by; });
  if (chosen == proposals.end())
    return not_found(fmt::format("#{}: no rule by {}: {}", ticket.number, by,
                                 by == "subject" ? "its subject has no two words that stay the same"
                                                 : "its sender uses a mail provider that many share"));
  if (!call.get("by") && proposals.size() > 1)
    for (const app::RuleProposal& one : proposals)
      if (&one != &*chosen) app.note(fmt::format("also possible: --by {}: {}", one.by, one.when));
  std::vector<std::string> changes = call.all("set");
  if (changes.empty()) changes = app::propose_changes(ticket, heads);
  if (changes.empty())
    return usage_error(fmt::format("#{}: nothing was made of it that a rule could do: say --set FIELD=VALUE",
                                   ticket.number));
  return Asked{chosen->name, chosen->when, std::move(changes)};
}

Result<int> run_add(app::App& app, const cli::Invocation& call) {
  Asked asked;
  if (call.has("from") && call.has("when")) return usage_error("--from and --when exclude each other");
  if (auto id = call.get("from")) {
    asked = TRY(proposed(app, call, *id));
  } else if (auto when = call.get("when")) {
    asked = {*when, *when, call.all("set")};
    if (asked.changes.empty())
      return usage_error("--set is missing: what should the rule change? Such as --set tag+=billing");
  } else {
    return usage_error("say --from ID, or --when QUERY and --set FIELD=VALUE");
  }
  if (auto name = call.get("name")) asked.name = *name;
  TRY(parsed_rule(app, asked.name, asked.when, asked.changes));
  for (const auto& table : TRY(app.config())->tables("rules"))
    if (first(table, "name") == asked.name)
      return usage_error(fmt::format("there is a rule \"{}\" already: choose another --name", asked.name));
  std::string text =
      "[[rules]]\nname = " + toml_text(asked.name) + "\nwhen = " + toml_text(asked.when) + "\nset = [";
  for (std::size_t i = 0; i < asked.changes.size(); ++i)
    text += (i == 0 ? "" : ", ") + toml_text(asked.changes[i]);
  text += "]\n";
  if (call.has("dry-run")) {
    TRY(app.write(text));
    return 0;
  }
  TRY(config::append_to_file(TRY(app.config_file()), text, app.config_keys()));
  app.note(fmt::format("added \"{}\": {} sets {}", asked.name, asked.when, join(asked.changes, ", ")));
  app.note(std::string(k_when_they_apply));
  return 0;
}

// ---- list

constexpr cli::Example k_list_examples[] = {{"helpdesk rule list", "what is done to new messages"}};
constexpr cli::FieldDoc k_list_fields[] = {{"name", "what it is called"},
                                           {"when", "which messages it is for"},
                                           {"set", "what it changes"},
                                           {"line", "line of the configuration"}};

Result<int> run_list(app::App& app, const cli::Invocation&) {
  auto columns = app::columns_of(k_list_fields);
  columns[1].flexible = columns[2].flexible = true;
  auto rows = TRY(app.rows(columns, "no rule yet: helpdesk rule add makes one"));
  int number = 0;
  for (const auto& table : TRY(app.config())->tables("rules")) {
    ++number;
    std::string name = first(table, "name");
    auto set = table.find("set");
    TRY(rows->row({name.empty() ? std::to_string(number) : name, first(table, "when"),
                   set == table.end() ? "" : join(set->second, ", "), first(table, "")}));
  }
  TRY(rows->finish());
  return 0;
}

// ---- test

constexpr cli::Argument k_test_arguments[] = {{"NAME", cli::ValueKind::text,
                                               "a rule of the configuration; all of them when none is named",
                                               cli::Arity::optional}};
constexpr cli::Flag k_test_flags[] = {
    {"when", 0, cli::ValueKind::query, "QUERY", "try this query instead"},
    {"set", 0, cli::ValueKind::field, "FIELD=VALUE", "with --when: what it would change", "", true},
    {"since", 0, cli::ValueKind::instant, "WHEN", "look at messages since then only"},
    {"limit", 0, cli::ValueKind::integer, "N", "show so many of them (50)"},
};
constexpr cli::Example k_test_examples[] = {
    {"helpdesk rule test --when 'subject:invoice' --set tag+=billing", "which messages would match?"},
    {"helpdesk rule test", "what the rules match among the stored messages"},
};
constexpr cli::FieldDoc k_test_fields[] = {
    {"ticket", "number of the ticket"}, {"time", "when it came"},      {"from", "who wrote it"},
    {"subject", "its subject"},         {"rule", "rule that matches"}, {"change", "what it would set"}};

Result<std::vector<sync::Rule>> rules_to_test(app::App& app, const cli::Invocation& call,
                                              const sync::Policy& policy) {
  std::string name = call.argument("NAME");
  if (auto when = call.get("when")) {
    if (!name.empty()) return usage_error("a NAME and --when exclude each other");
    return std::vector{TRY(parsed_rule(app, "--when", *when, call.all("set")))};
  }
  if (name.empty()) return policy.rules;
  std::vector<std::string_view> names;
  for (const sync::Rule& rule : policy.rules) {
    if (rule.name == name) return std::vector{rule};
    names.push_back(rule.name);
  }
  return not_found(
      fmt::format("no rule \"{}\"{}: helpdesk rule list names them", name, cli::did_you_mean(name, names)));
}

Result<int> run_test(app::App& app, const cli::Invocation& call) {
  std::vector<sync::PullAccount> accounts = TRY(app::desk_accounts(app));
  std::vector<sync::Rule> rules = TRY(rules_to_test(app, call, accounts.front().policy));
  store::Store* store = TRY(app.store(store::Access::read));
  std::optional<Instant> since;
  if (auto given = call.get("since")) since = TRY(parse_instant(*given, app.now(), app.zone()));
  long long limit = std::stoll(call.get("limit").value_or("50"));
  auto columns = app::columns_of(k_test_fields);
  columns[2].flexible = columns[3].flexible = true;
  auto rows = TRY(app.rows(columns, rules.empty() ? "no rule yet: helpdesk rule add makes one"
                                                  : "no stored message matches"));
  std::size_t seen = 0, matched = 0;
  for (const sync::PullAccount& account : accounts) {
    if (rules.empty()) break;
    std::vector<std::string> keys; // newest first
    TRY(store->each_head(account.policy.account, since, [&](const model::Message& head) {
      if (head.direction == model::Direction::in) keys.push_back(head.key);
      return true;
    }));
    for (const std::string& key : keys) {
      auto message = TRY(store->message(key));
      if (!message) continue;
      ++seen;
      for (const sync::Rule& rule : rules) {
        if (!sync::rule_matches(rule, account.policy, *message)) continue;
        if (static_cast<long long>(++matched) > limit) continue;
        auto ticket = TRY(store->ticket_by_key(message->ticket));
        TRY(rows->row({ticket ? render::Value(ticket->number) : render::Value(), message->time,
                       message->author.address, message->subject, rule.name, changes_text(rule)}));
      }
    }
  }
  TRY(rows->finish());
  if (!rules.empty()) app.note(fmt::format("{} of {} messages match; {}", matched, seen, k_when_they_apply));
  return 0;
}

} // namespace

constinit const cli::Command rule_command{
    "rule",
    "set up",
    "what is done to new messages by itself",
    "A rule is a query in the search language and changes as set takes them: [[rules]] in the configuration.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command rule_add_command{
    "rule add",
    "set up",
    "add a rule, from a ticket or from a query",
    "With --from it is made for mail like that of a ticket: by sender, by sender and subject, or by the "
    "sender's domain; it sets what was made of that ticket "
    "unless --set says otherwise. Rules apply at pull, and to everything stored at helpdesk store rebuild; "
    "what a person sets later stands above them.",
    {},
    k_add_flags,
    k_add_examples,
    cli::Output::text,
    {},
    &run_add};

constinit const cli::Command rule_list_command{
    "rule list",     "set up",          "show the rules", "",       {}, {},
    k_list_examples, cli::Output::rows, k_list_fields,    &run_list};

constinit const cli::Command rule_test_command{
    "rule test",
    "set up",
    "show which stored messages a rule matches",
    "Looks at every stored message that came in, newest first, as a pull would, and shows what would be "
    "changed. Nothing is changed: rules apply at pull, and to "
    "everything stored at helpdesk store rebuild.",
    k_test_arguments,
    k_test_flags,
    k_test_examples,
    cli::Output::rows,
    k_test_fields,
    &run_test};

} // namespace helpdesk
