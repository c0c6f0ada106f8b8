// From plain values to what a template reads: persons that print their names, dates that print in the
// template's language, and the names that macros of Zendesk use.
#include "base/text.hpp"
#include "reply/template_context.hpp"

#include <algorithm>

namespace helpdesk::reply {
namespace {

using liquid::Object;
using liquid::Value;

constexpr Alias k_zendesk[] = {
    {"ticket.requester", "requester"},
    {"ticket.submitter", "requester"},
    {"ticket.title", "ticket.subject"},
    {"ticket.link", "ticket.url"},
    {"ticket.url_with_protocol", "ticket.url"},
    {"ticket.via", "ticket.channel"},
    {"ticket.brand.name", "desk.name"},
    {"ticket.group.name", "ticket.queue"},
    {"ticket.organization", "org"},
    {"ticket.due_date", "ticket.due_at"},
    {"ticket.due_date_with_timestamp", "ticket.due_at"},
    {"ticket.created_at_with_timestamp", "ticket.created_at"},
    {"ticket.updated_at_with_time", "ticket.updated_at"},
    {"ticket.updated_at_with_timestamp", "ticket.updated_at"},
    {"ticket.ccs", "ticket.cc_names"},
    {"ticket.email_ccs", "ticket.cc_names"},
    {"ticket.email_cc_names", "ticket.cc_names"},
    {"ticket.comments", "comments"},
    {"ticket.public_comments", "comments"},
    {"ticket.latest_comment", "latest"},
    {"ticket.latest_public_comment", "latest"},
    {"ticket.latest_comment_formatted", "latest.text"},
    {"ticket.latest_public_comment_formatted", "latest.text"},
    {"comment", "latest"},
    {"current_user", "agent"},
};

struct Look { // how values print
  Zone zone = Zone::utc();
  std::string language;
};

std::string_view date_pattern(std::string_view language) {
  std::string_view group = language.substr(0, 2);
  if (group == "de" || group == "nb" || group == "nn" || group == "no" || group == "da") return "%-d. %B %Y";
  if (group == "es" || group == "pt") return "%-d de %B de %Y";
  if (group == "eo") return "%-d-a de %B %Y";
  return "%-d %B %Y";
}

// Filters and comparisons see RFC 3339; a reader sees "15 January 2026".
class Date final : public Object {
 public:
  Date(std::string_view text, Look look) : text_(text), look_(std::move(look)) {}
  Value get(std::string_view) const override { return {}; }
  bool has(std::string_view) const override { return false; }
  Value whole() const override { return text_; }
  bool prints_itself() const override { return true; }
  std::string text() const override {
    auto parsed = liquid::Template::parse_or_problem("{{ day | date: pattern }}");
    if (!parsed) return text_.text();
    liquid::RenderOptions options;
    options.zone = look_.zone;
    options.language = look_.language;
    options.source_map = false;
    Value data = Value::hash({{"day", text_}, {"pattern", Value(date_pattern(look_.language))}});
    return parsed->render(data, options).text;
  }

 private:
  Value text_;
  Look look_;
};

class Person final : public Object {
 public:
  Person(Value members, Value name) : members_(std::move(members)), name_(std::move(name)) {}
  Value get(std::string_view key) const override {
    const Value* found = members_.find(key);
    return found ? *found : Value();
  }
  bool has(std::string_view key) const override { return members_.find(key) != nullptr; }
  Value whole() const override { return name_; }

 private:
  Value members_, name_;
};

class List final : public Object {
 public:
  explicit List(std::vector<Value> items) {
    for (const Value& item : items) text_ += (text_.empty() ? "" : ", ") + item.text();
    items_ = Value::array(std::move(items));
  }
  Value get(std::string_view) const override { return {}; }
  bool has(std::string_view) const override { return false; }
  Value whole() const override { return items_; }
  bool prints_itself() const override { return true; }
  std::string text() const override { return text_; }

 private:
  Value items_;
  std::string text_;
};

// Custom fields: which there are, only the ticket says.
class Fields final : public Object {
 public:
  explicit Fields(Value fields) : fields_(std::move(fields)) {}
  Value get(std::string_view key) const override {
    const Value* found = fields_.find(key);
    return found ? *found : Value();
  }
  bool has(std::string_view) const override { return true; }
  Value whole() const override { return fields_; }

