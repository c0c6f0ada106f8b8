#include "app/promise_rows.hpp"

#include "app/columns.hpp"
#include "app/conversation.hpp"

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

// In the order of the rows; what is not named here is a field of tickets.
constexpr std::string_view k_order[] = {
    "number",      "due",      "promise_state", "requester",         "subject", "promise",
    "promised_by", "promised", "overdue",       "requester_address", "account", "key"};
constexpr std::string_view k_titles[] = {"#",  "due",  "state",   "to",      "subject", "we wrote",
                                         "by", "sent", "overdue", "address", "account", "key"};

std::vector<render::Column> promise_columns() {
  std::vector<render::Column> columns;
  for (std::size_t i = 0; i < std::size(k_order); ++i) {
    render::Column column;
    column.key = k_order[i];
    column.title = k_titles[i];
    column.keep = 9 - static_cast<int>(i);
    for (const cli::FieldDoc& field : k_list_fields)
      if (field.name == column.key) column.help = field.help;
    columns.push_back(std::move(column));
  }
  columns[0].align = render::Align::right;
  columns[1].time_style = render::TimeStyle::minute;
  columns[7].time_style = render::TimeStyle::minute;
  columns[3].flexible = columns[4].flexible = columns[5].flexible = columns[6].flexible = true;
  for (std::size_t i = 7; i < columns.size(); ++i) columns[i].shown = false;
  return columns;
}

} // namespace

Result<void> list_promises(App& app, const store::Query& filter, bool all, int most) {
  store::Store* store = TRY(app.store(store::Access::read));
  store::TicketQuery query;
  query.now = app.now();
  query.filter = filter;
  query.order = store::Order::number;
  std::vector<model::Ticket> tickets = TRY(store->tickets(query));
  std::vector<report::Promise> promises = TRY(report::promises(*store, tickets, !all, app.now(), app.zone()));
  auto rows = TRY(app.rows(promise_columns(), "nothing is promised"));
  for (const report::Promise& promise : promises) {
    if (most-- == 0) break;
    bool overdue = promise.state == report::PromiseState::overdue;
    render::Emphasis emphasis = overdue ? render::Emphasis::bad : render::Emphasis::plain;
    render::Row row;
    row.emplace_back(promise.number);
    row.emplace_back(render::Value(promise.due), emphasis);
    row.emplace_back(render::Value(report::text(promise.state)), emphasis);
    row.emplace_back(promise.requester);
    row.emplace_back(promise.subject);
    row.emplace_back(promise.sentence);
    row.emplace_back(promise.by.name.empty() ? promise.by.address : promise.by.name);
    row.emplace_back(promise.promised);
    row.emplace_back(overdue);
    row.emplace_back(promise.requester_address);
    row.emplace_back(promise.account);
    row.emplace_back(promise.ticket);
    TRY(rows->row(std::move(row)));
  }
  return rows->finish();
}

std::string promise_words(const report::Promise& promise, const Zone& zone) {
  return fmt::format("by {}{}: {}", format_minute(promise.due, zone),
                     promise.state == report::PromiseState::overdue ? ", overdue" : "", promise.sentence);
}

render::Value promise_value(const report::Promise& promise) {
  return render::Map{{"state", report::text(promise.state)},
                     {"due", promise.due},
                     {"promised", promise.promised},
                     {"by", render::Map{{"name", promise.by.name}, {"address", promise.by.address}}},
                     {"promise", promise.sentence}};
}

} // namespace helpdesk::app
