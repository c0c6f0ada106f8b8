// What each system exports, as Liquid: rendered against one desk, it says what the system would have said.
#include "base/file.hpp"
#include "reply/template_import.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

class TemplateImport : public ::testing::Test {
 protected:
  TemplateImport() {
    char name[] = "/tmp/helpdesk-import-XXXXXX";
    directory_ = ::mkdtemp(name);
    options_.directory = directory_ + "/templates";
    options_.language = "en";
  }
  ~TemplateImport() override { std::filesystem::remove_all(directory_); }

  std::vector<ImportedTemplate> import(std::string_view system, std::string_view file) {
    auto imported = import_templates(*foreign::find_system(system), file, "export.json", options_);
    EXPECT_TRUE(imported) << imported.error().message;
    return imported.value_or(std::vector<ImportedTemplate>{});
  }
  // "new refund en", and the notes behind it.
  static std::vector<std::string> words(const std::vector<ImportedTemplate>& imported) {
    std::vector<std::string> words;
    for (const ImportedTemplate& one : imported) {
      words.push_back(one.state + " " + one.name + " " + one.language);
      for (const ImportNote& note : one.notes) words.push_back(std::to_string(note.line) + " " + note.text);
    }
    return words;
  }
  std::string render(std::string_view name) {
    model::Ticket ticket;
    std::vector<model::Message> messages;
    TemplateContext context = sample_context(ticket, messages);
    ticket.number = 12;
    ticket.subject = "Lid";
    ticket.requester_name = "Martha Olsen";
    ticket.fields = {{"cf_order", "B-7"}, {"plan", "gold"}};
    ticket.assignee = "Ida Berg";
    auto files = load_templates(options_.directory).value();
    auto file = choose_template(files, name, "en", {});
    if (!file) return "! " + file.error().message;
    auto rendered = render_template(*file, context, files);
    return rendered ? *rendered : "! " + rendered.error().message.substr(options_.directory.size() + 1);
  }
  std::string directory_;
  ImportOptions options_;
};
using Words = std::vector<std::string>;

TEST_F(TemplateImport, ZendeskStaysAsItIs) {
  EXPECT_EQ(
      words(import("zendesk", R"({"items":[{"id":5,"name":"Hours","placeholder":"{{dc.hours}}","variants":[
      {"id":1,"locale_id":1,"content":"nine to five"},{"id":2,"locale_id":8,"content":"neun bis fünf"},
      {"id":3,"locale_id":77,"content":"ni til fem","active":false}]}]})")),
      (Words{"new dc/hours en", "new dc/hours de"}));
  EXPECT_EQ(words(import("zendesk", R"({"macros":[
      {"id":1,"title":"Billing::Refund","active":true,"actions":[
        {"field":"comment_value","value":["channel:all","Hi {{ticket.requester.first_name}}, #{{ticket.id}}: {{dc.hours}}"]},
        {"field":"status","value":"solved"},{"field":"current_tags","value":"refund done"}]},
      {"id":2,"title":"Old","active":false,"actions":[{"field":"comment_value","value":"x"}]},
      {"id":3,"title":"Only tags","active":true,"actions":[{"field":"set_tags","value":"x"}]},
      {"id":4,"title":"Ärger & Mühe","active":true,"actions":[
        {"field":"comment_value_html","value":"<p>Score<br>{{ticket.score}} {{ticket.title | shout}}</p>"}]}]})")),
            (Words{"new billing-refund en", "0 status = solved is no text: add --set to helpdesk send",
                   "new arger-muhe en",
                   "7 ticket.score has no counterpart here: replace it, or name it in required or optional",
                   "7 there is no filter \"shout\" here"}));
  EXPECT_EQ(render("billing-refund"), "Hi Martha, #12: nine to five\n");
  EXPECT_EQ(render("arger-muhe"), "! arger-muhe.en.liquid:7:3: undefined variable score");
}

