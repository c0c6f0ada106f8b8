#include "render/selection.hpp"

#include "base/text.hpp"

namespace helpdesk::render {

Selection select_columns(const std::vector<Column>& columns, const std::vector<std::string>& fields,
                         Audience audience) {
  Selection selection;
  for (const std::string& field : fields)
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].key == field) selection.push_back(i);
  if (!fields.empty()) return selection;
  for (std::size_t i = 0; i < columns.size(); ++i)
    // A column without a key only draws what others say.
    if (audience == Audience::machines ? !columns[i].key.empty() : columns[i].shown) selection.push_back(i);
  return selection;
}

Result<void> check_fields(const std::vector<const std::vector<Column>*>& columns,
                          const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    std::vector<std::string_view> known;
    bool found = false;
    for (const auto* list : columns)
      for (const Column& column : *list) {
        known.push_back(column.key);
        found = found || column.key == field;
      }
    if (found) continue;
    std::string message = "unknown field \"" + field + "\"";
    std::string_view near = nearest(field, known);
    if (!near.empty()) message += " (did you mean \"" + std::string(near) + "\"?)";
    return usage_error(message + "; --json list names the fields");
  }
  return {};
}

const Cell& cell_at(const Row& row, std::size_t index) {
  static const Cell empty;
  return index < row.size() ? row[index] : empty;
}

} // namespace helpdesk::render
