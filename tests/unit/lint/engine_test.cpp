// Suppression, the house's own rules, places, forms of output, hostile input.
#include "cases.hpp"
#include "lint/formats.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace helpdesk::lint {
namespace {

Report lint(std::string_view text, const Settings& settings = {}, std::string language = "en") {
  Input input;
  input.text = text;
  input.language = std::move(language);
  return check(input, settings);
}

bool has(const Report& report, std::string_view rule) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& f) { return f.rule == rule; });
}

TEST(Lint, PlacesCountCodePointsAndBytes) {
  Report report = lint("Hei på deg.\nDet er på lager!!\n", {}, "nb");
  ASSERT_EQ(report.findings.size(), 1U);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.line, 2);
  EXPECT_EQ(finding.column, 16);
  EXPECT_EQ(finding.begin, 29U);
  EXPECT_EQ(finding.end_column, 18);
}

TEST(Lint, DecomposedAndCurlyTextIsTheSame) {
  EXPECT_TRUE(has(lint("Comme je l’ai dit, c'est ferme\xCC\x81.", {}, "fr"), "HD008"));
  EXPECT_TRUE(has(lint("Vous auriez du\xCC\x82 lire.", {}, "fr"), "HD008"));
}

TEST(Lint, LanguageWithoutAListSaysSo) {
  Report report = lint("Hej, vi skickar den.", {}, "sv");
  auto skipped = std::find_if(report.skipped.begin(), report.skipped.end(),
                              [](const Skipped& s) { return s.rule == "HD008"; });
  ASSERT_NE(skipped, report.skipped.end());
  EXPECT_EQ(skipped->why, "no list for sv");
}

TEST(Lint, WordsOfTheUserMakeALanguageKnown) {
  Settings settings;
  settings.words["HD008"]["sv"] = {"som jag sa"};
  EXPECT_TRUE(has(lint("Som jag sa i telefonen, starta om den.", settings, "sv"), "HD008"));
}

TEST(Lint, SeverityCanBeSetAndSwitchedOff) {
  Settings settings;
  settings.severities["HD024"] = "error";
  EXPECT_EQ(lint("It is done!!", settings).findings.at(0).severity, Severity::error);
  settings.severities["HD024"] = "off";
  EXPECT_FALSE(has(lint("It is done!!", settings), "HD024"));
}

TEST(Lint, BaselineKeepsItsSentenceWhenTextIsAddedAbove) {
  Settings settings;
  settings.baseline.push_back(lint("It is done!!").findings.at(0).fingerprint);
  EXPECT_FALSE(has(lint("The lid left today.\n\nIt is done!!", settings), "HD024"));
  EXPECT_TRUE(has(lint("It is done!! So is this!!", settings), "HD024"));
}

TEST(Lint, AllowanceIsForOneLineAndTellsWhenItIsNotUsed) {
  Settings settings;
  settings.allowances = {{"HD024", 1}};
  EXPECT_TRUE(lint("It is done!!", settings).findings.empty());
  Report report = lint("It is done.", settings);
  EXPECT_TRUE(has(report, "HD000"));
}

TEST(Lint, SuppressionHoldsWhereAllItsKeysFit) {
  Settings settings;
  Suppression suppression;
  suppression.rule = "HD024";
  suppression.language = "nb";
  settings.suppressions = {suppression};
  EXPECT_TRUE(has(lint("It is done!!", settings), "HD024"));
  EXPECT_FALSE(has(lint("Den er sendt!!", settings, "nb"), "HD024"));
}

TEST(Lint, TemplateCommentHoldsForTheBlockThatFollows) {
  std::string_view source = "{% # lint-disable HD024 %}\nDone!!\n\nSent!!\n";
  Input input;
  input.text = "\nDone!!\n\nSent!!\n";
  input.language = "en";
  input.template_text = source;
  SourceSpan span;
  span.end = input.text.size();
  span.offset = static_cast<std::uint32_t>(source.find('\n'));
  span.name = "a.en.liquid";
  span.line = 1;
  input.map = {span};
  Report report = check(input);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].line, 4);
  EXPECT_EQ(report.findings[0].template_name, "a.en.liquid");
}

