#include "app/linting.hpp"

#include "app/desk.hpp"
#include "app/drafting.hpp"
#include "app/template_linting.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "reply/templates.hpp"
#include "store/word_counts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

std::string first_of(const std::map<std::string, std::vector<std::string>>& row, const std::string& key) {
  auto it = row.find(key);
  return it == row.end() || it->second.empty() ? std::string() : it->second.front();
}
std::vector<std::string> all_of(const std::map<std::string, std::vector<std::string>>& row,
                                const std::string& key) {
  auto it = row.find(key);
  return it == row.end() ? std::vector<std::string>() : it->second;
}

// Names in the configuration are as people write them: a rule by its id or its name.
Result<std::string> rule_id(const std::string& where, std::string_view name) {
  if (name == "*") return std::string(name);
  const lint::RuleInfo* rule = lint::find_rule(name);
  if (!rule)
    return usage_error(fmt::format("{}: no rule \"{}\"; helpdesk lint --list names them", where, name));
  return std::string(rule->id);
}

using PhraseTable = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

Result<PhraseTable> phrase_table(const config::Config& config, const std::string& prefix) {
  PhraseTable table;
  for (const std::string& name : config.names(prefix)) {
    std::string id = TRY(rule_id("[" + prefix + "]", name));
    std::string below = prefix + "." + name;
    for (const std::string& language : config.names(below))
      table[id][language == "any" ? "*" : language] = config.list(below + "." + language);
  }
  return table;
}

// Whose a detail is when another ticket or person of the store has it.
class Elsewhere {
 public:
  Elsewhere(App& app, store::Reader& store, const model::Ticket& ticket)
      : app_(app), store_(store), key_(ticket.key), requester_(ticket.requester), account_(ticket.account) {}

  std::string operator()(lint::Detail detail, std::string_view text) const {
    switch (detail) {
    case lint::Detail::address: return by_identity("email", ascii_lower(text));
    case lint::Detail::phone: return by_identity("phone", std::string(text));
    case lint::Detail::ticket: return by_number(text);
    case lint::Detail::order: return by_text(text);
    case lint::Detail::name: return by_name(text);
    }
    return {};
  }

 private:
  std::string by_identity(const std::string& kind, const std::string& value) const {
    auto person = store_.person_of({kind, value});
    if (!person || !*person) return {};
    return shown(**person);
  }
  std::string shown(const model::Person& person) const {
    if (person.key == requester_ || person.role != model::Role::customer) return {};
    return person.name.empty() ? person.key : person.name;
  }
  std::string by_number(std::string_view text) const {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    auto other = store_.ticket(number);
    if (!other || !*other || (*other)->key == key_ || (*other)->requester == requester_) return {};
    return fmt::format(
        "{} (#{})", (*other)->requester_name.empty() ? (*other)->requester_address : (*other)->requester_name,
        number);
  }
  std::string by_text(std::string_view text) const {
    auto query = store::parse_query("\"" + std::string(text) + "\"", app_.now(), app_.zone());
    if (!query) return {};
    auto hits = store_.search(*query, store::Ranking::newest, 20, app_.now());
    if (!hits) return {};
    for (const store::SearchHit& hit : *hits) {
      auto other = store_.ticket_by_key(hit.ticket);
      if (!other || !*other) continue;
      if ((*other)->key == key_ || (*other)->requester == requester_) return {}; // his own after all
    }
    for (const store::SearchHit& hit : *hits) {
      auto message = store_.message(hit.message);
      // The words of the index are folded; the number itself must stand there.
      if (message && *message && (*message)->text.find(text) != std::string::npos)
        return fmt::format("{} (#{})", hit.author, hit.number);
    }
    return {};
  }
  std::string by_name(std::string_view text) const {
    std::string wanted = fold_word(text);
    auto people = store_.people(wanted, 5);
    if (!people) return {};
    for (const model::Person& person : *people)
      if (fold_word(person.name) == wanted) return shown(person);
    return {};
  }

  App& app_;
  store::Reader& store_;
  std::string key_, requester_, account_;
};

// How rare words are in the messages of this store: 1 for one that only this conversation has.
class Rarity {
 public:
  static std::optional<Rarity> open(App& app) {
    auto directory = app.store_directory();
    if (!directory) return std::nullopt;
    auto counts = store::open_word_counts(*directory);
    if (!counts) return std::nullopt;
    auto messages = (*counts)->messages(k_most_messages);
    if (!messages || *messages < k_least_messages) return std::nullopt;
    return Rarity(std::move(*counts), *messages);
  }
  double operator()(std::string_view stem) const {
    auto n = counts_->messages_with(stem, true, k_common_messages);
    // What stands in as many messages as are counted may stand in all of them.
    if (!n || *n >= k_common_messages) return 0;
    auto rarest = std::log(static_cast<double>(messages_ + 1));
    return 1 - std::log(static_cast<double>(std::max<std::int64_t>(*n, 1))) / rarest;
  }

