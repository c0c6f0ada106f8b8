#include "store/canonical.hpp"

#include "base/text.hpp"

namespace helpdesk::store {
namespace {

// Just enough JSON to write a line; fields stand in the order in which they are given.
class Line {
 public:
  explicit Line(std::string_view what) { text("what", what); }
  std::string take() && { return out_ + '}'; }

  Line& text(std::string_view name, std::string_view value) {
    key(name);
    quote(value);
    return *this;
  }
  Line& number(std::string_view name, std::int64_t value) {
    key(name);
    out_ += std::to_string(value);
    return *this;
  }
  Line& time(std::string_view name, Instant t) { return number(name, micros(t)); }
  Line& time(std::string_view name, const std::optional<Instant>& t) { return t ? time(name, *t) : *this; }
  Line& flag(std::string_view name, bool value) { return value ? number(name, 1) : *this; }
  Line& texts(std::string_view name, const std::vector<std::string>& list) {
    return array(name, list, [&](const std::string& s) { quote(s); });
  }
  Line& contacts(std::string_view name, const std::vector<model::Contact>& list) {
    return array(name, list, [&](const model::Contact& c) { pair(c.name, c.address); });
  }
  template <class List, class Write> Line& array(std::string_view name, const List& list, Write write) {
    key(name);
    out_ += '[';
    bool first = true;
    for (const auto& item : list) {
      if (!first) out_ += ',';
      first = false;
      write(item);
    }
    out_ += ']';
    return *this;
  }
  void pair(std::string_view a, std::string_view b) {
    out_ += '[';
    quote(a);
    out_ += ',';
    quote(b);
    out_ += ']';
  }
  void raw(std::string_view json) { out_ += json; }
  void quote(std::string_view s) {
    static constexpr char k_hex[] = "0123456789abcdef";
    out_ += '"';
    for (char c : s) {
      auto u = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\')
        out_ += '\\', out_ += c;
      else if (u < 0x20 || u == 0x7f)
        out_ += "\\u00", out_ += k_hex[u >> 4], out_ += k_hex[u & 15];
      else
        out_ += c;
    }
    out_ += '"';
  }

