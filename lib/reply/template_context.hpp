// What a template may name: one context for every template, wherever it comes from. helpdesk-templates(7)
// lists the names; names of other systems lead to them.
#pragma once

#include "base/time.hpp"
#include "json/json.hpp"
#include "liquid/template.hpp"
#include "model/values.hpp"
#include "reply/front_matter.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct TemplateContext {
  const model::Ticket* ticket = nullptr;
  const std::vector<model::Message>* messages = nullptr;
  const model::Person* person = nullptr; // the requester: organisation, telephone
  model::Contact agent;
  model::Contact desk; // the address that answers, with its name
  Instant now{};
  Zone zone = Zone::utc();
  std::string language;
  TemplateValues values; // of --set or of a sample: they win over the ticket
};

// What a template may name; helpdesk-templates(7) says what each is.
std::span<const std::string_view> context_names();
// "ticket", "requester", …: not free for fields.
bool is_context_root(std::string_view name);

// Another system's name and ours: "ticket.requester.first_name" -> "requester.first_name".
struct Alias {
  std::string_view theirs, ours;
};
// Zendesk's, known in every template.
std::span<const Alias> zendesk_aliases();

// The names with their values, without aliases. The template's fields are among them: null when nobody filled
// them in; a field without dots takes the ticket's custom field of its name.
json::Value context_values(const TemplateContext& context, const FrontMatter& front = {});
// With aliases, and with values that know how to print themselves. content: {{ dc.NAME }}.
using DynamicContent = std::function<std::optional<std::string>(std::string_view name)>;
liquid::Value template_data(const TemplateContext& context, const FrontMatter& front = {},
                            DynamicContent content = {});
// Against made-up data, for `template test`.
TemplateContext sample_context(model::Ticket& ticket, std::vector<model::Message>& messages);

// "a.b.c" in nested objects: null when there is nothing; set_at makes the objects on its way.
const json::Value* find_at(const json::Value& root, std::string_view path);
void set_at(json::Value& root, std::string_view path, json::Value value);
bool is_blank(const json::Value* value);

} // namespace helpdesk::reply
