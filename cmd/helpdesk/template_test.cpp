#include "app/drafting.hpp"
#include "app/template_linting.hpp"
#include "base/text.hpp"
#include "render/junit.hpp"
#include "template_findings.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_test_command, template_lint_command;
namespace {

constexpr cli::Argument k_optional_name[] = {
    {"NAME", cli::ValueKind::template_, "only this template", cli::Arity::optional}};
constexpr cli::Flag k_test_flags[] = {
    {"lang", 0, cli::ValueKind::text, "LANG",
     "language that every template must have; those that any template has when none is given", "", true},
    {"format", 0, cli::ValueKind::format, "FORMAT",
     "print as table, tsv, csv, json, ndjson, markdown or html, or for a CI system", "junit|sarif|github"},
};
constexpr cli::Flag k_lint_flags[] = {
    {"format", 0, cli::ValueKind::format, "FORMAT",
     "print as table, tsv, csv, json, ndjson, markdown or html, or for a CI system", "junit|sarif|github"},
    {"fail-on", 0, cli::ValueKind::choice, "SEVERITY", "exit with 1 from this severity on (error)",
     "error|warning|suggestion"},
    {"no-replies", 0, cli::ValueKind::none, "", "leave out the rules for replies: nothing is rendered"},
};
constexpr cli::Example k_test_examples[] = {
    {"helpdesk template test", "render every template against its samples; for CI"},
    {"helpdesk template test refund --json file,line,message", "what is wrong with one of them"},
    {"helpdesk template test --format junit --output templates.xml",
     "for a CI system that reads JUnit files"},
};
constexpr cli::Example k_lint_examples[] = {
    {"helpdesk template lint", "read every template, and what it makes of its samples"},
    {"helpdesk template lint --format sarif --output templates.sarif", "for a CI system that shows findings"},
    {"helpdesk template lint refund --fail-on warning", "one of them, strictly"}};

Result<std::vector<reply::TemplateFile>> files_of(app::App& app, const std::string& only) {
  auto files = TRY(reply::load_templates(TRY(app::template_directory(app))));
  if (files.empty()) return not_found("no templates to test");
  if (!only.empty()) {
    bool known = std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.name == only; });
    if (!known) {
      auto unknown = reply::choose_template(files, only, "", {});
      if (!unknown) return Failure(std::move(unknown).error()); // with a suggestion
    }
  }
  return files;
}

bool fails(const std::vector<reply::TemplateFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const auto& one) { return one.is_error; });
}

render::JunitCase junit_case(std::string class_name, std::string name,
                             const std::vector<reply::TemplateFinding>& findings) {
  render::JunitCase one{
      std::move(class_name), std::move(name), render::JunitCase::Result::passed, "", "", ""};
  for (const reply::TemplateFinding& finding : findings) {
    if (finding.is_error && one.message.empty()) {
      one.type = finding.rule;
      one.message = finding.message;
      one.result = render::JunitCase::Result::failure;
    }
    one.text += (one.text.empty() ? "" : "\n") + finding.located();
  }
  return one;
}

Result<int> test(app::App& app, const cli::Invocation& call) {
  reply::TemplateCheckOptions options;
  options.only = call.argument("NAME");
  options.languages = call.all("lang");
  for (const std::string& language : options.languages)
    if (!reply::is_language(language))
      return usage_error(fmt::format("--lang: \"{}\" is no language such as en or pt-BR", language));
  options.now = app.now();
  options.zone = app.zone();
  auto files = TRY(files_of(app, options.only));
  auto cases = reply::test_templates(files, options);
  std::vector<reply::TemplateFinding> findings;
  std::vector<render::JunitCase> for_junit;
  std::ptrdiff_t failed_cases = 0;
  for (const reply::TemplateCase& one : cases) {
    failed_cases += fails(one.findings);
    for_junit.push_back(junit_case("helpdesk.template." + one.name, one.title(), one.findings));
    findings.insert(findings.end(), one.findings.begin(), one.findings.end());
  }
  std::string format = call.get("format").value_or("");
  if (format == "sarif" || format == "github") {
    TRY(write_ci_findings(app, format, "helpdesk template test", findings));
  } else if (format == "junit") {
    std::string report = render::junit("helpdesk template test", for_junit, app.now());
    TRY(app.write(report));
  } else {
    TRY(print_findings(app, findings));
    app.note(fmt::format("{} of {} cases hold", static_cast<std::ptrdiff_t>(cases.size()) - failed_cases,
                         cases.size()));
  }
  return failed_cases == 0 ? 0 : 1;
}