TEST(Lint, UnusedTemplateCommentIsTold) {
  Input input;
  input.text = "Done.";
  input.language = "en";
  input.template_text = "{% # lint-disable HD024 %}Done.";
  EXPECT_TRUE(has(check(input), "HD000"));
}

TEST(Lint, DataThatATemplateFilledInDoesNotShout) {
  Input input;
  input.text = "About \"WHERE IS MY ORDER\": it left.";
  input.language = "en";
  EXPECT_TRUE(has(check(input), "HD023"));
  SourceSpan before, data;
  before.end = 7;
  data.begin = 7;
  data.end = 24;
  data.variable = "ticket.subject";
  input.map = {before, data};
  EXPECT_FALSE(has(check(input), "HD023"));
}

TEST(Lint, HouseForbidsAndAsks) {
  Settings settings;
  HouseRule rule;
  rule.never = {"user*"};
  rule.always = {"birdhouse"};
  rule.instead = "customer";
  settings.house = {rule};
  Report report = lint("Our users like it.", settings);
  EXPECT_EQ(std::count_if(report.findings.begin(), report.findings.end(),
                          [](const Finding& f) { return f.rule == "HD100"; }),
            2);
  EXPECT_FALSE(has(lint("The birdhouse is here.", settings), "HD100"));
}

TEST(Lint, MendMasksAndShortens) {
  std::string_view text = "Card 4111 1111 1111 1111 was charged!!!\n";
  EXPECT_EQ(mend(text, lint(text)), "Card •••• 1111 was charged!\n");
}

TEST(Formats, SarifJunitAndGithubParse) {
  Linted one{"a b.txt", "It is <done>!!\n", {}};
  one.report = lint(one.text);
  auto sarif = json::parse(as_sarif({&one, 1}));
  ASSERT_TRUE(sarif.has_value());
  EXPECT_EQ((*sarif)["version"].as_string(), "2.1.0");
  const json::Value& result = (*sarif)["runs"][0]["results"][0];
  EXPECT_EQ(result["ruleId"].as_string(), "HD024");
  EXPECT_EQ(*result.at_pointer("/locations/0/physicalLocation/artifactLocation/uri"),
            json::Value("a%20b.txt"));
  EXPECT_FALSE(result["partialFingerprints"]["ruleAndSentence/v1"].as_string().empty());
  EXPECT_EQ(as_github({&one, 1}).rfind("::warning file=a b.txt,line=1,col=13,title=HD024::", 0), 0U);
  EXPECT_NE(as_junit({&one, 1}, Severity::warning).find("failures=\"1\""), std::string::npos);
  EXPECT_NE(as_junit({&one, 1}, Severity::error).find("failures=\"0\""), std::string::npos);
}

// What would be slow if any rule went over the text once for each thing it finds in it.
TEST(Lint, LongHostileTextsEnd) {
  for (std::string_view piece :
       {"{{", "[", "](", "@ ", "a@b.c ", "1", "1 ", "soon ", "as i said ", "see you soon ", "!?", "http://a ",
        "Hi Ann,\n\n", "we cannot. ", "> x\n", "`", "sorry. ", "password: "}) {
    std::string text;
    while (text.size() < 20'000) text += piece;
    for (const char* language : {"en", "ru"}) lint(text, {}, language);
  }
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) bytes += static_cast<char>(i * 7919 % 251);
  lint(bytes);
}

TEST(Rules, EveryRuleExplainsItself) {
  for (const RuleInfo& rule : rules()) {
    EXPECT_FALSE(rule.intent.empty()) << rule.id;
    EXPECT_FALSE(rule.reason.empty()) << rule.id;
    EXPECT_FALSE(rule.hit.empty()) << rule.id;
    EXPECT_NE(explanation(rule).find(rule.id), std::string::npos);
    EXPECT_EQ(find_rule(rule.name), &rule);
  }
  EXPECT_EQ(rules().size(), 34U);
}

} // namespace
} // namespace helpdesk::lint