 private:
  static constexpr std::int64_t k_least_messages = 200, k_most_messages = 20'000, k_common_messages = 2000;
  Rarity(std::unique_ptr<store::WordCounts> counts, std::int64_t messages)
      : counts_(std::move(counts)), messages_(messages) {}
  std::shared_ptr<store::WordCounts> counts_;
  std::int64_t messages_;
};

// What nine in ten of our newest replies in a language reach; 0 while there are too few to say.
class TeamTone {
 public:
  TeamTone(store::Reader& store, std::string account) : store_(&store), account_(std::move(account)) {}
  int operator()(std::string_view language) const {
    std::vector<std::string> keys;
    int looked = 0;
    auto done = store_->each_head(account_, std::nullopt, [&](const model::Message& m) {
      bool ours = m.direction == model::Direction::out && m.visibility == model::Visibility::public_ &&
                  m.automation == model::Automation::none;
      if (ours && (m.language.empty() || lint_language(m.language) == language)) keys.push_back(m.key);
      return keys.size() < k_most && ++looked < k_looked_at;
    });
    std::vector<int> scores;
    if (!done) return 0;
    for (const std::string& key : keys) {
      auto message = store_->message(key);
      if (!message || !*message) continue;
      const model::Message& m = **message;
      scores.push_back(lint::politeness_of(m.stripped.empty() ? m.text : m.stripped, std::string(language)));
    }
    if (scores.size() < k_least) return 0;
    auto tenth = scores.begin() + static_cast<std::ptrdiff_t>(scores.size() / 10);
    std::nth_element(scores.begin(), tenth, scores.end());
    return *tenth;
  }

 private:
  static constexpr std::size_t k_most = 100, k_least = 20;
  static constexpr int k_looked_at = 1000;
  static std::string_view lint_language(std::string_view code) {
    return code == "no" || code == "nn" ? std::string_view("nb") : code;
  }
  store::Reader* store_;
  std::string account_;
};

} // namespace

Result<lint::Allowance> parse_allowance(const std::string& text) {
  std::size_t sign = text.find('@');
  lint::Allowance allowance;
  const lint::RuleInfo* rule = lint::find_rule(std::string_view(text).substr(0, sign));
  bool number = false;
  if (sign != std::string::npos) {
    auto [end, error] = std::from_chars(text.data() + sign + 1, text.data() + text.size(), allowance.line);
    number = error == std::errc() && end == text.data() + text.size();
  }
  if (!rule || !number || allowance.line < 1)
    return usage_error(fmt::format("--allow \"{}\": say which rule in which line: HD017@12", text));
  allowance.rule = std::string(rule->id);
  return allowance;
}

Result<lint::Settings> lint_settings(App& app) {
  const config::Config& config = *TRY(app.config());
  lint::Settings settings;
  for (const std::string& name : config.names("lint.rules")) {
    std::string id = TRY(rule_id("[lint.rules]", name));
    settings.severities[id] = config.text("lint.rules." + name);
  }
  settings.words = TRY(phrase_table(config, "lint.words"));
  settings.allowed_words = TRY(phrase_table(config, "lint.allow"));
  for (const std::string& word : config.names("lint.glossary"))
    settings.glossary[word] = config.text("lint.glossary." + word);
  for (const auto& row : config.tables("lint.house")) {
    lint::HouseRule rule;
    rule.never = all_of(row, "never");
    rule.always = all_of(row, "always");
    rule.instead = first_of(row, "instead");
    rule.why = first_of(row, "why");
    rule.language = first_of(row, "language");
    rule.tag = first_of(row, "tag");
    rule.severity = lint::parse_severity(first_of(row, "severity")).value_or(lint::Severity::warning);
    settings.house.push_back(std::move(rule));
  }
  for (const auto& row : config.tables("lint.suppress")) {
    lint::Suppression suppression;
    suppression.where = first_of(row, "");
    suppression.rule = TRY(rule_id(suppression.where, first_of(row, "rule")));
    suppression.tag = first_of(row, "tag");
    suppression.account = first_of(row, "account");
    suppression.identity = first_of(row, "identity");
    suppression.language = first_of(row, "language");
    settings.suppressions.push_back(std::move(suppression));
  }
  settings.private_hosts = config.list("lint.private_hosts");
  settings.freebies = config.list("lint.freebies");
  for (const std::string& language : config.names("lint.address"))
    settings.address_form[language] = config.text("lint.address." + language);
  settings.apologies = static_cast<int>(config.integer("lint.apologies", 1));
  settings.longest_sentence = static_cast<int>(config.integer("lint.sentence_words", 25));
  settings.most_words = static_cast<int>(config.integer("lint.words_at_most", 250));
  settings.chat_words = static_cast<int>(config.integer("lint.chat_words", 80));
  settings.lix = static_cast<int>(config.integer("lint.lix", 50));
  settings.politeness = static_cast<int>(config.integer("lint.politeness", 0));
  settings.code_allowed = config.flag("lint.code_allowed");
  return settings;
}

