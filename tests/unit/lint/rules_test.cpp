// Every rule against its own cases; precision and recall a rule and language are printed.
#include "base/text.hpp"
#include "cases.hpp"

#include <iostream>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::lint {
namespace {

struct Score {
  int right = 0, wrong = 0, missed = 0, spared = 0;
};

Report report_of(const Case& one) {
  Input input;
  input.text = one.text;
  input.language = one.language == "any" ? "" : one.language;
  input.context = one.context;
  return check(input);
}

bool finds(const Report& report, std::string_view rule) {
  for (const Finding& finding : report.findings)
    if (finding.rule == rule) return true;
  return false;
}

class RuleCases : public testing::TestWithParam<std::string> {};

TEST_P(RuleCases, HitsAreFoundAndNonHitsAreNot) {
  const RuleInfo* info = find_rule(GetParam());
  ASSERT_NE(info, nullptr);
  std::map<std::string, Score> scores;
  for (const Case& one : cases_of(GetParam())) {
    Score& score = scores[one.language];
    bool found = finds(report_of(one), GetParam());
    ++(one.hit ? (found ? score.right : score.missed) : (found ? score.wrong : score.spared));
    EXPECT_EQ(found, one.hit) << GetParam() << ".cases:" << one.line << ": " << one.text;
  }
  std::vector<std::string> languages;
  for (std::string_view language : split(info->languages.empty() ? "any" : info->languages, ' '))
    languages.emplace_back(language);
  for (const std::string& language : languages) {
    Score& score = scores[language];
    EXPECT_GE(score.right + score.missed, 5) << "hits in " << language;
    EXPECT_GE(score.wrong + score.spared, 5) << "non-hits in " << language;
  }
  for (const auto& [language, score] : scores) {
    int flagged = score.right + score.wrong, bad = score.right + score.missed;
    std::cout << fmt::format("{} {:3}  precision {:.2f}  recall {:.2f}  ({} hits, {} non-hits)\n", GetParam(),
                             language, flagged ? 1.0 * score.right / flagged : 1.0,
                             bad ? 1.0 * score.right / bad : 1.0, bad, score.wrong + score.spared);
  }
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const RuleInfo& info : rules())
    if (info.id != "HD000" && info.id != "HD100") all.emplace_back(info.id);
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, RuleCases, testing::ValuesIn(ids()),
                         [](const auto& info) { return info.param; });

} // namespace
} // namespace helpdesk::lint
