#include "app/ticket_rows.hpp"

namespace helpdesk::app {
namespace {

using render::Emphasis;

render::Column column(std::string_view key, std::string title, int keep, bool shown = true) {
  render::Column c;
  c.key = key;
  c.title = std::move(title);
  c.keep = keep;
  c.shown = shown;
  for (const cli::FieldDoc& field : k_ticket_fields)
    if (field.name == key) c.help = field.help;
  return c;
}

render::List tag_list(const model::Ticket& ticket) {
  render::List list;
  for (const std::string& tag : ticket.tags) list.emplace_back(tag);
  return list;
}

} // namespace

std::vector<render::Column> ticket_columns(bool with_reason, bool with_reply) {
  std::vector<render::Column> columns;
  columns.push_back(column("number", "#", 9));
  columns.back().align = render::Align::right;
  columns.push_back(column("waiting_seconds", "waiting", 8, !with_reason));
  columns.back().align = render::Align::right;
  columns.push_back(column("target", "target", 5, !with_reason));
  columns.push_back(column("requester", "from", 7));
  columns.back().flexible = true;
  columns.push_back(column("requester_address", "address", 1, false));
  columns.push_back(column("subject", "subject", 9));
  columns.back().flexible = true;
  columns.push_back(column("status", "status", 6));
  columns.push_back(column("needs_reply", "needs reply", 1, false));
  columns.push_back(column("reason", "reason", 8, with_reason));
  columns.back().flexible = true;
  columns.push_back(column("priority", "priority", 3, false));
  columns.push_back(column("assignee", "assignee", 2, !with_reason));
  columns.back().flexible = true;
  columns.push_back(column("tags", "tags", 4, !with_reason));
  columns.back().flexible = true;
  columns.push_back(column("channel", "channel", 1, false));
  columns.push_back(column("account", "account", 1, false));
  columns.push_back(column("queue", "queue", 1, false));
  columns.push_back(column("language", "language", 1, false));
  columns.push_back(column("messages", "messages", 1, false));
  columns.push_back(column("created", "created", 1, false));
  columns.push_back(column("updated", "updated", with_reason ? 5 : 1, with_reason));
  columns.push_back(column("waiting_since", "waiting since", 1, false));
  columns.push_back(column("snoozed_until", "snoozed until", 1, false));
  columns.push_back(column("key", "key", 0, false));
  columns.push_back(column("reply", "reply", 8, with_reply));
  columns.back().flexible = true;
  return columns;
}

render::Row ticket_row(const model::Ticket& t, Instant now, TargetMark target, bool,
                       const ReplyState* reply) {
  std::optional<Duration> waiting;
  if (t.waiting_since) waiting = now - *t.waiting_since;
  std::string mark = target == TargetMark::past ? "past" : target == TargetMark::near ? "near" : "";
  Emphasis emphasis = target == TargetMark::past   ? Emphasis::bad
                      : target == TargetMark::near ? Emphasis::warn
                                                   : Emphasis::plain;
  std::string requester = t.requester_name.empty() ? t.requester_address : t.requester_name;
  render::Row row;
  row.emplace_back(t.number);
  row.emplace_back(render::Value(waiting), emphasis);
  row.emplace_back(render::Value(mark), emphasis);
  row.emplace_back(requester);
  row.emplace_back(t.requester_address);
  row.emplace_back(render::Value(t.subject), Emphasis::plain, t.subject.empty() ? "(no subject)" : "");
  row.emplace_back(model::text(t.status));
  row.emplace_back(model::text(t.needs_reply));
  row.emplace_back(t.needs_reply_reason);
  row.emplace_back(model::text(t.priority));
  row.emplace_back(t.assignee);
  row.emplace_back(tag_list(t));
  row.emplace_back(model::text(t.channel));
  row.emplace_back(t.account);
  row.emplace_back(t.queue);
  row.emplace_back(t.language);
  row.emplace_back(t.messages);
  row.emplace_back(t.created);
  row.emplace_back(t.updated);
  row.emplace_back(render::Value(t.waiting_since));
  row.emplace_back(render::Value(t.snoozed_until));
  row.emplace_back(t.key);
  if (reply) {
    row.emplace_back(render::Value(reply->state), needs_decision(*reply) ? Emphasis::warn : Emphasis::plain,
                     reply->words);
  } else {
    row.emplace_back("");
  }
  return row;
}

} // namespace helpdesk::app