TEST_F(TemplateImport, Freshdesk) {
  EXPECT_EQ(
      words(import(
          "freshdesk",
          R"([{"id":9,"title":"Done","content":"Hi {{ticket.requester.firstname}} {{ticket.cf_order}}, {{ticket.agent.name}} \"ticket.requester.firstname\" {{ticket.satisfaction_survey}}","content_html":"<b>x</b>"},
      {"id":10,"title":"Html","content_html":"<div>{% if ticket.group.name == 'ticket.agent' %}a{% else %}b{% endif %}</div>"}])")),
      (Words{"new done en",
             "6 ticket.satisfaction_survey has no counterpart here: replace it, or name it in required or "
             "optional",
             "new html en"}));
  auto text = read_file(options_.directory + "/done.en.liquid").value();
  EXPECT_NE(text.find("Hi {{requester.first_name}} {{ticket.fields.cf_order}}, {{ticket.assignee.name}} "
                      "\"ticket.requester.firstname\""),
            std::string::npos)
      << text;
  EXPECT_EQ(render("html"), "b\n");
}

TEST_F(TemplateImport, HelpScoutAndFreeScout) {
  EXPECT_EQ(words(import("helpscout", R"({"_embedded":{"replies":[{"id":7,"name":"Where is it?","text":
      "Hi {%customer.firstName,fallback=there%},<br>{{braces}} {% not one %} {%user.fullName%}"}]}})")),
            Words{"new where-is-it en"});
  EXPECT_EQ(render("where-is-it"), "Hi Martha,\n{{braces}} {% not one %} Sample Agent\n");
  EXPECT_EQ(
      words(import(
          "freescout",
          R"([{"id":7,"name":"Where is it?","text":"{%subject%} {%user.jobTitle,fallback=a \"b\" 'c'%}"}])")),
      (Words{"new where-is-it-7 en",
             "6 user.jobTitle has no counterpart here: replace it, or name it in required or optional"}));
  EXPECT_EQ(words(import("helpscout", R"([{"id":8,"name":"Short","preview":"Hi there"}])"))[1],
            "0 the file has the beginning only (preview): fetch each saved reply by its id");
}

