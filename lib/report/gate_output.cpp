#include "report/gate_output.hpp"

#include "base/text.hpp"
#include "report/speed.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

using render::Align;
using render::Cell;
using render::Column;
using render::Emphasis;
using render::Value;

constexpr std::size_t k_most_remarks = 5;

Column column(std::string key, std::string title, int keep, Align align = Align::left) {
  Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.keep = keep;
  c.align = align;
  return c;
}

Value typed(const Verdict& v, const Gate& gate) {
  if (!v.value || v.beyond) return {};
  switch (unit(gate.subject)) {
  case GateUnit::time: return Duration(std::llround(*v.value * 1e6));
  case GateUnit::count: return static_cast<std::int64_t>(std::llround(*v.value));
  case GateUnit::share: return *v.value;
  }
  return {};
}

Emphasis emphasis_of(Answer answer) {
  return answer == Answer::holds ? Emphasis::good : answer == Answer::fails ? Emphasis::bad : Emphasis::warn;
}

std::string group_titles(const CheckOptions& options, std::size_t i) {
  std::string title = metrics::name(options.by[i]);
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 32);
  return title;
}

std::string summary_text(const std::vector<Verdict>& verdicts) {
  std::size_t n[3] = {};
  for (const Verdict& v : verdicts) ++n[static_cast<std::size_t>(v.answer)];
  std::string text = fmt::format("{} of {} hold", n[0], verdicts.size());
  if (n[1] > 0) text += fmt::format(", {} {}", n[1], n[1] == 1 ? "fails" : "fail");
  if (n[2] > 0) text += fmt::format(", {} without a verdict", n[2]);
  return text;
}

render::Table check_table(const CheckOptions& options, const std::vector<Verdict>& verdicts) {
  render::Table table;
  table.key = "checks";
  table.columns = {column("result", "Result", 9), column("check", "Check", 8)};
  table.columns[1].flexible = true;
  for (std::size_t i = 0; i < options.by.size(); ++i)
    table.columns.push_back(column(i == 0 ? "group" : "group2", group_titles(options, i), 9));
  table.columns.push_back(column("value", "Is", 9, Align::right));
  table.columns.push_back(column("wanted", "Wanted", 9));
  table.columns.push_back(column("n", "n", 6, Align::right));
  table.columns.push_back(column("reason", "Because", 7));
  table.columns.back().shown = false; // too long for a column: see remarks()
  for (const Verdict& v : verdicts) {
    const Gate& gate = options.gates[v.gate];
    render::Row row;
    row.emplace_back(Value(text(v.answer)), emphasis_of(v.answer),
                     v.answer == Answer::fails ? "FAILS" : std::string(text(v.answer)));
    row.emplace_back(gate.name);
    for (const std::string& group : v.groups) row.emplace_back(group);
    row.emplace_back(typed(v, gate), Emphasis::strong, value_text(v, gate));
    // Named checks show what they ask for; of the others the name says it.
    row.emplace_back(gate.text);
    row.emplace_back(v.n);
    row.emplace_back(v.reason);
    table.rows.push_back(std::move(row));
  }
  bool named = std::any_of(options.gates.begin(), options.gates.end(),
                           [](const Gate& gate) { return gate.name != gate.text; });
  table.columns[table.columns.size() - 3].shown = named;
  return table;
}

render::Table worst_table(const CheckOptions& options, const std::vector<Verdict>& verdicts) {
  render::Table table;
  table.key = "worst";
  table.title = "Worst tickets";
  table.columns = {column("failed", "Check", 8),
                   column("in_group", "In", 8),
                   column("number", "#", 9, Align::right),
                   column("age", "Age", 9, Align::right),
                   column("state", "State", 7),
                   column("subject", "Subject", 6)};
  table.columns[0].flexible = table.columns[5].flexible = true;
  table.columns[1].shown = !options.by.empty();
  table.columns[5].shown = options.subjects;
  for (const Verdict& v : verdicts)
    for (const WorstTicket& t : v.worst)
      table.rows.push_back(
          {Cell(options.gates[v.gate].name), Cell(join(v.groups, ", ")), Cell(t.number),
           Cell(Value(t.age), Emphasis::strong, compact(static_cast<double>(t.age.count()) / 1e6)),
           Cell(t.state), options.subjects ? Cell(t.subject) : Cell()});
  return table;
}

// Why there is no verdict, or no value: once when it is the same for all.
std::vector<std::string> remarks(const CheckOptions& options, const std::vector<Verdict>& verdicts) {
  std::vector<std::string> lines;
  bool is_one = std::all_of(verdicts.begin(), verdicts.end(),
                            [&](const Verdict& v) { return v.reason == verdicts.front().reason; });
  for (const Verdict& v : verdicts) {
    if (v.reason.empty()) continue;
    if (is_one) return {v.reason};
    std::string line = options.gates[v.gate].name;
    if (!v.groups.empty()) line += " (" + join(v.groups, ", ") + ")";
    lines.push_back(line + ": " + v.reason);
  }
  if (lines.size() > k_most_remarks + 1) {
    std::size_t more = lines.size() - k_most_remarks;
    lines.resize(k_most_remarks);
    lines.push_back(fmt::format("and {} more: column reason of --format json has them all", more));
  }
  return lines;
}

} // namespace

std::string value_text(const Verdict& v, const Gate& gate) {
  if (!v.value) return "";
  switch (unit(gate.subject)) {
  case GateUnit::time: return (v.beyond ? "> " : "") + compact(*v.value);
  case GateUnit::count: return fmt::format("{:.0f}", *v.value);
  case GateUnit::share: {
    // Never rounded up to what it is not.
    double tenths = std::floor(*v.value * 1000 + 1e-9);
    return fmt::format("{:.1f} %", tenths / 10);
  }
  }
  return "";
}

std::string finding_text(const Verdict& v, const Gate& gate) {
  std::string line;
  if (!v.groups.empty()) line = join(v.groups, ", ") + ": ";
  if (v.answer == Answer::unknown) return line + v.reason;
  line += fmt::format("{}, n {}", value_text(v, gate), v.n);
  if (!v.reason.empty()) line += " (" + v.reason + ")";
  return line;
}

std::string worst_text(const Verdict& v) {
  std::string line;
  for (const WorstTicket& t : v.worst) {
    line += fmt::format("{}#{} {} ({})", line.empty() ? "" : ", ", t.number,
                        compact(static_cast<double>(t.age.count()) / 1e6), t.state);
    if (!t.subject.empty()) line += " " + ellipsize(collapse_spaces(t.subject), 60);
  }
  return line;
}

render::Document check_document(const Desk& desk, const CheckOptions& options,
                                const std::vector<Verdict>& verdicts) {
  render::Document document = desk.document("check", "Checks");
  render::Section section;
  section.blocks.push_back(check_table(options, verdicts));
  if (auto lines = remarks(options, verdicts); !lines.empty())
    section.blocks.push_back(render::Paragraph{joined_remarks(lines), Emphasis::warn, false, 0, ""});
  render::Table worst = worst_table(options, verdicts);
  if (!worst.rows.empty()) section.blocks.push_back(std::move(worst));
  section.blocks.push_back(
      render::Paragraph{summary_text(verdicts) + ".", Emphasis::plain, false, 0, "summary"});
  document.sections.push_back(std::move(section));
  return document;
}

} // namespace helpdesk::report
