#include "backend/table/ready.hpp"

#include "base/text.hpp"

#include <string>
#include <vector>

namespace helpdesk::backend::table {
namespace {

using Setting = std::pair<std::string_view, std::string_view>;

// Master.csv of Asterisk's cdr_csv has no header; its columns stand in this order.
constexpr Setting k_asterisk[] = {
    {"rows", "call"},
    {"header",
     "accountcode\nsrc\ndst\ndcontext\nclid\nchannel\ndstchannel\nlastapp\nlastdata\nstart\nanswer\nend\n"
     "duration\nbillsec\ndisposition\namaflags\nuniqueid\nuserfield"},
    {"columns.ticket", "uniqueid"},
    {"columns.time", "start"},
    {"columns.answered", "answer"},
    {"columns.ended", "end"},
    {"columns.duration", "duration"},
    {"columns.talked", "billsec"},
    {"columns.from", "src"},
    {"columns.to", "dst"},
    {"columns.requester_name", "clid"},
    {"columns.status", "disposition"},
    {"columns.direction", "dcontext"},
    {"columns.queue", "accountcode"},
    {"columns.channel", "=phone"},
    {"values.direction.from-internal", "out"},
    {"values.direction.outbound", "out"},
    {"values.direction.*", "in"},
    {"values.status.ANSWERED", "solved"},
    {"values.status.NO ANSWER", "open"},
    {"values.status.BUSY", "open"},
    {"values.status.FAILED", "open"},
    {"values.status.CONGESTION", "open"},
    {"fields", "lastapp\nuserfield"},
};

constexpr Setting k_calls[] = {
    {"rows", "call"},
    {"columns.ticket", "id"},
    {"columns.time", "start"},
    {"columns.answered", "answered"},
    {"columns.ended", "end"},
    {"columns.duration", "duration"},
    {"columns.talked", "talked"},
    {"columns.from", "from"},
    {"columns.to", "to"},
    {"columns.direction", "direction"},
    {"columns.status", "result"},
    {"columns.actor", "agent"},
    {"columns.queue", "queue"},
    {"columns.channel", "=phone"},
    {"values.status.answered", "solved"},
    {"values.status.completed", "solved"},
    {"values.status.missed", "open"},
    {"values.status.no answer", "open"},
    {"values.status.no-answer", "open"},
    {"values.status.busy", "open"},
    {"values.status.failed", "open"},
    {"values.status.voicemail", "open"},
    {"fields", "*"},
};

// "Incident management process enriched event log": a row for each update, the times of the whole in each.
constexpr Setting k_servicenow[] = {
    {"rows", "event"},
    {"zone", "UTC"},
    {"date_order", "dmy"},
    {"columns.ticket", "number"},
    {"columns.time", "sys_updated_at"},
    {"columns.event", "incident_state"},
    {"columns.status", "incident_state"},
    {"columns.priority", "priority"},
    {"columns.queue", "assignment_group"},
    {"columns.assignee", "assigned_to"},
    {"columns.actor", "sys_updated_by"},
    {"columns.requester", "caller_id"},
    {"columns.channel", "contact_type"},
    {"columns.id", "sys_mod_count"},
    {"times.opened", "opened_at"},
    {"times.resolved", "resolved_at"},
    {"times.closed", "closed_at"},
    // The rows' own states tell when it was resolved and closed; the columns only name the times.
    {"events.resolved", "none"},
    {"events.closed", "none"},
    {"values.status.New", "new"},
    {"values.status.Active", "open"},
    {"values.status.Awaiting User Info", "pending"},
    {"values.status.Awaiting Problem", "hold"},
    {"values.status.Awaiting Vendor", "hold"},
    {"values.status.Awaiting Evidence", "hold"},
    {"values.status.Resolved", "solved"},
    {"values.status.Closed", "closed"},
    {"values.channel.Self service", "web"},
    {"values.channel.IVR", "phone"},
    {"values.channel.Direct opening", "other"},
    {"fields", "*"},
};

constexpr Setting k_helpdesk_log[] = {
    {"rows", "event"},
    {"zone", "UTC"},
    {"columns.ticket", "Case ID"},
    {"columns.time", "Complete Timestamp"},
    {"columns.event", "Activity"},
    {"columns.actor", "Resource"},
    {"columns.requester", "customer"},
    {"columns.queue", "workgroup"},
    {"events.Insert ticket", "created"},
    {"events.Take in charge ticket", "assign; status open"},
    {"events.Wait", "status pending"},
    {"events.Require upgrade", "status hold"},
    {"events.Create SW anomaly", "status hold"},
    {"events.Resolve SW anomaly", "status open"},
    {"events.Resolve ticket", "status solved"},
    {"events.RESOLVED", "status solved"},
    {"events.Closed", "status closed"},
    {"fields",
     "seriousness=seriousness_2\nproduct\nresponsible_section\nservice_level\nservice_type\nsupport_section\n"
     "variant=Variant"},
};

// "Export" of a view, and the full CSV export: one row a ticket.
constexpr Setting k_zendesk[] = {
    {"rows", "ticket"},
    {"columns.ticket", "Id"},
    {"columns.subject", "Subject"},
    {"columns.status", "Status"},
    {"columns.priority", "Priority"},
    {"columns.requester", "Requester email"},
    {"columns.requester_name", "Requester"},
    {"columns.assignee", "Assignee"},
    {"columns.queue", "Group"},
    {"columns.channel", "Via"},
    {"columns.tags", "Tags"},
    {"times.created", "Created at"},
    {"times.assigned", "Assigned at"},
    {"times.solved", "Solved at"},
    {"times.due", "Due date"},
    {"times.updated", "Updated at"},
    {"missing", "\n-\nNULL"},
    {"values.status.Deleted", "deleted"},
    {"values.channel.Mail", "email"},
    {"values.channel.Web form", "web"},
    {"values.channel.Web Widget", "web"},
    {"values.channel.Web service (API)", "api"},
    {"values.channel.Phone call (incoming)", "phone"},
    {"values.channel.Phone call (outbound)", "phone"},
    {"values.channel.Messaging", "chat"},
    {"fields", "*"},
};

// Tables of a warehouse: tickets, comments, the history of fields and users in files of their own.
constexpr Setting k_zendesk_tables[] = {
    {"missing", "\nNULL\nnull"},
    {"files.tickets.paths", "ticket.csv\nticket_data.csv\ntickets.csv"},
    {"files.tickets.rows", "ticket"},
    {"files.tickets.columns.ticket", "id"},
    {"files.tickets.columns.subject", "subject"},
    {"files.tickets.columns.text", "description"},
    {"files.tickets.columns.status", "status"},
    {"files.tickets.columns.priority", "priority"},
    {"files.tickets.columns.requester", "requester_id"},
    {"files.tickets.columns.assignee", "assignee_id"},
    {"files.tickets.columns.queue", "group_id"},
    {"files.tickets.columns.channel", "via_channel"},
    {"files.tickets.columns.url", "url"},
    {"files.tickets.times.created", "created_at"},
    {"files.tickets.times.updated", "updated_at"},
    {"files.tickets.times.due", "due_at"},
    {"files.tickets.fields", "type\norganization_id\nbrand_id\nticket_form_id"},
    {"files.comments.paths", "ticket_comment.csv\nticket_comment_data.csv\ncomments.csv"},
    {"files.comments.rows", "message"},
    {"files.comments.columns.ticket", "ticket_id"},
    {"files.comments.columns.id", "id"},
    {"files.comments.columns.time", "created"},
    {"files.comments.columns.text", "body"},
    {"files.comments.columns.author", "user_id"},
    {"files.comments.columns.visibility", "public"},
    {"files.history.paths", "ticket_field_history.csv\nticket_field_history_data.csv\nhistory.csv"},
    {"files.history.rows", "event"},
    {"files.history.columns.ticket", "ticket_id"},
    {"files.history.columns.time", "updated"},
    {"files.history.columns.event", "field_name"},
    {"files.history.columns.to", "value"},
    {"files.history.columns.actor", "user_id"},
    {"files.history.events.status", "status"},
    {"files.history.events.priority", "priority"},
    {"files.history.events.assignee_id", "assign"},
    {"files.history.events.group_id", "queue"},
    {"files.users.paths", "user.csv\nuser_data.csv\nusers.csv"},
    {"files.users.rows", "person"},
    {"files.users.columns.id", "id"},
    {"files.users.columns.name", "name"},
    {"files.users.columns.email", "email"},
    {"files.users.columns.phone", "phone"},
    {"files.users.columns.role", "role"},
    {"files.users.columns.organisation", "organization_id"},
};

constexpr Setting k_freshdesk[] = {
    {"rows", "ticket"},
    {"columns.ticket", "Ticket ID"},
    {"columns.subject", "Subject"},
    {"columns.status", "Status"},
    {"columns.priority", "Priority"},
    {"columns.requester", "Email"},
    {"columns.requester_name", "Full name"},
    {"columns.assignee", "Agent"},
    {"columns.queue", "Group"},
    {"columns.channel", "Source"},
    {"columns.tags", "Tags"},
    {"times.created", "Created time"},
    {"times.first_reply", "Initial response time"},
    {"times.solved", "Resolved time"},
    {"times.closed", "Closed time"},
    {"times.due", "Due by Time"},
    {"times.updated", "Last update time"},
    {"missing", "\nNo Agent\nNo Group\nNULL"},
    {"values.status.Waiting on Third Party", "hold"},
    {"values.status.Waiting on Customer", "pending"},
    {"values.channel.Feedback Widget", "web"},
    {"values.channel.Outbound Email", "email"},
    {"fields", "*"},
};

constexpr Setting k_chat[] = {
    {"rows", "message"},           {"columns.ticket", "conversation_id"},
    {"columns.time", "timestamp"}, {"columns.author", "author"},
    {"columns.role", "role"},      {"columns.text", "text"},
    {"columns.channel", "=chat"},
};

constexpr ReadyMapping k_ready[] = {
    {"asterisk-cdr", "call records of Asterisk (Master.csv)", k_asterisk},
    {"calls", "a call log: id, start, answered, end, from, to, direction, result, agent", k_calls},
    {"servicenow", "ServiceNow's incident event log", k_servicenow},
    {"helpdesk-log", "a help desk's process log: Case ID, Activity, Resource, Complete Timestamp",
     k_helpdesk_log},
    {"zendesk", "Zendesk's CSV export of tickets", k_zendesk},
    {"zendesk-tables", "Zendesk's tables in files of their own: tickets, comments, field history, users",
     k_zendesk_tables},
    {"freshdesk", "Freshdesk's CSV export of tickets", k_freshdesk},
    {"chat", "a chat transcript: conversation_id, timestamp, author, role, text", k_chat},
};

} // namespace

std::span<const ReadyMapping> ready_mappings() { return k_ready; }

Result<const ReadyMapping*> find_ready(std::string_view name) {
  std::vector<std::string_view> names;
  std::string all;
  for (const ReadyMapping& ready : k_ready) {
    if (ready.name == name) return &ready;
    names.push_back(ready.name);
    all += (all.empty() ? "" : ", ") + std::string(ready.name);
  }
  std::string_view near = nearest(name, names);
  return usage_error("unknown mapping \"" + std::string(name) + "\"" +
                     (near.empty() ? ": " + all : " (did you mean \"" + std::string(near) + "\"?)"));
}

} // namespace helpdesk::backend::table