TEST_F(TemplateImport, Zammad) {
  EXPECT_EQ(
      words(import(
          "zammad",
          R"([{"id":3,"name":"greet","content":"<div>Hi #{ticket.customer.firstname}, #{ticket.state.name.value} #{t('Best')} {{ x }}<br>#{article.body}<br>#{config.fqdn}</div>","active":true},
      {"id":4,"name":"off","content":"x","active":false}])")),
      (Words{"new greet en",
             "8 config.fqdn has no counterpart here: replace it, or name it in required or optional"}));
  EXPECT_EQ(
      words(import(
          "zammad",
          R"({"assets":{"TextModule":{"5":{"id":5,"name":"mine","content":"<p>#{user.fullname} #{article.body}</p>","active":true}}}})")),
      Words{"new mine en"});
  EXPECT_EQ(render("mine"), "Sample Agent > Sample question?\n");
}

TEST_F(TemplateImport, Chatwoot) {
  EXPECT_EQ(
      words(import(
          "chatwoot",
          R"([{"id":1,"short_code":"hello","content":"Hi {{contact.first_name || 'there'}}, {{conversation.custom_attribute.plan}} `{{contact.name}}` {{agent.first_name}} {{contact.custom_attribute.x}}"}])")),
      (Words{"new hello en",
             "6 contact.custom_attribute.x has no counterpart here: replace it, or name it in "
             "required or optional"}));
  EXPECT_EQ(
      words(import(
          "chatwoot",
          R"([{"id":2,"short_code":"code","content":"```\n{{contact.name}}\n``` {{contact.name}} {{conversation.custom_attribute.plan}}"}])")),
      Words{"new code en"});
  EXPECT_EQ(render("code"), "```\n{{contact.name}}\n``` Martha Olsen gold\n");
}

TEST_F(TemplateImport, AgainChangesNothingAndKeepsWhatWasEditedHere) {
  const std::string one =
      R"([{"id":1,"short_code":"a","content":"one"},{"id":2,"short_code":"b","content":"one"}])";
  const std::string two =
      R"([{"id":1,"short_code":"a","content":"two"},{"id":2,"short_code":"b","content":"two"}])";
  options_.dry_run = true;
  EXPECT_EQ(words(import("chatwoot", one)), (Words{"new a en", "new b en"}));
  EXPECT_FALSE(exists(options_.directory));
  options_.dry_run = false;
  import("chatwoot", one);
  EXPECT_EQ(words(import("chatwoot", one)), (Words{"unchanged a en", "unchanged b en"}));
  // The operator's fields and the operator's name of the file stay.
  std::string path = options_.directory + "/a.en.liquid", text = read_file(path).value();
  text.insert(4, "owner = \"me\"\n");
  ASSERT_TRUE(write_file_atomically(options_.directory + "/mine.en.liquid", text));
  std::filesystem::remove(path);
  std::string edited = options_.directory + "/b.en.liquid";
  ASSERT_TRUE(write_file_atomically(edited, read_file(edited).value() + "edited\n"));
  EXPECT_EQ(words(import("chatwoot", one)), (Words{"unchanged mine en", "unchanged b en",
                                                   "0 edited here since it was imported: stays as it is"}));
  EXPECT_EQ(words(import("chatwoot", two)),
            (Words{"updated mine en", "kept b en",
                   "0 changed there, and edited here: stays as it is; --overwrite takes theirs"}));
  EXPECT_EQ(render("mine"), "two\n");
  EXPECT_EQ(render("b"), "one\nedited\n");
  EXPECT_NE(read_file(options_.directory + "/mine.en.liquid")->find("owner = \"me\""), std::string::npos);
  EXPECT_EQ(words(import("chatwoot", two))[0], "unchanged mine en");
  options_.overwrite = true;
  EXPECT_EQ(words(import("chatwoot", two)), (Words{"unchanged mine en", "updated b en"}));
  EXPECT_EQ(render("b"), "two\n");
}

TEST_F(TemplateImport, AFileOfOnesOwnIsNeverWrittenOver) {
  std::filesystem::create_directories(options_.directory);
  ASSERT_TRUE(write_file_atomically(options_.directory + "/a.en.liquid", "mine\n"));
  EXPECT_EQ(words(import("chatwoot", R"([{"id":1,"short_code":"a","content":"theirs"}])")),
            Words{"new a-1 en"});
  EXPECT_EQ(render("a"), "mine\n");
}

TEST_F(TemplateImport, HostileFiles) {
  for (const foreign::System* system : foreign::systems()) {
    for (std::string_view file : {"", "{", "[]", "{}", "[1,null,\"x\",[]]", "{\"id\":1}",
                                  R"([{"id":1,"name":"x","text":"{%","content":"#{","title":"{{"}])",
                                  R"([{"id":1,"name":"x","text":"{%%}{{","content":"#{}`{{","title":"a"}])"})
      (void)import_templates(*system, file, "export.json", options_);
  }
  // What repeats without end costs no more than its length.
  std::string open, dots = "#{a", path = "{{a";
  for (int i = 0; i < 200'000; ++i) {
    open += "{%";
    dots += ".a";
    path += ".a";
  }
  for (const std::string& text : {open + "%}", dots + "}", path + "}}"})
    for (const foreign::System* system : foreign::systems())
      EXPECT_GE(system->to_liquid(text, *system).size(), text.size()) << system->name;
  auto escape = import_templates(
      *foreign::find_system("zendesk"),
      R"({"items":[{"id":1,"placeholder":"{{dc.../../x}}","variants":[{"id":1,"content":"x"}]}]})",
      "export.json", options_);
  EXPECT_FALSE(escape);
  EXPECT_FALSE(exists(directory_ + "/x.en.liquid"));
}

} // namespace
} // namespace helpdesk::reply
