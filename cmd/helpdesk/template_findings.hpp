// What template lint and template test print of a finding.
#pragma once

#include "app/app.hpp"
#include "cli/command.hpp"
#include "reply/template_check.hpp"

#include <span>
#include <vector>

namespace helpdesk {

inline constexpr cli::FieldDoc k_finding_fields[] = {
    {"severity", "error or warning"},
    {"file", "the file"},
    {"line", "line in it; null when it is about the whole file"},
    {"column", "column in it, in characters"},
    {"rule", "what kind of finding it is: syntax, unknown-variable, missing-variant …"},
    {"message", "what is wrong"},
    {"template", "name of the template"},
    {"language", "its language"},
    {"sample", "sample that it was rendered with"}};

// A finding that two cases have is printed once.
Result<void> print_findings(app::App& app, const std::vector<reply::TemplateFinding>& findings);

} // namespace helpdesk
