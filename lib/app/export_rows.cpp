#include "app/export_rows.hpp"

#include "metrics/measure.hpp"

#include <initializer_list>
#include <string_view>
#include <utility>

namespace helpdesk::app {
namespace {

using render::Cell;

// A data export prints exact times in its tables too.
std::vector<render::Column>
columns_of(std::initializer_list<std::pair<std::string_view, std::string_view>> names) {
  std::vector<render::Column> columns;
  for (const auto& [key, title] : names) {
    render::Column c;
    c.key = key;
    c.title = title;
    c.time_style = render::TimeStyle::minute;
    c.flexible = key == "subject" || key == "text" || key == "author";
    for (const cli::FieldDoc& field : k_export_fields)
      if (field.name == key) c.help = field.help;
    columns.push_back(std::move(c));
  }
  columns.front().keep = 9;
  return columns;
}

} // namespace

std::vector<render::Column> message_columns(bool with_text) {
  auto columns = columns_of({{"number", "#"},
                             {"key", "key"},
                             {"ticket_key", "ticket"},
                             {"account", "account"},
                             {"time", "time"},
                             {"direction", "dir"},
                             {"visibility", "visibility"},
                             {"author", "from"},
                             {"author_address", "address"},
                             {"role", "role"},
                             {"automation", "automation"},
                             {"needs_reply", "needs reply"},
                             {"reason", "reason"},
                             {"delivery", "delivery"},
                             {"channel", "channel"},
                             {"language", "language"},
                             {"subject", "subject"},
                             {"message_id", "id"},
                             {"attachments", "attachments"}});
  if (with_text) {
    columns.push_back(columns_of({{"text", "text"}}).front());
    columns.back().keep = 3;
  }
  for (render::Column& c : columns)
    if (c.key == "key" || c.key == "ticket_key" || c.key == "message_id") c.keep = 0;
  return columns;
}

render::Row message_row(const model::Ticket& ticket, const model::Message& m, bool with_text) {
  render::Row row{Cell(ticket.number),
                  Cell(m.key),
                  Cell(ticket.key),
                  Cell(ticket.account),
                  Cell(m.time),
                  Cell(model::text(m.direction)),
                  Cell(model::text(m.visibility)),
                  Cell(m.author.name),
                  Cell(m.author.address),
                  Cell(model::text(m.author_role)),
                  Cell(model::text(m.automation)),
                  Cell(model::text(m.needs_reply)),
                  Cell(m.needs_reply_reason),
                  Cell(model::text(m.delivery)),
                  Cell(model::text(m.channel)),
                  Cell(m.language),
                  Cell(m.subject),
                  Cell(m.message_id),
                  Cell(m.attachments.size())};
  if (with_text) row.emplace_back(m.stripped.empty() ? m.text : m.stripped);
  return row;
}

std::vector<render::Column> turn_columns() {
  return columns_of({{"number", "#"},
                     {"account", "account"},
                     {"channel", "channel"},
                     {"turn", "turn"},
                     {"cycle", "cycle"},
                     {"start", "from"},
                     {"end", "to"},
                     {"how", "ended"},
                     {"waited_seconds", "waited"},
                     {"agent", "agent"},
                     {"left_out", "left out"}});
}

render::Row turn_row(const report::Desk& desk, const metrics::ImportSeconds& imports,
                     const model::Timeline& timeline, const metrics::History& history, std::size_t index) {
  const metrics::Turn& turn = history.turns[index];
  bool answered = turn.how == metrics::TurnEnd::answered_human || turn.how == metrics::TurnEnd::answered_ai;
  auto reason = metrics::left_out(timeline, history, &imports);
  return {Cell(timeline.ticket),
          Cell(desk.text(timeline.account)),
          Cell(model::text(timeline.channel)),
          Cell(index + 1),
          Cell(turn.cycle + 1),
          Cell(turn.start),
          turn.how == metrics::TurnEnd::open ? Cell() : Cell(turn.end),
          Cell(metrics::text(turn.how)),
          Cell(turn.end - turn.start),
          answered ? Cell(desk.text(history.entries[turn.last].actor)) : Cell(),
          reason ? Cell(metrics::key(*reason)) : Cell()};
}

} // namespace helpdesk::app
