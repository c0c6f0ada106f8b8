#include "backend/table/json_cell.hpp"

#include "base/text.hpp"

namespace helpdesk::backend::table {
namespace {

std::string as_text(const json::Value* value) {
  if (!value || value->is_null()) return {};
  if (value->is_bool()) return value->as_bool() ? "true" : "false";
  if (value->is_string()) return clean_utf8(value->as_string());
  if (value->is_number()) return value->id_text().empty() ? json::dump(*value) : value->id_text();
  if (!value->is_array()) return json::dump(*value);
  std::string all; // tags
  for (const json::Value& item : value->items()) all += (all.empty() ? "" : ",") + as_text(&item);
  return all;
}

} // namespace

std::string json_cell(const json::Value& row, std::string_view name) {
  const json::Value* value = row.members().find(name);
  if (!value && name.starts_with('/')) value = row.at_pointer(name);
  return as_text(value);
}

} // namespace helpdesk::backend::table
