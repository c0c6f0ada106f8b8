// What stands between the two +++ lines of a template.
//
//   title = "The money is on its way"     required = ["order", "amount"]   fields that must be filled in
//   owner = "billing"                     optional = ["note"]              fields that may be
//   tags = ["refund"]                     languages = ["en", "de"]         it is meant for these only
//   channel = ["email"]                   mode = "lax"                     syntax of older Liquid
//   source = "zendesk:25"  source_hash = "…"    where it was imported from, and what it was then
//   [samples.plain]                       values for template test; one table a sample
//   order = "B-1009"
#pragma once

#include "base/result.hpp"
#include "json/json.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::reply {

// Values by their names with dots, over what the ticket gives: "requester.name", "order".
using TemplateValues = std::vector<std::pair<std::string, json::Value>>;

struct TemplateSample {
  std::string name;
  int line = 0;
  TemplateValues values;
};

struct FrontMatter {
  std::string title, owner, source, source_hash;
  std::vector<std::string> tags, channels, languages;
  std::vector<std::string> required, optional; // "order", "requester.phone"
  bool lax = false;
  std::vector<TemplateSample> samples;
};

// first_line: of the file, at which text begins. Usage error "name:line: …".
Result<FrontMatter> parse_front_matter(std::string_view text, std::string_view name, int first_line);

// "order.number": words of letters, digits and "_", separated by dots.
bool is_field_name(std::string_view text);

} // namespace helpdesk::reply
