// Files, front matter, languages and blocks.
#include "reply/templates.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

TemplateFile file(std::string_view below, std::string_view text) {
  return read_template("t/" + std::string(below), below, text);
}

TEST(TemplateFiles, NamesAndLanguages) {
  auto name = [](std::string_view below) {
    TemplateFile one = file(below, "x");
    return one.name + "|" + one.language;
  };
  EXPECT_EQ(name("refund.en.liquid"), "refund|en");
  EXPECT_EQ(name("refund.pt-BR.liquid"), "refund|pt-BR");
  EXPECT_EQ(name("refund/en.liquid"), "refund|en");
  EXPECT_EQ(name("billing/refund.nb.liquid"), "billing/refund|nb");
  EXPECT_EQ(name("refund.liquid"), "refund|");
  EXPECT_EQ(name("refund.final.liquid"), "refund.final|");
  EXPECT_EQ(name("a.b/refund.liquid"), "a.b/refund|");
  EXPECT_TRUE(file("_closing.en.liquid", "").is_block());
  EXPECT_TRUE(file("billing/_closing.en.liquid", "").is_block());
  EXPECT_FALSE(file("billing/closing.en.liquid", "").is_block());
}

TEST(TemplateFiles, FrontMatterIsRead) {
  TemplateFile one = file("refund.en.liquid", "+++\n"
                                              "title = \"Refund\"\n"
                                              "owner = \"billing\"\n"
                                              "tags = [\"refund\", \"money\"]\n"
                                              "channel = \"email\"\n"
                                              "required = [\"order.number\"]\n"
                                              "mode = \"lax\"\n"
                                              "[samples.plain]\n"
                                              "order.number = 7\n"
                                              "[[samples.plain.items]]\n"
                                              "name = \"pot\"\n"
                                              "+++\n"
                                              "Hi\n");
  EXPECT_EQ(one.defect, "");
  EXPECT_EQ(one.title, "Refund");
  EXPECT_EQ(one.front.owner, "billing");
  EXPECT_EQ(one.front.tags, (std::vector<std::string>{"refund", "money"}));
  EXPECT_EQ(one.front.channels, std::vector<std::string>{"email"});
  EXPECT_TRUE(one.front.lax);
  EXPECT_EQ(one.body, "Hi\n");
  EXPECT_EQ(one.body_line, 13);
  ASSERT_EQ(one.front.samples.size(), 1U);
  EXPECT_EQ(one.front.samples[0].name, "plain");
  ASSERT_EQ(one.front.samples[0].values.size(), 2U);
  EXPECT_EQ(one.front.samples[0].values[0].first, "order.number");
  EXPECT_EQ(json::dump(one.front.samples[0].values[1].second), "[{\"name\":\"pot\"}]");
}

TEST(TemplateFiles, FrontMatterIsRefusedWithItsLine) {
  auto defect = [](std::string_view front) {
    return file("a.en.liquid", "+++\n" + std::string(front) + "\n+++\nHi\n").defect;
  };
  EXPECT_EQ(defect("title = \"A\"\nrequierd = [\"a\"]"),
            "t/a.en.liquid:3: unknown key \"requierd\" (did you mean \"required\"?)");
  EXPECT_EQ(defect("colour = 1"), "t/a.en.liquid:2: unknown key \"colour\"");
  EXPECT_EQ(defect("title = 7"), "t/a.en.liquid:2: title: expected a text between quotes");
  EXPECT_EQ(defect("\n\nmode = \"loose\""), "t/a.en.liquid:4: mode: \"loose\" is neither strict nor lax");
  EXPECT_EQ(defect("channel = \"pigeon\""), "t/a.en.liquid:2: channel: there is no \"pigeon\"");
  EXPECT_EQ(defect("required = [\"a b\"]"),
            "t/a.en.liquid:2: required: \"a b\" is no name of a field: letters, digits, _ and dots");
  EXPECT_EQ(defect("required = [\"ticket\"]"), "t/a.en.liquid:2: required: ticket is filled in by helpdesk; "
                                               "name another field, or one in it (ticket.…)");
  EXPECT_EQ(defect("[samples.a]\nday = 2026-01-05"),
            "t/a.en.liquid:3: write this value as a text between quotes");
  EXPECT_EQ(defect("samples.a = 1"), "t/a.en.liquid:2: a sample is a table of its own: [samples.NAME]");
  EXPECT_TRUE(defect("title = ").starts_with("t/a.en.liquid:2: ")) << defect("title = ");
  EXPECT_EQ(file("a.en.liquid", "+++\ntitle = \"A\"\n").defect,
            "t/a.en.liquid:1: the front matter has no end: a line with +++");
  EXPECT_EQ(file("a.en.liquid", "\xff").defect, "t/a.en.liquid: not UTF-8; save it as UTF-8");
}

TEST(TemplateFiles, WindowsLineEndsAreNoDefect) {
  TemplateFile one = file("a.en.liquid", "+++\r\ntitle = \"A\"\r\n+++\r\nHi\r\n");
  EXPECT_EQ(one.defect, "");
  EXPECT_EQ(one.title, "A");
  EXPECT_EQ(one.body, "Hi\n");
}

TEST(TemplateFiles, LanguageFallsBackInOrder) {
  std::vector<TemplateFile> files{file("a.de.liquid", "de"), file("a.en.liquid", "en"),
                                  file("a.no.liquid", "no")};
  auto chosen = [&](std::string_view language, std::vector<std::string> fallbacks) {
    return choose_template(files, "a", language, fallbacks)->language;
  };
  EXPECT_EQ(chosen("de", {}), "de");
  EXPECT_EQ(chosen("nb", {"en"}), "no"); // one group
  EXPECT_EQ(chosen("de-AT", {"en"}), "de");
  EXPECT_EQ(chosen("fr", {"es", "en"}), "en");
  files.push_back(file("a.liquid", "any"));
  EXPECT_EQ(chosen("fr", {"es"}), "");
  EXPECT_EQ(choose_template(files, "b", "en", {}).error().kind, ErrorKind::negative);
  files.push_back(file("bad.en.liquid", "+++\nx = 1\n+++\n"));
  EXPECT_EQ(choose_template(files, "bad", "en", {}).error().message, "t/bad.en.liquid:2: unknown key \"x\"");
}

TEST(TemplateFiles, BlocksAreTakenInTheLanguageOfTheTemplate) {
  std::vector<TemplateFile> files{file("_bye.de.liquid", "Gruß {{ agent.first_name }} {{ by }}"),
                                  file("_bye.en.liquid", "Best, {{ agent.first_name }} {{ by }}"),
                                  file("a.de.liquid", "{% render \"bye\", by: \"x\" %}"),
                                  file("b.en.liquid", "\n{% render 'none' %}")};
  model::Ticket ticket;
  std::vector<model::Message> messages;
  TemplateContext context = sample_context(ticket, messages);
  context.language = "de";
  EXPECT_EQ(render_template(files[2], context, files).value(), "Gruß Sample x");
  context.language = "en";
  EXPECT_EQ(render_template(files[2], context, files).value(), "Best, Sample x");
  auto missing = render_template(files[3], context, files);
  ASSERT_FALSE(missing);
  EXPECT_TRUE(missing.error().message.starts_with("t/b.en.liquid:2:")) << missing.error().message;
}

} // namespace
} // namespace helpdesk::reply
