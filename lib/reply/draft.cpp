#include "reply/draft.hpp"

#include "base/text.hpp"
#include "json/json.hpp"
#include "reply/json_contacts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using json::Value;
constexpr std::string_view k_attachments = "@drafts";

} // namespace

std::string draft_data(const Draft& d) {
  Value attachments = Value::array();
  for (const DraftAttachment& a : d.attachments)
    attachments.push(
        Value::object({{"name", a.name}, {"type", a.type}, {"sha256", a.sha256}, {"size", a.size}}));
  Value v = Value::object({{"state", d.state},
                           {"ticket", d.ticket},
                           {"account", d.account},
                           {"text", d.text},
                           {"subject", d.subject},
                           {"to", contacts_value(d.to)},
                           {"cc", contacts_value(d.cc)},
                           {"identity", d.identity},
                           {"template", d.template_name},
                           {"template_hash", d.template_hash},
                           {"language", d.language},
                           {"last_seen", d.last_seen},
                           {"attachments", std::move(attachments)},
                           {"quote", d.quote},
                           {"forward", d.forward},
                           {"created", micros(d.created)}});
  if (!d.put_back.empty()) v.set("put_back", d.put_back);
  return json::dump(v);
}

Result<Draft> draft_of(const store::JournalEntry& entry) {
  auto parsed = json::parse(entry.data);
  if (!parsed) return in_context("draft " + entry.subject, parsed.error());
  const Value& v = *parsed;
  Draft d;
  d.id = entry.subject;
  d.state = v["erased"].as_bool() ? "discarded" : v["state"].as_string();
  d.ticket = v["ticket"].as_string();
  d.account = v["account"].as_string();
  d.text = v["text"].as_string();
  d.subject = v["subject"].as_string();
  d.to = contacts_of(v["to"]);
  d.cc = contacts_of(v["cc"]);
  d.identity = v["identity"].as_string();
  d.template_name = v["template"].as_string();
  d.template_hash = v["template_hash"].as_string();
  d.language = v["language"].as_string();
  d.last_seen = v["last_seen"].as_string();
  for (const Value& a : v["attachments"].items())
    d.attachments.push_back({a["name"].as_string(), a["type"].as_string(), a["sha256"].as_string(),
                             static_cast<std::uint64_t>(a["size"].as_int())});
  d.quote = v["quote"].as_bool();
  d.forward = v["forward"].as_bool();
  d.put_back = v["put_back"].as_string();
  d.created = instant_of_micros(v["created"].as_int());
  d.changed = entry.time;
  return d;
}

Result<std::vector<Draft>> open_drafts(store::Reader& store, std::string_view ticket_key) {
  std::vector<Draft> drafts;
  for (const store::JournalEntry& entry : TRY(store.latest("draft"))) {
    // Most have been sent: their text need not be parsed to see that.
    if (entry.data.starts_with(R"({"state":"queued")") || entry.data.starts_with(R"({"state":"discarded")"))
      continue;
    Draft draft = TRY(draft_of(entry));
    if (draft.state != "open" || (!ticket_key.empty() && draft.ticket != ticket_key)) continue;
    drafts.push_back(std::move(draft));
  }
  std::sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return a.changed != b.changed ? a.changed > b.changed : a.id > b.id;
  });
  return drafts;
}

Result<std::optional<Draft>> find_draft(store::Reader& store, std::string_view id) {
  auto entry = TRY(store.latest("draft", id));
  if (!entry) return std::optional<Draft>();
  return std::optional<Draft>(TRY(draft_of(*entry)));
}

Result<void> save_draft(store::Store& store, const Draft& draft, const std::vector<NewAttachment>& contents,
                        std::string_view actor, Instant now) {
  auto tx = TRY(store.begin(store::Durability::full));
  for (const NewAttachment& attachment : contents) {
    store::RawRecord record;
    record.account = k_attachments;
    record.key = attachment.info.sha256;
    record.format = "attachment";
    record.bytes = attachment.content;
    TRY(tx->put_raw(record));
  }
  store::JournalEntry entry;
  entry.time = now;
  entry.actor = actor;
  entry.kind = "draft";
  entry.subject = draft.id;
  entry.data = draft_data(draft);
  TRY(tx->append(entry));
  return tx->commit();
}

Result<std::string> attachment_content(store::Reader& store, const DraftAttachment& attachment) {
  auto record = TRY(store.raw(k_attachments, attachment.sha256));
  if (!record)
    return failed(fmt::format("attachment {}: its content is not in the store any more; attach it again",
                              attachment.name));
  return std::move(record->bytes);
}

} // namespace helpdesk::reply
