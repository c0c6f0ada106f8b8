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

// Everything that the schema of SARIF 2.1.0 requires, for findings with and without a place.
TEST(Formats, SarifHasWhatItsSchemaRequires) {
  const CiRule rule{"syntax", "", "it parses", "", Severity::error};
  std::vector<CiFinding> findings(2);
  findings[0] = {"syntax", Severity::error, "no end", "a/ø b.liquid", 3, 7, 3, 9, "1234"};
  findings[1] = {"missing", Severity::suggestion, "not there", "c.liquid"};
  auto log = json::parse(sarif_log("helpdesk template lint", {&rule, 1}, findings));
  ASSERT_TRUE(log.has_value());
  EXPECT_EQ((*log)["version"].as_string(), "2.1.0");
  EXPECT_FALSE((*log)["$schema"].as_string().empty());
  ASSERT_EQ((*log)["runs"].items().size(), 1U);
  const json::Value& run = (*log)["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["name"].as_string(), "helpdesk template lint");
  EXPECT_EQ(run["columnKind"].as_string(), "unicodeCodePoints");
  for (const json::Value& one : run["tool"]["driver"]["rules"].items()) {
    EXPECT_FALSE(one["id"].as_string().empty());
    EXPECT_FALSE(one["shortDescription"]["text"].as_string().empty());
    EXPECT_EQ(one["defaultConfiguration"]["level"].as_string(), "error");
  }
  ASSERT_EQ(run["results"].items().size(), 2U);
  const json::Value& place = run["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"].as_string(), "a/%C3%B8%20b.liquid");
  EXPECT_EQ(place["region"]["startLine"].as_int(), 3);
  EXPECT_EQ(place["region"]["startColumn"].as_int(), 7);
  EXPECT_EQ(place["region"]["endColumn"].as_int(), 9);
  EXPECT_EQ(run["results"][0]["partialFingerprints"]["ruleAndSentence/v1"].as_string(), "1234");
  const json::Value& whole = run["results"][1];
  EXPECT_EQ(whole["level"].as_string(), "note");
  EXPECT_FALSE(whole["message"]["text"].as_string().empty());
  EXPECT_TRUE(whole["locations"][0]["physicalLocation"]["region"].is_null());
  EXPECT_EQ(whole["partialFingerprints"]["ruleAndSentence/v1"].as_string().size(), 16U);
  EXPECT_EQ(github_lines(findings), "::error file=a/ø b.liquid,line=3,col=7,title=syntax::no end\n"
                                    "::notice file=c.liquid,title=missing::not there\n");
}

TEST(Lint, FindingInATemplatesOwnWordsHasItsLineAndColumn) {
  Input input;
  input.text = "Hi Åse,\n\nit is æ\nfine!! Yes.\n";
  input.language = "en";
  input.map = {{0, 3, "", "a.liquid", 4, 1, 0},
               {3, 7, "name", "a.liquid", 4, 4, 3},
               {7, 100, "", "a.liquid", 4, 14, 13}};
  Report report = check(input);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].template_name, "a.liquid");
  EXPECT_EQ(report.findings[0].template_line, 7U);
  EXPECT_EQ(report.findings[0].template_column, 5U);
}

TEST(Lint, AttachmentsOfATextAloneAreNotKnown) {
  Input input;
  input.text = "Hi Ann,\n\nplease find the invoice attached.\n";
  input.language = "en";
  EXPECT_TRUE(check(input).has(Severity::error));
  input.context.attachments_known = false;
  EXPECT_FALSE(check(input).has(Severity::error));
  EXPECT_TRUE(check(input).has(Severity::warning));
  input.context.has_attachment = true;
  EXPECT_FALSE(check(input).has(Severity::warning));
}

Input reply_to(std::string_view question, std::string_view text) {
  Input input;
  input.text = text;
  input.language = "en";
  input.context.has_ticket = true;
  input.context.language = "en";
  input.context.messages = {{std::string(question), true, false, "Ann", Instant{}}};
  return input;
}

// The one rare word decides which question was answered, where the desk's mails say which words are rare.
TEST(Lint, RareWordsDecideWhetherAQuestionIsAnswered) {
  Input input = reply_to("Why does the new parcel smell of turpentine?",
                         "Hi Ann,\n\nthe new parcel leaves on Friday.\n\nKind regards\nIda\n");
  auto open = [&] { return has(check(input), "HD006"); };
  input.context.rarity = [](std::string_view stem) {
    return stem.starts_with("turpentin") || stem == "smell" ? 1.0 : 0.05;
  };
  EXPECT_TRUE(open());
  input.text = "Hi Ann,\n\nit is the turpentine of the brush that you smell.\n\nKind regards\nIda\n";
  EXPECT_FALSE(open());
}

TEST(Lint, TheTeamsOwnToneIsTheLeast) {
  Input input;
  input.text = "Send the parcel to us.\n";
  input.language = "en";
  Settings settings;
  settings.politeness = -10;
  EXPECT_FALSE(has(check(input, settings), "HD031"));
  input.context.team_politeness = [](std::string_view language) { return language == "en" ? 3 : 0; };
  EXPECT_TRUE(has(check(input, settings), "HD031"));
  EXPECT_LT(politeness_of("Send it.", "en"), politeness_of("Hi Ann,\n\ncould you send it, please?\n", "en"));
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
