#include "base/text.hpp"
#include "lint/rule.hpp"

namespace helpdesk::lint {
namespace {

constexpr const Rule* k_all[] = {
    &k_hd001, &k_hd002, &k_hd003, &k_hd004, &k_hd005, &k_hd006, &k_hd007, &k_hd008,
    &k_hd009, &k_hd010, &k_hd011, &k_hd012, &k_hd013, &k_hd014, &k_hd015, &k_hd016,
    &k_hd017, &k_hd018, &k_hd019, &k_hd020, &k_hd021, &k_hd022, &k_hd023, &k_hd024,
    &k_hd025, &k_hd026, &k_hd027, &k_hd028, &k_hd029, &k_hd030, &k_hd031, &k_hd032,
};

constexpr RuleInfo k_unused{
    "HD000",
    "unused-suppression",
    Severity::suggestion,
    "a suppression that suppresses nothing",
    "It was written for a text that has changed since; left in place it may hide the next mistake.",
    "{% # lint-disable HD013 %} above a paragraph without a promise",
    "the same above \"We will write soon.\"",
    "",
    false};
constexpr RuleInfo k_house{
    "HD100",
    "house-style",
    Severity::warning,
    "what the house says of itself in [[lint.house]]",
    "Words that your customers do not want to read, or that must stand in every reply, are yours to say.",
    "\"user\", where the configuration says never = [\"user\"], instead = \"customer\"",
    "\"customer\"",
    "",
    false};

} // namespace

std::span<const Rule* const> all_rules() { return k_all; }

std::span<const RuleInfo> rules() {
  static const std::vector<RuleInfo> k_infos = [] {
    static std::vector<std::string> languages;
    languages.reserve(std::size(k_all));
    std::vector<RuleInfo> infos{k_unused};
    for (const Rule* rule : k_all) {
      RuleInfo info = rule->info;
      info.languages = languages.emplace_back(languages_of(rule->lexicon));
      infos.push_back(info);
    }
    infos.push_back(k_house);
    return infos;
  }();
  return k_infos;
}

const RuleInfo* find_rule(std::string_view id_or_name) {
  for (const RuleInfo& info : rules())
    if (equal_ignoring_case(info.id, id_or_name) || info.name == id_or_name) return &info;
  return nullptr;
}

} // namespace helpdesk::lint
