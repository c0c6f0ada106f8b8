#include "template_findings.hpp"

#include "app/columns.hpp"
#include "lint/formats.hpp"

#include <filesystem>
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

// What was read at a place is what rendering stumbles over there.
std::vector<reply::TemplateFinding> each_once(const std::vector<reply::TemplateFinding>& findings) {
  std::vector<reply::TemplateFinding> once;
  std::set<std::string> seen;
  for (const reply::TemplateFinding& one : findings) {
    std::string at = place_of(one);
    if (one.rule == "render" && one.line > 0 && seen.contains(at)) continue;
    if (!seen.insert(one.located()).second) continue;
    seen.insert(at);
    once.push_back(one);
  }
  return once;
}

// Annotations lie in the files of a repository, which is where its checks run.
std::string below_here(const std::string& path) {
  std::error_code code;
  std::string here = std::filesystem::current_path(code).string() + "/";
  return !code && path.starts_with(here) ? path.substr(here.size()) : path;
}

} // namespace

lint::Severity severity_of(const reply::TemplateFinding& finding) {
  return finding.is_error        ? lint::Severity::error
         : finding.is_suggestion ? lint::Severity::suggestion
                                 : lint::Severity::warning;
}

Result<void> write_ci_findings(app::App& app, std::string_view format, std::string_view tool,
                               const std::vector<reply::TemplateFinding>& findings) {
  std::vector<lint::CiRule> rules;
  for (const reply::TemplateRule& rule : reply::template_rules())
    rules.push_back(
        {rule.id, "", rule.intent, "", rule.is_error ? lint::Severity::error : lint::Severity::warning});
  for (const lint::RuleInfo& rule : lint::rules())
    rules.push_back({rule.id, rule.name, rule.intent, rule.reason, rule.severity});
  std::vector<lint::CiFinding> all;
  for (const reply::TemplateFinding& one : each_once(findings))
    all.push_back({one.rule, severity_of(one), one.message, below_here(one.path), one.line, one.column, 0, 0,
                   one.fingerprint});
  return app.write(format == "sarif" ? lint::sarif_log(tool, rules, all) : lint::github_lines(all));
}

Result<void> print_findings(app::App& app, const std::vector<reply::TemplateFinding>& findings) {
  auto columns = app::columns_of(k_finding_fields);
  columns[0].keep = columns[1].keep = columns[5].keep = 9;
  columns[2].keep = columns[3].keep = columns[4].keep = 0; // in a narrow terminal the file says them
  for (std::size_t i = 6; i < columns.size(); ++i) columns[i].shown = false;
  auto rows = TRY(app.rows(columns, ""));
  auto place = [](int number) { return number > 0 ? render::Value(number) : render::Value(); };
  for (const reply::TemplateFinding& one : each_once(findings)) {
    render::Row row;
    row.emplace_back(std::string(lint::text(severity_of(one))), one.is_error        ? render::Emphasis::bad
                                                                : one.is_suggestion ? render::Emphasis::plain
                                                                                    : render::Emphasis::warn);
    row.emplace_back(render::Value(one.path), render::Emphasis::plain, place_of(one));
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
