#include "reply/template_context.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::reply {
namespace {

using json::Value;

constexpr std::string_view k_names[] = {"ticket.number",
                                        "ticket.subject",
                                        "ticket.description",
                                        "ticket.status",
                                        "ticket.priority",
                                        "ticket.channel",
                                        "ticket.queue",
                                        "ticket.assignee",
                                        "ticket.tags",
                                        "ticket.account",
                                        "ticket.url",
                                        "ticket.language",
                                        "ticket.created_at",
                                        "ticket.updated_at",
                                        "ticket.due_at",
                                        "ticket.cc_names",
                                        "ticket.fields.NAME",
                                        "requester",
                                        "org.name",
                                        "agent",
                                        "desk.name",
                                        "desk.email",
                                        "message",
                                        "latest",
                                        "comments",
                                        "language",
                                        "dc.NAME"};

std::string given_name(std::string_view name) {
  name = trim(name);
  std::size_t comma = name.find(',');
  if (comma != std::string_view::npos) name = trim(name.substr(comma + 1)); // "Olsen, Martha"
  return std::string(name.substr(0, name.find(' ')));
}

std::string family_name(std::string_view name) {
  name = trim(name);
  if (std::size_t comma = name.find(','); comma != std::string_view::npos)
    return std::string(trim(name.substr(0, comma)));
  std::size_t space = name.find(' ');
  return space == std::string_view::npos ? std::string() : std::string(trim(name.substr(space)));
}

Value person_value(std::string_view name, std::string_view address) {
  return Value::object({{"name", name.empty() ? address : name},
                        {"first_name", given_name(name)},
                        {"last_name", family_name(name)},
                        {"email", address}});
}

std::string written(Instant time, const Zone& zone) {
  return time == Instant{} ? std::string() : format_rfc3339(time, zone);
}

Value message_value(const model::Message& message, const Zone& zone) {
  const std::string& text = message.stripped.empty() ? message.text : message.stripped;
  return Value::object({{"text", text},
                        {"value", text},
                        {"subject", message.subject},
                        {"date", written(message.time, zone)},
                        {"created_at", written(message.time, zone)},
                        {"is_public", true},
                        {"author", person_value(message.author.name, message.author.address)}});
}

Value ticket_value(const model::Ticket& t, const Zone& zone) {
  Value tags = Value::array(), fields = Value::object();
  for (const std::string& tag : t.tags) tags.push(tag);
  for (const model::CustomField& field : t.fields) fields.set(field.key, field.value);
  bool is_address = t.assignee.find('@') != std::string::npos;
  return Value::object({{"id", t.number},
                        {"number", t.number},
                        {"subject", t.subject},
                        {"description", ""},
                        {"status", model::text(t.status)},
                        {"priority", model::text(t.priority)},
                        {"channel", model::text(t.channel)},
                        {"tags", std::move(tags)},
                        {"queue", t.queue},
                        {"assignee", person_value(t.assignee, is_address ? t.assignee : "")},
                        {"account", t.account},
                        {"url", t.url},
                        {"language", t.language},
                        {"created_at", written(t.created, zone)},
                        {"updated_at", written(t.updated, zone)},
                        {"due_at", t.due ? written(*t.due, zone) : ""},
                        {"cc_names", ""},
                        {"fields", std::move(fields)}});
}

std::string names_of(const std::vector<model::Contact>& contacts) {
  std::vector<std::string> names;
  for (const model::Contact& contact : contacts)
    names.push_back(contact.name.empty() ? contact.address : contact.name);
  return join(names, ", ");
}

void add_messages(const TemplateContext& context, Value& values) {
  Value comments = Value::array();
  const model::Message *asked = nullptr, *first = nullptr, *latest = nullptr;
  for (const model::Message& message : *context.messages) {
    if (message.visibility != model::Visibility::public_) continue;
    comments.push(message_value(message, context.zone));
    latest = &message;
    if (message.direction != model::Direction::in) continue;
    asked = &message;
    if (!first) first = &message;
  }
  values.set("comments", std::move(comments));
  if (asked) values.set("message", message_value(*asked, context.zone));
  if (asked) set_at(values, "ticket.cc_names", names_of(asked->cc));
  if (latest) values.set("latest", message_value(*latest, context.zone));
  if (first) set_at(values, "ticket.description", first->stripped.empty() ? first->text : first->stripped);
}

// Who is given a name by a sample has its parts too.
void add_name_parts(const TemplateValues& given, Value& values) {
  auto is_given = [&](const std::string& path) {
    return std::any_of(given.begin(), given.end(), [&](const auto& one) { return one.first == path; });
  };
  for (const auto& [path, value] : given) {
    if (!path.ends_with(".name") || !value.is_string()) continue;
    std::string person = path.substr(0, path.size() - 5);
    for (const auto& [part, text] : {std::pair{".first_name", given_name(value.as_string())},
                                     std::pair{".last_name", family_name(value.as_string())}})
      if (find_at(values, person + part) && !is_given(person + part)) set_at(values, person + part, text);
  }
}

} // namespace