Result<lint::Context> conversation_context(App& app, store::Reader& store, const model::Ticket& ticket) {
  lint::Context context;
  context.has_ticket = true;
  context.number = ticket.number;
  context.subject = ticket.subject;
  context.channel = std::string(model::text(ticket.channel));
  context.account = ticket.account;
  context.language = ticket.language;
  context.tags = ticket.tags;
  for (const model::CustomField& field : ticket.fields) context.fields.push_back(field.value);
  context.requester_name = ticket.requester_name;
  if (!ticket.requester_address.empty()) context.requester_addresses.push_back(ticket.requester_address);
  if (auto person = TRY(store.person(ticket.requester))) {
    for (const model::Identity& identity : person->identities)
      context.requester_addresses.push_back(identity.value);
    if (context.language.empty()) context.language = person->language;
  }
  for (const model::Message& m : TRY(store.messages(ticket.key))) {
    if (m.automation == model::Automation::auto_reply || m.automation == model::Automation::out_of_office ||
        m.automation == model::Automation::bounce)
      continue;
    lint::Message message;
    message.text = m.stripped.empty() ? m.text : m.stripped;
    message.from_customer = m.direction == model::Direction::in;
    message.internal =
        m.visibility == model::Visibility::private_ || m.direction == model::Direction::internal;
    message.author = m.author.name.empty() ? m.author.address : m.author.name;
    message.time = m.time;
    bool requester = m.author.address == ticket.requester_address;
    if (!requester && !m.author.name.empty() &&
        std::find(context.others.begin(), context.others.end(), m.author.name) == context.others.end())
      context.others.push_back(m.author.name);
    for (const auto* list : {&m.to, &m.cc})
      for (const model::Contact& contact : *list) {
        context.requester_addresses.push_back(contact.address); // they are all in the conversation
      }
    context.messages.push_back(std::move(message));
  }
  context.now = app.now();
  context.zone = app.zone();
  return context;
}

Result<lint::Context> lint_context(App& app, store::Reader& store, const model::Ticket& ticket) {
  const config::Config& config = *TRY(app.config());
  lint::Context context = TRY(conversation_context(app, store, ticket));
  sync::PullAccount account = TRY(desk_account(app, ticket.account));
  for (const std::string& address : account.policy.us_addresses) context.own.push_back(address);
  for (const std::string& domain : account.policy.us_domains) context.own.push_back("@" + domain);
  for (const std::string& own : config.list("lint.own")) context.own.push_back(own);
  for (const std::string& name : config.names("identities"))
    context.own.push_back(config.text("identities." + name + ".address"));
  std::string directory = TRY(template_directory(app));
  // A template that does not parse is for template test to report.
  if (auto files = reply::load_templates(directory))
    for (const reply::TemplateFile& file : *files) context.macros.push_back(file.body);
  context.agent = config.text("me.name");
  context.known_elsewhere = Elsewhere(app, store, ticket);
  if (auto rarity = Rarity::open(app)) context.rarity = std::move(*rarity);
  context.team_politeness = TeamTone(store, ticket.account);
  return context;
}

Result<lint::Report> lint_draft(App& app, store::Reader& store, const reply::Draft& draft,
                                const lint::Settings& settings) {
  lint::Input input;
  std::string template_text;
  if (!draft.ticket.empty()) {
    auto ticket = TRY(store.ticket_by_key(draft.ticket));
    // A forward goes to somebody else than the customer: what is held against him says nothing there.
    if (ticket && !draft.forward) input.context = TRY(lint_context(app, store, *ticket));
    // A template that is gone or wrong since is no fault of this reply.
    if (ticket && !draft.forward && !draft.template_name.empty())
      if (auto made = template_made(app, draft.template_name, ticket, draft.language)) {
        // What --set filled in is not known any more: it was asked for when the draft began.
        made->missing.clear();
        trace_to_template(*made, draft.text, input);
        template_text = std::move(made->file.body);
      }
  }
  input.text = draft.text;
  input.template_text = template_text;
  input.context.identity = draft.identity;
  input.context.account = draft.account;
  input.context.now = app.now();
  input.context.zone = app.zone();
  input.context.has_attachment = !draft.attachments.empty();
  lint::Report report = lint::check(input, settings);
  drop_unused_comments(report);
  return report;
}

Result<void> record_allowances(App& app, store::Store& store, const std::string& subject,
                               const std::vector<std::string>& allowed, const std::string& reason) {
  store::JournalEntry entry;
  entry.time = app.now();
  entry.actor = app.operator_identity();
  entry.kind = "approval";
  entry.subject = subject;
  json::Value list = json::Value::array();
  for (const std::string& one : allowed) list.push(one);
  entry.data = json::dump(json::Value::object({{"lint", list}, {"reason", reason}}));
  auto transaction = TRY(store.begin(store::Durability::full));
  TRY(transaction->append(entry));
  return transaction->commit();
}

} // namespace helpdesk::app
