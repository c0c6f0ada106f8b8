#include "lint/formats.hpp"

#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_widest = 100; // code points of a line that is shown

std::string_view name_of(std::string_view rule) {
  const RuleInfo* info = find_rule(rule);
  return info ? info->name : std::string_view();
}

// "refund.en.liquid:3:7"
std::string origin_of(const Finding& finding) {
  return fmt::format("{}:{}:{}", finding.template_name, finding.template_line, finding.template_column);
}

// The line of the finding and marks below it.
std::string shown_line(const Linted& one, const Finding& finding) {
  std::string_view text = one.text;
  std::size_t begin = finding.begin == 0 ? 0 : text.rfind('\n', finding.begin - 1) + 1;
  std::size_t end = std::min(text.find('\n', finding.begin), text.size());
  if (finding.begin >= end || count_code_points(text.substr(begin, end - begin)) > k_widest) return {};
  std::size_t before = count_code_points(text.substr(begin, finding.begin - begin));
  std::size_t marked =
      count_code_points(text.substr(finding.begin, std::min(finding.end, end) - finding.begin));
  return fmt::format("    {}\n    {}{}\n", text.substr(begin, end - begin), std::string(before, ' '),
                     std::string(std::max<std::size_t>(1, marked), '^'));
}

std::string counted(int n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

} // namespace

std::string as_text(std::span<const Linted> all) {
  std::string out;
  for (const Linted& one : all) {
    for (const Finding& finding : one.report.findings) {
      out += fmt::format("{}:{}:{}: {}: {} [{} {}]\n", one.name, finding.line, finding.column,
                         text(finding.severity), finding.message, finding.rule, name_of(finding.rule));
      out += shown_line(one, finding);
      if (!finding.template_name.empty()) out += fmt::format("    from {}\n", origin_of(finding));
      if (!finding.evidence.empty()) out += fmt::format("    {}\n", finding.evidence);
      if (!finding.suggestion.empty()) out += fmt::format("    {}\n", finding.suggestion);
    }
    const Report& report = one.report;
    out += fmt::format("{}: {}, {}, {}", one.name, counted(report.count(Severity::error), "error"),
                       counted(report.count(Severity::warning), "warning"),
                       counted(report.count(Severity::suggestion), "suggestion"));
    std::string silent;
    for (const Skipped& skipped : report.skipped)
      if (skipped.why.starts_with("no list")) silent += (silent.empty() ? "" : ", ") + skipped.rule;
    if (!silent.empty()) out += fmt::format("; no list for {}: {}", report.language, silent);
    out += '\n';
  }
  return out;
}

std::string as_lines(std::span<const Linted> all) {
  std::string out;
  for (const Linted& one : all)
    for (const Finding& finding : one.report.findings)
      out += fmt::format("{}:{}:{}: {}: {} [{} {}]{}\n", one.name, finding.line, finding.column,
                         text(finding.severity), finding.message, finding.rule, name_of(finding.rule),
                         finding.template_name.empty() ? "" : " from " + origin_of(finding));
  return out;
}

json::Value as_json(std::span<const Linted> all) {
  json::Value list = json::Value::array();
  for (const Linted& one : all) {
    json::Value findings = json::Value::array();
    for (const Finding& f : one.report.findings) {
      json::Value span = json::Value::object({{"begin", f.begin},
                                              {"end", f.end},
                                              {"line", f.line},
                                              {"column", f.column},
                                              {"end_line", f.end_line},
                                              {"end_column", f.end_column}});
      json::Value place;
      if (!f.template_name.empty())
        place = json::Value::object(
            {{"name", f.template_name}, {"line", f.template_line}, {"column", f.template_column}});
      findings.push(json::Value::object({{"rule", f.rule},
                                         {"name", name_of(f.rule)},
                                         {"severity", text(f.severity)},
                                         {"message", f.message},
                                         {"span", span},
                                         {"template", place},
                                         {"evidence", f.evidence},
                                         {"suggestion", f.suggestion},
                                         {"replacement", f.replacement},
                                         {"fingerprint", f.fingerprint}}));
    }
    json::Value skipped = json::Value::array();
    for (const Skipped& s : one.report.skipped)
      skipped.push(json::Value::object({{"rule", s.rule}, {"why", s.why}}));
    list.push(json::Value::object({{"source", one.name},
                                   {"language", one.report.language},
                                   {"errors", one.report.count(Severity::error)},
                                   {"warnings", one.report.count(Severity::warning)},
                                   {"suggestions", one.report.count(Severity::suggestion)},
                                   {"findings", findings},
                                   {"skipped", skipped}}));
  }
  return list;
}

std::string explanation(const RuleInfo& rule) {
  std::string out = fmt::format("{} {} ({})\n{}\n\n{}\n\n", rule.id, rule.name, text(rule.severity),
                                rule.intent, rule.reason);
  out += fmt::format("breaks it:  {}\nkeeps it:   {}\n", rule.hit, rule.non_hit);
  out += fmt::format("languages:  {}\n", rule.languages.empty() ? "all" : rule.languages);
  if (rule.needs_ticket) out += "needs:      a ticket to hold the reply against\n";
  out +=
      fmt::format("\nchange it:  [lint.rules] {} = \"off\"\nallow once: helpdesk lint ID --allow {}@LINE\n",
                  rule.id, rule.id);
  return out;
}

} // namespace helpdesk::lint