Result<int> lint_command(app::App& app, const cli::Invocation& call) {
  reply::TemplateCheckOptions options;
  options.only = call.argument("NAME");
  options.now = app.now();
  options.zone = app.zone();
  auto least = lint::parse_severity(call.get("fail-on").value_or("error")).value_or(lint::Severity::error);
  auto files = TRY(files_of(app, options.only));
  auto findings = reply::lint_templates(files, options.only);
  if (!call.has("no-replies")) {
    auto rendered = TRY(app::lint_rendered(app, files, options));
    findings.insert(findings.end(), rendered.begin(), rendered.end());
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto& a, const auto& b) { return a.path < b.path; });
  }
  auto counts = [&](const reply::TemplateFinding& one) { return severity_of(one) >= least; };
  std::string format = call.get("format").value_or("");
  if (format == "sarif" || format == "github") {
    TRY(write_ci_findings(app, format, "helpdesk template lint", findings));
  } else if (format == "junit") {
    std::vector<render::JunitCase> cases;
    for (const reply::TemplateFile& file : files) {
      if (!options.only.empty() && file.name != options.only) continue;
      std::vector<reply::TemplateFinding> of_file;
      for (reply::TemplateFinding one : findings) {
        one.is_error = counts(one);
        // Of one template alone: what lies in a block that it renders, too.
        bool its = options.only.empty() ? one.path == file.path : one.language == file.language;
        if (its) of_file.push_back(std::move(one));
      }
      cases.push_back(junit_case("helpdesk.template." + file.name, file.path, of_file));
    }
    std::string report = render::junit("helpdesk template lint", cases, app.now());
    TRY(app.write(report));
  } else {
    TRY(print_findings(app, findings));
  }
  return std::any_of(findings.begin(), findings.end(), counts) ? 1 : 0;
}

} // namespace

constinit const cli::Command template_test_command{
    "template test",
    "reply",
    "render every template against its samples",
    "Each language is rendered with each sample of the front matter, with made-up data when there is none. "
    "What "
    "fails: a file that does not parse, an unknown variable, filter or block, also in a branch that no "
    "sample "
    "takes; a required field that a sample leaves blank; a language that other templates have and this one "
    "has not (languages = [\"en\"] in the front matter says that it is meant to be so); variables that one "
    "language uses and another does not (first_name, last_name and name of a person count as one).\n\n"
    "Prints one row a finding. Exit code 1 when there is an error.",
    k_optional_name,
    k_test_flags,
    k_test_examples,
    cli::Output::rows,
    k_finding_fields,
    &test};
constinit const cli::Command template_lint_command{
    "template lint",
    "reply",
    "read templates for mistakes",
    "Finds front matter, syntax, names of filters, variables and blocks that are wrong, with file, line and "
    "column. "
    "Fields that nothing prints and blocks that nothing renders are warnings.\n\n"
    "What each template makes of its samples is held against the rules for replies (helpdesk-lint(7)), as "
    "far as they "
    "need no ticket, and told at its place in the template; [lint] of the configuration holds, and so does "
    "{% # lint-disable HD013 %} above a block of the template.\n\n"
    "Exit code 1 when there is an error, or what --fail-on says.",
    k_optional_name,
    k_lint_flags,
    k_lint_examples,
    cli::Output::rows,
    k_finding_fields,
    &lint_command};

} // namespace helpdesk
