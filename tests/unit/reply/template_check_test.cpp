// template lint and template test: every kind of finding, and its trap.
#include "reply/template_check.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

struct Desk {
  void add(std::string_view below, std::string_view text) {
    files.push_back(read_template(std::string(below), below, text));
  }
  // "rule file:line:column" of each finding.
  static std::vector<std::string> places(const std::vector<TemplateFinding>& findings) {
    std::vector<std::string> texts;
    for (const TemplateFinding& one : findings) {
      std::string located = one.located();
      texts.push_back(one.rule + " " + located.substr(0, located.find(": ")));
    }
    return texts;
  }
  std::vector<std::string> lint() const { return places(lint_templates(files, "")); }
  std::vector<std::string> test(std::vector<std::string> languages = {}) const {
    TemplateCheckOptions options;
    options.languages = std::move(languages);
    std::vector<std::string> all;
    for (const TemplateCase& one : test_templates(files, options)) {
      auto some = places(one.findings);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  std::vector<TemplateFile> files;
};
using Places = std::vector<std::string>;

TEST(TemplateLint, SoundTemplatesHaveNoFindings) {
  Desk desk;
  desk.add("_bye.en.liquid", "Best, {{ agent.name }} {{ by }}");
  desk.add("a.en.liquid",
           "+++\nrequired = [\"order\"]\n+++\n"
           "{% assign name = requester.first_name | default: 'there' %}Hi {{ name }} {{ order }} "
           "{{ ticket.fields.x }} {{ ticket.comments[0].value }} {{ comments.last.author.name }} "
           "{% for c in comments %}{{ c.anything }}{{ forloop.index }}{% endfor %}"
           "{{ 'now' | date: '%Y' }} {% render 'bye', by: 'x' %}");
  EXPECT_EQ(desk.lint(), Places{});
}

TEST(TemplateLint, FindsNamesThatLeadNowhereInAnyBranch) {
  Desk desk;
  desk.add("a.en.liquid", "Hi\n{% if ticket.number == 0 %}{{ requester.frist_name }}{{ order }}{% endif %}\n"
                          "{{ 'x' | upcsae }}{% render 'clsoing' %}{{ ticket.subject.text }}");
  desk.add("_closing.en.liquid", "x");
  EXPECT_EQ(desk.lint(), (Places{"unknown-variable a.en.liquid:2:31", "unknown-variable a.en.liquid:2:57",
                                 "unknown-filter a.en.liquid:3:10", "unknown-block a.en.liquid:3:30",
                                 "unknown-variable a.en.liquid:3:44", "unused-block _closing.en.liquid"}));
  auto findings = lint_templates(desk.files, "");
  EXPECT_EQ(findings[0].message,
            "there is no variable \"requester.frist_name\" (did you mean \"requester.first_name\"?)");
  EXPECT_EQ(findings[2].message, "there is no filter \"upcsae\" (did you mean \"upcase\"?)");
  EXPECT_EQ(findings[3].message, "there is no block or template \"clsoing\" (did you mean \"_closing\"?)");
  EXPECT_TRUE(findings[4].is_error);
  EXPECT_FALSE(findings[5].is_error);
}

TEST(TemplateLint, SyntaxAndFrontMatterHaveTheirPlace) {
  Desk desk;
  desk.add("a.en.liquid", "+++\ntitle = \"A\"\n+++\nHi\n{% if x %}");
  desk.add("b.en.liquid", "+++\ntitle = \"A\"\ntitel = \"A\"\n+++\nHi");
  desk.add("c.en.liquid", "+++\nrequired = [\"order\"]\noptional = [\"note\"]\n+++\n{{ note }}");
  EXPECT_EQ(desk.lint(),
            (Places{"syntax a.en.liquid:5:11", "front-matter b.en.liquid:3", "unused-field c.en.liquid"}));
}

TEST(TemplateTest, ComparesLanguages) {
  Desk desk;
  desk.add("a.de.liquid", "Guten Tag {{ requester.name }}, {{ ticket.subject }}");
  desk.add("a.en.liquid", "Hi {{ requester.first_name }}");
  desk.add("b.en.liquid", "Hi");
  EXPECT_EQ(desk.test(), (Places{"unequal-variables a.en.liquid", "missing-variant b.en.liquid"}));
  EXPECT_EQ(desk.test({"en"}), Places{"unequal-variables a.en.liquid"});
  desk.files.pop_back();
  desk.add("b.en.liquid", "+++\nlanguages = [\"en\"]\n+++\nHi"); // meant to be so
  desk.add("c.liquid", "Hi");                                    // for all
  EXPECT_EQ(desk.test(), Places{"unequal-variables a.en.liquid"});
}

TEST(TemplateTest, BlocksCountWithWhatTheyPrint) {
  Desk desk;
  desk.add("_bye.de.liquid", "{{ agent.name }}");
  desk.add("_bye.en.liquid", "{{ agent.first_name }}");
  desk.add("a.de.liquid", "{% render 'bye' %}");
  desk.add("a.en.liquid", "Best {{ agent.name }}");
  EXPECT_EQ(desk.test(), Places{});
}

TEST(TemplateTest, RendersEveryLanguageWithEverySample) {
  Desk desk;
  const std::string body = "{{ order }}{% if urgent %}{{ order | divided_by: 0 }}{% endif %}";
  desk.add("a.de.liquid", body);
  desk.add("a.en.liquid", "+++\nrequired = [\"order\"]\noptional = [\"urgent\"]\n"
                          "[samples.plain]\norder = \"1\"\n"
                          "[samples.urgent]\norder = 1\nurgent = true\n"
                          "[samples.empty]\nurgent = false\n+++\n" +
                              body);
  // As load_templates does.
  desk.files[0].front.required = desk.files[1].front.required;
  desk.files[0].front.optional = desk.files[1].front.optional;
  TemplateCheckOptions options;
  auto cases = test_templates(desk.files, options);
  std::map<std::string, Places> found;
  for (const TemplateCase& one : cases) found[one.title()] = Desk::places(one.findings);
  EXPECT_EQ(found, (std::map<std::string, Places>{
                       {"a variants", {}},
                       {"a de plain", {}},
                       {"a de urgent", {"render a.de.liquid:1:27"}},
                       {"a de empty", {"unset-field a.en.liquid:9"}},
                       {"a en plain", {}},
                       {"a en urgent", {"render a.en.liquid:12:27"}},
                       {"a en empty", {"unset-field a.en.liquid:9"}},
                   }));
}

} // namespace
} // namespace helpdesk::reply