 private:
  std::string out_ = "{";
  void key(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
};

using model::text;

} // namespace

std::string canonical_line(const RawRecord& r) {
  Line l("record");
  l.text("account", r.account).text("key", r.key).text("version", r.version).text("format", r.format);
  l.time("received", r.received)
      .text("hint", r.hint)
      .text("defect", r.defect)
      .text("sha256", sha256_hex(r.bytes));
  return std::move(l).take();
}

std::string canonical_line(const Placement& p) {
  Line l("placement");
  l.text("account", p.account)
      .text("stream", p.stream)
      .text("record", p.record)
      .text("role", p.role)
      .texts("labels", p.labels);
  return std::move(l).take();
}

std::string canonical_line(const JournalEntry& e) {
  Line l("journal");
  l.time("time", e.time)
      .text("kind", e.kind)
      .text("subject", e.subject)
      .text("actor", e.actor)
      .text("data", e.data);
  return std::move(l).take();
}

std::string canonical_line(const model::Ticket& t) {
  Line l("ticket");
  l.text("key", t.key)
      .texts("aliases", t.aliases)
      .text("account", t.account)
      .text("url", t.url)
      .text("subject", t.subject);
  l.text("channel", text(t.channel)).text("status", text(t.status)).text("status_raw", t.status_raw);
  l.text("priority", text(t.priority)).text("priority_raw", t.priority_raw).text("queue", t.queue);
  l.text("requester", t.requester)
      .text("requester_name", t.requester_name)
      .text("requester_address", t.requester_address);
  l.text("assignee", t.assignee).texts("tags", t.tags);
  l.array("fields", t.fields, [&](const model::CustomField& f) { l.pair(f.key, f.value); });
  l.time("created", t.created).time("updated", t.updated).time("closed", t.closed).time("due", t.due);
  l.time("waiting_since", t.waiting_since)
      .text("needs_reply", text(t.needs_reply))
      .text("reason", t.needs_reply_reason);
  l.time("snoozed_until", t.snoozed_until).time("last_in", t.last_in).time("last_out", t.last_out);
  l.text("last_message", t.last_message)
      .number("messages", t.messages)
      .flag("spam", t.spam)
      .flag("deleted", t.deleted);
  l.flag("history_only", t.history_only).text("merged_into", t.merged_into).text("language", t.language);
  return std::move(l).take();
}

std::string canonical_line(const model::Message& m) {
  Line l("message");
  l.text("key", m.key).text("ticket", m.ticket).text("raw", m.raw).time("time", m.time);
  l.text("direction", text(m.direction)).text("visibility", text(m.visibility));
  l.text("author_name", m.author.name)
      .text("author_address", m.author.address)
      .text("role", text(m.author_role));
  l.text("automation", text(m.automation))
      .text("needs_reply", text(m.needs_reply))
      .text("reason", m.needs_reply_reason);
  l.text("delivery", text(m.delivery)).text("channel", text(m.channel)).text("subject", m.subject);
  l.text("text", m.text).text("html", m.html).text("stripped", m.stripped);
  l.contacts("to", m.to).contacts("cc", m.cc).contacts("bcc", m.bcc).contacts("reply_to", m.reply_to);
  l.text("message_id", m.message_id).text("in_reply_to", m.in_reply_to).texts("references", m.references);
  l.text("subject_key", m.subject_key).text("language", m.language);
  l.array("attachments", m.attachments, [&](const model::Attachment& a) {
    Line part("attachment");
    part.number("number", a.number)
        .text("name", a.name)
        .text("type", a.type)
        .number("size", static_cast<std::int64_t>(a.size));
    part.text("sha256", a.sha256)
        .text("content_id", a.content_id)
        .flag("inline", a.inline_part)
        .text("state", text(a.state));
    l.raw(std::move(part).take());
  });
  l.texts("defects", m.defects).texts("labels", m.labels).flag("gone", m.gone_from_server);
  return std::move(l).take();
}

std::string canonical_line(const model::Person& p) {
  Line l("person");
  l.text("key", p.key).text("role", text(p.role)).text("name", p.name);
  l.array("identities", p.identities, [&](const model::Identity& i) { l.pair(i.kind, i.value); });
  l.text("organisation", p.organisation).text("language", p.language).text("zone", p.zone);
  return std::move(l).take();
}

std::string canonical_line(std::string_view ticket_key, const model::Timeline& t,
                           const std::function<std::string(model::Term)>& term) {
  Line l("timeline");
  l.text("ticket", ticket_key)
      .text("account", term(t.account))
      .text("queue", term(t.queue))
      .text("assignee", term(t.assignee));
  l.text("requester", term(t.requester))
      .text("organisation", term(t.organisation))
      .text("language", term(t.language));
  l.text("channel", text(t.channel)).text("priority", text(t.priority)).text("status", text(t.status));
  l.flag("spam", t.spam)
      .flag("deleted", t.deleted)
      .flag("merged", t.merged)
      .flag("history_only", t.history_only);
  l.array("tags", t.tags, [&](model::Term tag) { l.quote(term(tag)); });
  if (!t.fields.empty())
    l.array("fields", t.fields, [&](const model::FieldValue& f) { l.pair(term(f.field), term(f.value)); });
  l.array("entries", t.entries, [&](const model::TimelineEntry& e) {
    bool event = e.entry == model::EntryKind::event;
    Line part(event ? "event" : "message");
    part.time("time", e.time).text("actor", term(e.actor)).number("number", e.number).flag("local", e.local);
    if (event) {
      // The numbers of statuses are not in the dictionary.
      bool status = e.kind == model::EventKind::status;
      part.text("kind", text(e.kind)).text("source", text(e.source)).text("field", term(e.field));
      part.text("from", status ? std::to_string(e.from) : term(e.from))
          .text("to", status ? std::to_string(e.to) : term(e.to));
    } else {
      part.text("direction", text(e.direction))
          .text("visibility", text(e.visibility))
          .text("role", text(e.author_role));
      part.text("automation", text(e.automation))
          .text("needs_reply", text(e.needs_reply))
          .text("delivery", text(e.delivery));
    }
    l.raw(std::move(part).take());
  });
  return std::move(l).take();
}

std::string Digest::hex() const { return state_.empty() ? sha256_hex("") : state_; }

void Digest::add(std::string_view line) {
  std::string text;
  text.reserve(state_.size() + line.size());
  text += state_;
  text += line;
  state_ = sha256_hex(text);
}

} // namespace helpdesk::store