std::span<const std::string_view> context_names() { return k_names; }

bool is_context_root(std::string_view name) {
  for (std::string_view root : {"ticket", "requester", "org", "agent", "desk", "message", "latest",
                                "comments", "language", "dc", "current_user", "comment", "satisfaction"})
    if (name == root) return true;
  return false;
}

const Value* find_at(const Value& root, std::string_view path) {
  const Value* at = &root;
  for (std::string_view key : split(path, '.')) {
    at = at->members().find(key);
    if (!at) return nullptr;
  }
  return at;
}

void set_at(Value& root, std::string_view path, Value value) {
  std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    root.set(path, std::move(value));
    return;
  }
  std::string_view key = path.substr(0, dot);
  if (!root[key].is_object()) root.set(key, Value::object());
  set_at(*root.mutable_members()->find(key), path.substr(dot + 1), std::move(value));
}

bool is_blank(const Value* value) {
  if (!value || value->is_null()) return true;
  if (value->is_string()) return trim(value->as_string()).empty();
  return (value->is_array() || value->is_object()) && value->size() == 0;
}

Value context_values(const TemplateContext& context, const FrontMatter& front) {
  model::Ticket nothing;
  const model::Ticket& ticket = context.ticket ? *context.ticket : nothing;
  Value requester = person_value(ticket.requester_name, ticket.requester_address);
  requester.set("language", ticket.language).set("phone", "");
  Value organisation = Value::object({{"name", ""}});
  if (context.person) {
    organisation.set("name", context.person->organisation);
    for (const model::Identity& identity : context.person->identities)
      if (identity.kind == "phone") requester.set("phone", identity.value);
  }
  Value none = message_value({}, context.zone);
  Value values = Value::object({{"ticket", ticket_value(ticket, context.zone)},
                                {"requester", std::move(requester)},
                                {"org", std::move(organisation)},
                                {"agent", person_value(context.agent.name, context.agent.address)},
                                {"desk", person_value(context.desk.name, context.desk.address)},
                                {"message", none},
                                {"latest", none},
                                {"comments", Value::array()},
                                {"language", context.language}});
  if (context.messages) add_messages(context, values);
  for (const auto& [path, value] : context.values) set_at(values, path, value);
  add_name_parts(context.values, values);
  for (const auto* fields : {&front.required, &front.optional})
    for (const std::string& field : *fields) {
      if (find_at(values, field)) continue;
      const Value* custom =
          field.find('.') == std::string::npos ? values["ticket"]["fields"].members().find(field) : nullptr;
      set_at(values, field, custom ? *custom : Value());
    }
  return values;
}

TemplateContext sample_context(model::Ticket& ticket, std::vector<model::Message>& messages) {
  ticket.number = 1;
  ticket.subject = "Sample subject";
  ticket.requester_name = "Sample Customer";
  ticket.requester_address = "customer@example.org";
  ticket.language = "en";
  ticket.created = ticket.updated = instant_of_seconds(1767603600); // 2026-01-05 09:00 UTC
  model::Message message;
  message.time = ticket.created;
  message.subject = ticket.subject;
  message.text = message.stripped = "Sample question?";
  message.author = {ticket.requester_name, ticket.requester_address};
  messages = {std::move(message)};
  TemplateContext context;
  context.ticket = &ticket;
  context.messages = &messages;
  context.agent = {"Sample Agent", "agent@example.org"};
  context.desk = {"Sample Desk", "desk@example.org"};
  context.language = "en";
  return context;
}

} // namespace helpdesk::reply
