#include "app/desk.hpp"
#include "app/ticket_rows.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "sync/people.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command contact_command, contact_show_command, contact_merge_command,
    contact_unmerge_command;
namespace {

constexpr cli::Argument k_who[] = {{"WHO", cli::ValueKind::address, "address, or a part of the name"}};
constexpr cli::Argument k_two[] = {{"WHO", cli::ValueKind::address, "one address of the person"},
                                   {"OTHER", cli::ValueKind::address, "another address of the same person"}};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk contact show kari", "everything with one person, over all accounts"}};
constexpr cli::Example k_merge_examples[] = {
    {"helpdesk contact merge kari@example.org kari@example.com", "two addresses, one person", false}};
constexpr cli::Example k_unmerge_examples[] = {
    {"helpdesk contact unmerge kari@example.com", "they were two after all", false}};

Result<model::Person> find_person(store::Store& store, const std::string& who) {
  if (auto person = TRY(store.person_of({"email", ascii_lower(who)}))) return std::move(*person);
  for (std::string_view kind : {"phone", "handle", "name"})
    if (auto person = TRY(store.person_of({std::string(kind), who}))) return std::move(*person);
  std::vector<model::Person> found = TRY(store.people(fold_word(who), 11));
  std::erase_if(found, [](const model::Person& p) { return p.role == model::Role::system; });
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) return not_found(fmt::format("nobody called \"{}\" is known", who));
  std::string list;
  for (const model::Person& p : found)
    list += fmt::format("\n  {} <{}>", p.name, p.identities.empty() ? "" : p.identities.front().value);
  return not_found(fmt::format("\"{}\" fits {} people; say which:{}", who,
                               found.size() > 10 ? "more than ten" : std::to_string(found.size()), list));
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  model::Person person = TRY(find_person(*store, call.argument("WHO")));
  store::TicketQuery query;
  query.now = app.now();
  query.order = store::Order::newest;
  std::string any;
  for (const model::Identity& identity : person.identities)
    any += (any.empty() ? "" : " or ") + fmt::format("person:\"{}\"", identity.value);
  query.filter = TRY(store::parse_query("(" + any + ")", app.now(), app.zone()));
  std::vector<model::Ticket> tickets = TRY(store->tickets(query));
  render::Document document;
  document.kind = "contact";
  document.title = person.name.empty() ? person.identities.front().value : person.name;
  document.zone = app.zone();
  document.now = app.now();
  render::Section section;
  render::Facts facts;
  facts.key = "person";
  auto add = [&](std::string key, std::string title, std::string value) {
    render::Column column;
    column.key = std::move(key);
    column.title = std::move(title);
    facts.rows.emplace_back(std::move(column), render::Cell(std::move(value)));
  };
  std::string identities;
  for (const model::Identity& identity : person.identities)
    identities += (identities.empty() ? "" : ", ") + identity.value;
  add("name", "name", person.name);
  add("identities", "addresses", identities);
  add("role", "role", std::string(model::text(person.role)));
  add("key", "key", person.key);
  section.blocks.emplace_back(std::move(facts));
  render::Table table;
  table.key = "tickets";
  table.title = fmt::format("{} conversation{}", tickets.size(), tickets.size() == 1 ? "" : "s");
  table.columns = app::ticket_columns(false);
  for (render::Column& column : table.columns)
    if (column.key == "updated") column.shown = true;
  app::TargetMarks marks = TRY(app::target_marks(app, *store, tickets));
  for (const model::Ticket& ticket : tickets)
    table.rows.push_back(app::ticket_row(ticket, app.now(), app::mark_of(marks, ticket.number), false));
  table.empty = "no conversation";
  section.blocks.emplace_back(std::move(table));
  document.sections.push_back(std::move(section));
  TRY(app.show(document));
  return 0;
}

Result<void> journal_and_derive(app::App& app, store::Store& store, std::string_view kind,
                                std::string_view subject, std::string data) {
  store::JournalEntry entry;
  entry.time = app.now();
  entry.actor = app.operator_identity();
  entry.kind = kind;
  entry.subject = subject;
  entry.data = std::move(data);
  auto tx = TRY(store.begin(store::Durability::full));
  TRY(tx->append(entry));
  TRY(tx->commit());
  return sync::derive_merged_people(store);
}

std::string person_key_of(const model::Identity& identity) {
  return "person:" + identity.kind + ":" + identity.value;
}

Result<int> merge(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  model::Person a = TRY(find_person(*store, call.argument("WHO"))),
                b = TRY(find_person(*store, call.argument("OTHER")));
  if (a.key == b.key) return not_found("they are one person already");
  TRY(journal_and_derive(app, *store, "person_merge", person_key_of(b.identities.front()),
                         sync::merge_data(person_key_of(a.identities.front()))));
  return 0;
}

Result<int> unmerge(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::write));
  model::Person person = TRY(find_person(*store, call.argument("WHO")));
  if (person.identities.size() < 2)
    return not_found(fmt::format("{} has one address only: there is nothing to part", call.argument("WHO")));
  // Every merge that touches one of their identities is taken back.
  for (const model::Identity& identity : person.identities)
    TRY(journal_and_derive(app, *store, "person_unmerge", person_key_of(identity), "{}"));
  return 0;
}

} // namespace

constinit const cli::Command contact_command{"contact",
                                             "work",
                                             "look at people and their history",
                                             "A person may have several addresses.",
                                             {},
                                             {},
                                             {},
                                             cli::Output::none,
                                             {},
                                             nullptr};
constinit const cli::Command contact_show_command{"contact show",
                                                  "work",
                                                  "show a person and every conversation with them",
                                                  "Over all accounts and channels, newest first.",
                                                  k_who,
                                                  {},
                                                  k_show_examples,
                                                  cli::Output::document,
                                                  {},
                                                  &show};
constinit const cli::Command contact_merge_command{"contact merge",
                                                   "work",
                                                   "join two addresses into one person",
                                                   "Written to the journal; unmerge or undo takes it back.",
                                                   k_two,
                                                   {},
                                                   k_merge_examples,
                                                   cli::Output::none,
                                                   {},
                                                   &merge};
constinit const cli::Command contact_unmerge_command{"contact unmerge",
                                                     "work",
                                                     "part a person's addresses again",
                                                     "Each address becomes a person of its own.",
                                                     k_who,
                                                     {},
                                                     k_unmerge_examples,
                                                     cli::Output::none,
                                                     {},
                                                     &unmerge};

} // namespace helpdesk
