// Canned responses of Freshdesk (GET /api/v2/canned_response_folders/ID/responses).
#include "reply/foreign/foreign.hpp"

namespace helpdesk::reply::foreign {
namespace {

constexpr Alias k_names[] = {
    {"ticket.requester.firstname", "requester.first_name"},
    {"ticket.requester.lastname", "requester.last_name"},
    {"ticket.requester", "requester"},
    {"ticket.agent", "ticket.assignee"},
    {"ticket.internal_agent", "ticket.assignee"},
    {"ticket.group.name", "ticket.queue"},
    {"ticket.internal_group.name", "ticket.queue"},
    {"ticket.company.name", "org.name"},
    {"ticket.source", "ticket.channel"},
    {"ticket.due_by_time", "ticket.due_at"},
    {"ticket.public_url", "ticket.url"},
    {"ticket.portal_url", "ticket.url"},
    {"ticket.latest_public_comment", "latest.text"},
    {"ticket.cf_*", "ticket.fields.cf_*"},
};

Result<std::vector<ForeignReply>> read(const json::Value& file) {
  std::vector<ForeignReply> replies;
  for (const json::Value& record : TRY(records_in(file, {"canned_responses", "responses"}))) {
    ForeignReply reply;
    reply.id = record["id"].id_text();
    reply.title = record["title"].as_string();
    reply.text = record["content"].as_string();
    if (reply.text.empty()) {
      reply.text = record["content_html"].as_string();
      reply.html = true;
    }
    if (record["attachments"].size() > 0) reply.notes.emplace_back("its attachments stay behind");
    replies.push_back(std::move(reply));
  }
  return replies;
}

} // namespace

extern const System k_freshdesk;
constinit const System k_freshdesk{"freshdesk", "Freshdesk", "canned responses of a folder, from its API",
                                   k_names,     &read,       &rename_in_liquid};

} // namespace helpdesk::reply::foreign