 private:
  Value fields_;
};

// Zendesk numbers its custom fields: ticket_field_360001.
class Ticket final : public Object {
 public:
  explicit Ticket(Value members) : members_(std::move(members)) {}
  Value get(std::string_view key) const override {
    if (const Value* found = members_.find(key)) return *found;
    const Value* fields = members_.find("fields");
    return fields && !field_of(key).empty() ? fields->as_object().get(field_of(key)) : Value();
  }
  bool has(std::string_view key) const override { return members_.find(key) || !field_of(key).empty(); }
  Value whole() const override { return members_; }

 private:
  static std::string_view field_of(std::string_view key) {
    for (std::string_view prefix : {"ticket_field_option_title_", "ticket_field_"})
      if (key.starts_with(prefix) && key.size() > prefix.size()) return key.substr(prefix.size());
    return {};
  }
  Value members_;
};

class Contents final : public Object {
 public:
  explicit Contents(DynamicContent content) : content_(std::move(content)) {}
  Value get(std::string_view key) const override {
    auto text = content_ ? content_(key) : std::nullopt;
    return text ? Value(*text) : Value();
  }
  bool has(std::string_view key) const override { return content_ && content_(key).has_value(); }

 private:
  DynamicContent content_;
};

bool is_instant(std::string_view key, const std::string& text) {
  for (std::string_view name : {"date", "created_at", "updated_at", "due_at"})
    if (key == name) return text.find('T') != std::string::npos && parse_rfc3339(text).has_value();
  return false;
}

Value value_of(const json::Value& value, std::string_view key, const Look& look) {
  switch (value.type()) {
  case json::Value::Type::null: return {};
  case json::Value::Type::boolean: return {value.as_bool()};
  case json::Value::Type::integer: return {value.as_int()};
  case json::Value::Type::real: return {value.as_double()};
  case json::Value::Type::big_number: return {value.id_text()};
  case json::Value::Type::string:
    if (is_instant(key, value.as_string()))
      return Value::object(std::make_unique<Date>(value.as_string(), look));
    return {value.as_string()};
  case json::Value::Type::array: {
    std::vector<Value> items;
    for (const json::Value& item : value.items()) items.push_back(value_of(item, "", look));
    return key == "tags" ? Value::object(std::make_unique<List>(std::move(items)))
                         : Value::array(std::move(items));
  }
  case json::Value::Type::object: break;
  }
  Value hash = Value::hash();
  for (const auto& [name, member] : value.members()) hash.set(name, value_of(member, name, look));
  if (key == "fields") return Value::object(std::make_unique<Fields>(std::move(hash)));
  if (value.has("first_name") && value.has("name")) {
    Value name = *hash.find("name");
    return Value::object(std::make_unique<Person>(std::move(hash), std::move(name)));
  }
  return hash;
}

} // namespace

std::span<const Alias> zendesk_aliases() { return k_zendesk; }

Value template_data(const TemplateContext& context, const FrontMatter& front, DynamicContent content) {
  json::Value values = context_values(context, front);
  for (const Alias& alias : k_zendesk) {
    const json::Value* ours = find_at(values, alias.ours);
    if (!ours) continue;
    json::Value copy = *ours;
    // A sample or a field may give their name itself, or a part of it: that wins.
    if (const json::Value* given = find_at(values, alias.theirs)) {
      if (!given->is_object() || !copy.is_object()) continue;
      for (const auto& [key, member] : given->members()) copy.set(key, member);
    }
    set_at(values, alias.theirs, std::move(copy));
  }
  Look look{context.zone, context.language};
  Value data = Value::hash();
  for (const auto& [name, member] : values.members())
    data.set(name, name == "ticket" ? Value::object(std::make_unique<Ticket>(value_of(member, name, look)))
                                    : value_of(member, name, look));
  data.set("dc", Value::object(std::make_unique<Contents>(std::move(content))));
  return data;
}

} // namespace helpdesk::reply
