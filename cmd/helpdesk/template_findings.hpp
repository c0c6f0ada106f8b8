// What template lint and template test print of a finding.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "lint/lint.hpp"
#include "reply/template_check.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace helpdesk {

inline constexpr cli::FieldDoc k_finding_fields[] = {
    {"severity", "error, warning or suggestion"},
    {"file", "the file"},
    {"line", "line in it; null when it is about the whole file"},
    {"column", "column in it, in characters"},
    {"rule",
     "what kind of finding it is: syntax, unknown-variable, missing-variant …, or a rule for replies: HD013"},
    {"message", "what is wrong"},
    {"template", "name of the template"},
    {"language", "its language"},
    {"sample", "sample that it was rendered with"}};

// A finding that two cases have is told once.
Result<void> print_findings(app::App& app, const std::vector<reply::TemplateFinding>& findings);
// "sarif" or "github": files as below the directory that the command runs in, where they are.
Result<void> write_ci_findings(app::App& app, std::string_view format, std::string_view tool,
                               const std::vector<reply::TemplateFinding>& findings);
lint::Severity severity_of(const reply::TemplateFinding& finding);

} // namespace helpdesk
