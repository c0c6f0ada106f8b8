// What templates see, and that macros of Zendesk see it under their own names.
#include "reply/templates.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

struct Desk {
  Desk() {
    context = sample_context(ticket, messages);
    ticket.number = 12;
    ticket.subject = "Lid";
    ticket.requester_name = "Olsen, Martha";
    ticket.requester_address = "martha@example.org";
    ticket.tags = {"lid", "return"};
    ticket.assignee = "Ida Berg";
    ticket.fields = {{"order", "B-7"}, {"360001", "blue"}};
    ticket.language = "nb";
    messages[0].text = messages[0].stripped = "It does not fit.";
    messages[0].author = {"Martha Olsen", "martha@example.org"};
    messages[0].cc = {{"Per", "per@example.org"}, {"", "kari@example.org"}};
    context.language = "nb";
  }
  std::string render(std::string_view text, std::string_view front = "") {
    TemplateFile file = read_template("a.nb.liquid", "a.nb.liquid",
                                      "+++\n" + std::string(front) + "\n+++\n" + std::string(text));
    auto rendered = render_template(file, context, {});
    return rendered ? *rendered : "! " + rendered.error().message;
  }
  model::Ticket ticket;
  std::vector<model::Message> messages;
  TemplateContext context;
};

TEST(TemplateContext, NamesAndHowTheyPrint) {
  Desk desk;
  EXPECT_EQ(desk.render("{{ requester.first_name }}|{{ requester.last_name }}|{{ requester }}"),
            "Martha|Olsen|Olsen, Martha");
  EXPECT_EQ(desk.render("{{ ticket.assignee }}|{{ ticket.assignee.first_name }}"), "Ida Berg|Ida");
  EXPECT_EQ(
      desk.render(
          "{{ ticket.tags }}|{% if ticket.tags contains 'lid' %}yes{% endif %}|{{ ticket.tags | size }}"),
      "lid, return|yes|2");
  EXPECT_EQ(desk.render("{{ ticket.created_at }}|{{ ticket.created_at | date: '%Y' }}"),
            "5. januar 2026|2026");
  EXPECT_EQ(desk.render("{{ ticket.fields.order }}|{{ ticket.fields.nothing }}|"), "B-7||");
  EXPECT_EQ(desk.render("{{ message.text }}|{{ comments.size }}|{{ comments.first.author.first_name }}"),
            "It does not fit.|1|Martha");
  EXPECT_EQ(desk.render("{{ ticket.cc_names }}"), "Per, kari@example.org");
  EXPECT_EQ(desk.render("{% if ticket.due_at == blank %}none{% endif %}"), "none");
  EXPECT_EQ(desk.render("\n{{ requester.frist_name }}"), "! a.nb.liquid:5:4: undefined variable frist_name");
}

TEST(TemplateContext, MacrosOfZendeskRenderUnchanged) {
  Desk desk;
  EXPECT_EQ(
      desk.render(
          "Hi {{ticket.requester.first_name}}, #{{ticket.id}} \"{{ticket.title}}\" {{ticket.description}}"),
      "Hi Martha, #12 \"Lid\" It does not fit.");
  EXPECT_EQ(
      desk.render("{{current_user.name}} {{ticket.organization.name}}{{ticket.group.name}}{{ticket.via}}"),
      "Sample Agent email");
  EXPECT_EQ(desk.render("{{ticket.ticket_field_360001}}|{{ticket.ticket_field_option_title_360001}}|{{ticket."
                        "ticket_field_9}}"),
            "blue|blue|");
  EXPECT_EQ(
      desk.render(
          "{{ticket.latest_comment.value}}|{{comment.author.name}}|{{ticket.latest_comment_formatted}}"),
      "It does not fit.|Martha Olsen|It does not fit.");
  EXPECT_EQ(
      desk.render("{% for comment in ticket.comments %}{{ comment.value }}{% endfor %}{{ticket.cc_names}}"),
      "It does not fit.Per, kari@example.org");
}

TEST(TemplateContext, AFieldThatIsAPartOfTheirNameLeavesTheRest) {
  Desk desk;
  EXPECT_EQ(
      desk.render("{{ticket.requester.details}}|{{ticket.requester.first_name}}|{{current_user.signature}}|{{"
                  "current_user.name}}|{{ticket.requester}}",
                  "optional = [\"ticket.requester.details\", \"current_user.signature\"]"),
      "|Martha||Sample Agent|Olsen, Martha");
}

TEST(TemplateContext, FieldsComeFromTheTicketOrFromTheOperator) {
  Desk desk;
  const std::string front = "required = [\"order\", \"day\"]\noptional = [\"note\"]";
  TemplateFile file =
      read_template("a.nb.liquid", "a.nb.liquid",
                    "+++\n" + front + "\n+++\n{{ order }} {{ day }} {% if note %}!{% endif %}");
  EXPECT_EQ(missing_fields(file, desk.context), std::vector<std::string>{"day"});
  desk.context.values = {{"day", json::Value("Friday")}, {"requester.name", json::Value("Kari Dahl")}};
  EXPECT_TRUE(missing_fields(file, desk.context).empty());
  EXPECT_EQ(render_template(file, desk.context, {}).value(), "B-7 Friday ");
  EXPECT_EQ(desk.render("{{ requester.first_name }} {{ ticket.requester.last_name }}"), "Kari Dahl");
  desk.context.values.emplace_back("day", json::Value("  "));
  EXPECT_EQ(missing_fields(file, desk.context), std::vector<std::string>{"day"});
}

TEST(TemplateContext, DynamicContentIsInTheLanguageOfTheReply) {
  Desk desk;
  auto file = [](std::string_view below, std::string_view text) {
    return read_template(std::string(below), below, text);
  };
  std::vector<TemplateFile> files{file("dc/hours.en.liquid", "nine to five\n"),
                                  file("dc/hours.nb.liquid", "ni til {{ ticket.number }}\n"),
                                  file("dc/loop.nb.liquid", "{{ dc.loop }}"),
                                  file("a.nb.liquid", "Vi har åpent {{ dc.hours }}."),
                                  file("b.nb.liquid", "{{ dc.loop }}|"),
                                  file("c.nb.liquid", "{{ dc.none }}")};
  EXPECT_EQ(render_template(files[3], desk.context, files).value(), "Vi har åpent ni til 12.");
  EXPECT_FALSE(render_template(files[4], desk.context, files)); // never ends: refused
  EXPECT_EQ(render_template(files[5], desk.context, files).error().message,
            "c.nb.liquid:1:4: undefined variable none");
}

TEST(TemplateContext, TextOfCustomersIsNeverATemplate) {
  Desk desk;
  desk.ticket.subject = "{{ agent.email }} {% if %}";
  EXPECT_EQ(desk.render("{{ ticket.subject }}"), "{{ agent.email }} {% if %}");
}

} // namespace
} // namespace helpdesk::reply
