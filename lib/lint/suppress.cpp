#include "lint/suppress.hpp"

#include "base/text.hpp"
#include "lint/words.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// "{% # lint-disable HD013 HD023 %}": for the template's next block, up to a blank line behind it.
struct Directive {
  std::vector<std::string> rules;
  std::size_t begin = 0, end = 0; // bytes of the template it holds for
  std::uint32_t line = 1;
  bool used = false;
};

std::size_t block_end(std::string_view text, std::size_t at) {
  // White space and further tags right behind the comment belong to what follows.
  while (at < text.size() && static_cast<unsigned char>(text[at]) <= ' ') ++at;
  std::size_t end = text.find("\n\n", at);
  std::size_t with_return = text.find("\n\r\n", at);
  return std::min({end, with_return, text.size()});
}

std::vector<Directive> directives_of(std::string_view text) {
  std::vector<Directive> all;
  std::uint32_t line = 1;
  std::size_t counted = 0;
  for (std::size_t at = text.find("lint-disable"); at != text.npos; at = text.find("lint-disable", at + 1)) {
    std::size_t open = text.rfind("{%", at), close = text.find("%}", at);
    if (open == text.npos || close == text.npos) continue;
    std::string_view before = text.substr(open + 2, at - open - 2);
    if (before.starts_with('-')) before.remove_prefix(1);
    if (trim(before) != "#") continue;
    std::string_view inside = text.substr(at + 12, close - at - 12);
    if (inside.ends_with('-')) inside.remove_suffix(1);
    Directive directive;
    std::string rules = replace_all(replace_all(inside, ",", " "), "\n", " ");
    for (std::string_view rule : split(rules, ' '))
      if (!trim(rule).empty()) directive.rules.emplace_back(trim(rule));
    directive.begin = close + 2;
    directive.end = block_end(text, close + 2);
    line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  text.begin() + static_cast<std::ptrdiff_t>(open), '\n'));
    counted = open;
    directive.line = line;
    all.push_back(std::move(directive));
  }
  return all;
}

bool is_meant(const Suppression& s, const Context& context, const std::string& language) {
  auto fits = [](const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; };
  bool tagged =
      s.tag.empty() || std::find(context.tags.begin(), context.tags.end(), s.tag) != context.tags.end();
  return tagged && fits(s.account, context.account) && fits(s.identity, context.identity) &&
         fits(s.language, language);
}

Finding unused(std::string message) {
  Finding finding;
  finding.rule = "HD000";
  finding.severity = Severity::suggestion;
  finding.message = std::move(message);
  return finding;
}

} // namespace

void suppress(const Input& input, const Settings& settings, Report& report) {
  std::vector<Directive> directives = directives_of(input.template_text);
  std::vector<bool> allowed(settings.allowances.size());
  auto template_offset = [&](const Finding& finding) -> std::optional<std::size_t> {
    for (const SourceSpan& span : input.map)
      if (span.begin <= finding.begin && finding.begin < std::max(span.end, span.begin + 1)) {
        std::size_t into = span.variable.empty() ? finding.begin - span.begin : 0;
        return span.offset + into;
      }
    return std::nullopt;
  };
  std::erase_if(report.findings, [&](const Finding& finding) {
    bool drop = false;
    if (!directives.empty())
      if (auto offset = template_offset(finding))
        for (Directive& d : directives)
          if (d.begin <= *offset && *offset < d.end &&
              std::find(d.rules.begin(), d.rules.end(), finding.rule) != d.rules.end())
            drop = d.used = true;
    for (const Suppression& s : settings.suppressions)
      drop =
          drop || ((s.rule == finding.rule || s.rule == "*") && is_meant(s, input.context, report.language));
    drop = drop || std::find(settings.baseline.begin(), settings.baseline.end(), finding.fingerprint) !=
                       settings.baseline.end();
    for (std::size_t i = 0; i < settings.allowances.size(); ++i)
      if (settings.allowances[i].rule == finding.rule && settings.allowances[i].line == finding.line)
        drop = allowed[i] = true;
    return drop;
  });
  // What the configuration suppresses is for all replies: that one reply does not need it says nothing.
  for (const Directive& d : directives)
    if (!d.used) {
      report.findings.push_back(unused(fmt::format(
          "lint-disable {} in line {} of the template suppresses nothing", join(d.rules, " "), d.line)));
      report.findings.back().template_line = d.line;
    }
  for (std::size_t i = 0; i < allowed.size(); ++i)
    if (!allowed[i])
      report.findings.push_back(
          unused(fmt::format("--allow {}@{} allows nothing: no such finding in that line",
                             settings.allowances[i].rule, settings.allowances[i].line)));
}

} // namespace helpdesk::lint
