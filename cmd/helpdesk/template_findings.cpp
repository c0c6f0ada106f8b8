#include "template_findings.hpp"

#include "app/columns.hpp"

#include <set>

namespace helpdesk {
namespace {

// "refund.en.liquid:3:7"
std::string place_of(const reply::TemplateFinding& one) {
  std::string place = one.path.substr(one.path.find_last_of('/') + 1);
  if (one.line > 0) place += ":" + std::to_string(one.line);
  if (one.column > 0) place += ":" + std::to_string(one.column);
  return place;
}

} // namespace

Result<void> print_findings(app::App& app, const std::vector<reply::TemplateFinding>& findings) {
  auto columns = app::columns_of(k_finding_fields);
  columns[0].keep = columns[1].keep = columns[5].keep = 9;
  columns[2].keep = columns[3].keep = columns[4].keep = 0; // in a narrow terminal the file says them
  for (std::size_t i = 6; i < columns.size(); ++i) columns[i].shown = false;
  auto rows = TRY(app.rows(columns, ""));
  auto place = [](int number) { return number > 0 ? render::Value(number) : render::Value(); };
  std::set<std::string> seen;
  for (const reply::TemplateFinding& one : findings) {
    // What was read at a place is what rendering stumbles over there.
    std::string at = place_of(one);
    if (one.rule == "render" && one.line > 0 && seen.contains(at)) continue;
    if (!seen.insert(one.located()).second) continue;
    seen.insert(at);
    render::Row row;
    row.emplace_back(one.is_error ? "error" : "warning",
                     one.is_error ? render::Emphasis::bad : render::Emphasis::warn);
    row.emplace_back(render::Value(one.path), render::Emphasis::plain, at);
    row.emplace_back(place(one.line));
    row.emplace_back(place(one.column));
    row.emplace_back(one.rule);
    row.emplace_back(one.message);
    row.emplace_back(one.name);
    row.emplace_back(one.language);
    row.emplace_back(one.sample);
    TRY(rows->row(std::move(row)));
  }
  return rows->finish();
}

} // namespace helpdesk
