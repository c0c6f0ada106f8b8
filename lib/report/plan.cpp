#include "report/plan.hpp"

#include "report/columns.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

constexpr std::string_view k_weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

} // namespace

render::Document plan_document(const PlanHead& head, std::string title) {
  if (head.desk) return head.desk->document("plan", std::move(title));
  render::Document document;
  document.kind = "plan";
  document.title = std::move(title);
  document.as_of = document.now = head.now;
  document.zone = head.zone;
  return document;
}

std::string period_text(const PlanHead& head) {
  if (!head.work) return {};
  const Work& work = *head.work;
  std::string text =
      fmt::format("{} to {}", format_minute(work.since, head.zone), format_minute(work.until, head.zone));
  text += fmt::format(", {} weeks", amount_text(std::round(work.weeks() * 10) / 10));
  if (work.shortened) text += " (there is no complete data before)";
  if (work.left_out > 0)
    text += fmt::format("; {} {} no work and left out (spam, deleted, merged, internal)", work.left_out,
                        work.left_out == 1 ? "ticket is" : "tickets are");
  return text;
}

std::string percent_text(double share) {
  double tenths = std::round(share * 1000) / 10;
  return fmt::format("{} %", amount_text(tenths));
}

std::string amount_text(double amount) {
  if (!std::isfinite(amount) || std::fabs(amount) >= 1e15) return fmt::format("{:g}", amount);
  std::string text = fmt::format("{:.2f}", amount);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

render::Cell share_cell(double share, render::Emphasis emphasis) {
  return {render::Value(share), emphasis, fmt::format("{:.1f} %", share * 100)};
}

render::Cell number_cell(double number, int digits, render::Emphasis emphasis) {
  return {render::Value(number), emphasis, fmt::format("{:.{}f}", number, digits)};
}

std::string with_origin(const std::string& value, const std::string& origin) {
  return origin.empty() || origin == "given" ? value : fmt::format("{} ({})", value, origin);
}

Duration seconds_of(double seconds) {
  constexpr double k_longest = 1e12; // beyond it nobody plans
  return Duration(static_cast<std::int64_t>(std::llround(std::clamp(seconds, -k_longest, k_longest) * 1e6)));
}

std::string hour_name(std::size_t hour) { return fmt::format("{} {:02}", k_weekdays[hour / 24], hour % 24); }

render::Table week_table(std::string title, const std::vector<WeekCell>& hours) {
  render::Table table;
  table.title = std::move(title);
  table.columns.push_back(column("", "", render::Align::left));
  for (std::string_view day : k_weekdays)
    table.columns.push_back(column("", std::string(day), render::Align::right));
  for (render::Column& c : table.columns) c.keep = 9;
  auto is_empty = [&](std::size_t hour) {
    for (std::size_t day = 0; day < 7; ++day)
      if (!hours[day * 24 + hour].text.empty()) return false;
    return true;
  };
  std::size_t first = 0;
  std::size_t last = 24;
  while (first < last && is_empty(first)) ++first;
  while (last > first && is_empty(last - 1)) --last;
  for (std::size_t hour = first; hour < last; ++hour) {
    render::Row row{render::Cell(fmt::format("{:02}", hour))};
    for (std::size_t day = 0; day < 7; ++day) {
      const WeekCell& cell = hours[day * 24 + hour];
      row.emplace_back(render::Value(cell.text), cell.emphasis, "");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_handling_notes(std::vector<std::string>& notes,
                        const std::vector<std::pair<std::string, std::string>>& channels_and_origins) {
  for (const auto& [channel, origin] : channels_and_origins) {
    std::string name = channel.empty() ? "all" : channel;
    if (origin.empty())
      notes.push_back(fmt::format("{}: no worklog says how long one takes; give --aht {}=TIME.", name, name));
    else if (origin != "given")
      notes.push_back(fmt::format("{}: the handle time is {}.", name, origin));
  }
}

void add_notes(render::Document& document, const std::vector<std::string>& notes) {
  if (notes.empty()) return;
  render::Section section;
  std::string all;
  for (const std::string& note : notes) all += (all.empty() ? "" : "\n") + note;
  section.blocks.push_back(render::Paragraph{all, render::Emphasis::quiet, false, 0, "notes"});
  document.sections.push_back(std::move(section));
}

} // namespace helpdesk::report
