#include "lint/house.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

std::string pattern_text(const std::vector<std::string>& phrases) {
  std::string all;
  for (const std::string& phrase : phrases) all += (all.empty() ? "" : "|") + folded(phrase);
  return all;
}

} // namespace

void check_house(const Reading& reading, const Input& input, const Settings& settings,
                 std::vector<Finding>& findings) {
  auto severity = settings.severities.find("HD100");
  if (severity != settings.severities.end() && severity->second == "off") return;
  for (const HouseRule& rule : settings.house) {
    if (!rule.language.empty() && rule.language != reading.language) continue;
    const auto& tags = input.context.tags;
    if (!rule.tag.empty() && std::find(tags.begin(), tags.end(), rule.tag) == tags.end()) continue;
    auto add = [&](std::size_t begin, std::size_t end, std::string message) {
      Finding finding;
      finding.rule = "HD100";
      finding.severity = rule.severity;
      if (severity != settings.severities.end())
        finding.severity = parse_severity(severity->second).value_or(rule.severity);
      finding.begin = begin;
      finding.end = end;
      finding.message = std::move(message);
      if (!rule.why.empty()) finding.message += ": " + rule.why;
      if (!rule.instead.empty()) finding.suggestion = fmt::format("write \"{}\"", rule.instead);
      findings.push_back(std::move(finding));
    };
    for (const Match& match : reading.find(pattern_text(rule.never))) {
      std::size_t begin = reading.words[match.first].begin, end = reading.words[match.last - 1].end;
      add(begin, end,
          fmt::format("\"{}\" is not said in this house", reading.text.substr(begin, end - begin)));
    }
    if (!rule.always.empty() && !reading.has(pattern_text(rule.always)))
      add(0, 0, fmt::format("\"{}\" is missing", rule.always.front()));
  }
}

} // namespace helpdesk::lint
