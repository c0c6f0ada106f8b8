#include "cli/template_guide.hpp"

namespace helpdesk::cli {
namespace {

// clang-format off
constexpr GuideTerm k_files[] = {
    {"refund.en.liquid", "the template refund in English; pt-BR and the like are languages too"},
    {"refund/en.liquid", "the same: one folder a template"},
    {"billing/refund.en.liquid", "the template billing/refund"},
    {"refund.liquid", "for every language that has no file of its own"},
    {"_closing.en.liquid", "a block: {% render \"closing\" %} puts it into other templates, in their language; never sent on its own"},
    {"dc/hours.en.liquid", "what {{ dc.hours }} prints, in the language of the reply"},
};

constexpr GuideTerm k_keys[] = {
    {"title", "what template list shows"},
    {"owner", "who looks after it"},
    {"tags, channel", "which tickets it is for: lists"},
    {"required", "fields that must be filled in: draft asks for them on a terminal, and takes --set order=B-1009. A field without dots takes the ticket's custom field of its name, when there is one. A name of the context (requester.phone) may be required too: it must not be blank"},
    {"optional", "fields that may be blank"},
    {"languages", "the languages that it is meant for; template test then asks for no other"},
    {"mode", "\"lax\" lets the syntax of older Liquid pass; strict is the default"},
    {"samples.NAME", "values for template test, one table a sample; they win over the made-up ticket"},
    {"source, source_hash", "where it was imported from, and what it was then: written by template import"},
};

constexpr GuideTerm k_names[] = {
    {"ticket.number", "its number here, as in #12; ticket.id is the same"},
    {"ticket.subject", "its subject"},
    {"ticket.description", "the customer's first message"},
    {"ticket.status", "new, open, pending, hold, solved or closed"},
    {"ticket.priority", "none, low, normal, high or urgent"},
    {"ticket.channel", "email, web, chat, phone …"},
    {"ticket.queue", "the queue it lies in"},
    {"ticket.assignee", "who has it: prints the name; .name, .first_name, .last_name, .email"},
    {"ticket.tags", "its tags: a list that prints with commas"},
    {"ticket.account", "the account it came from"},
    {"ticket.url", "where it stands in the system it came from"},
    {"ticket.language", "the customer's language"},
    {"ticket.created_at", "when it began: prints as a date in the template's language"},
    {"ticket.updated_at", "when something last happened"},
    {"ticket.due_at", "when it is due; blank when it is not"},
    {"ticket.cc_names", "who got copies of the customer's last message"},
    {"ticket.fields.NAME", "a custom field; blank when the ticket has none of that name"},
    {"requester", "the customer: prints the name; .name, .first_name, .last_name, .email, .phone, .language"},
    {"org.name", "the customer's organisation"},
    {"agent", "who writes, from [me]: .name, .first_name, .last_name, .email"},
    {"desk.name", "name that the mail is sent under"},
    {"desk.email", "address that the mail is sent from"},
    {"message", "the customer's last message: .text, .subject, .date, .author"},
    {"latest", "the last public message of anybody: .text, .subject, .date, .author"},
    {"comments", "all public messages, oldest first: a list of the same"},
    {"language", "the language that the template is written in"},
    {"dc.NAME", "the template dc/NAME in the customer's language, rendered"},
};

constexpr GuideTerm k_filters[] = {
    {"default: \"there\"", "what to print for nothing; fallback is the same"},
    {"first_name", "the given name in a full one: \"Olsen, Martha\" is Martha"},
    {"date: \"%-d %B\"", "a date, with the names of months and days in the template's language; datetime_format takes the patterns of moment.js"},
    {"money: \"EUR\"", "an amount as the template's language writes it"},
    {"quote", "every line behind \"> \""},
    {"json", "a value as JSON"},
};

constexpr GuideTerm k_systems[] = {
    {"zendesk", "macros and dynamic content; the text stays as it is: ticket.title, ticket.requester.…, current_user.…, ticket.ticket_field_ID, ticket.latest_comment, dc.NAME and the like are known in every template"},
    {"freshdesk", "canned responses: {{ticket.requester.firstname}}, {{ticket.cf_order}}"},
    {"helpscout, freescout", "saved replies: {%customer.firstName,fallback=there%}"},
    {"zammad", "text modules: #{ticket.customer.firstname}, #{article.body}; its t('…') becomes the text in it"},
    {"chatwoot", "canned responses: {{contact.first_name || 'there'}}; code between ` stays as it is"},
};

constexpr GuideChapter k_guide[] = {
    {"DESCRIPTION",
     "A template is a file with the text of a reply, in Liquid: {{ }} prints a value, {% %} decides and repeats. helpdesk draft ID -t NAME makes a draft of it, in the customer's language. Templates are plain files, so they belong into git like any other source, with template test as the check before they are merged.\n"
     "They lie in [templates] directory (templates beside the configuration when it is unset), folders in it included. Nothing in them can run a program, read a file or reach a server; one rendering may take a second, a million steps, 64 MiB and 1 MiB of text.",
     {}, ""},
    {"FILES", "One file a language. A customer gets the file in the own language, else one of the same group (nb, nn and no; pt and pt-BR), else the first of [templates] languages that is there, else the file without a language.", k_files, ""},
    {"FRONT MATTER", "TOML between two lines of +++, at the top; all of it may be left out. What one language says of tags, channel, owner, languages, required and optional holds for the others too, and samples are rendered in every language. A key that is unknown is an error.", k_keys,
     "+++\ntitle = \"The money is on its way back\"\ntags = [\"refund\"]\nrequired = [\"amount\"]\noptional = [\"note\"]\n\n[samples.card]\namount = \"49.90\"\n+++\nHi {{ requester.first_name | default: \"there\" }},\n\n{{ amount | money: \"EUR\" }} is on its way back to your card.\n{% if note %}{{ note }}\n{% endif %}"},
    {k_names_heading, "What a template may name. Any other name is an error, so that a slip of the pen does not reach a customer as a gap.", k_names, ""},
    {"FILTERS", "Those of Liquid, and these:", k_filters, ""},
    {"BLOCKS", "A block sees the names above; other values are given to it. It is taken in the language of the template that renders it.", {}, "{% render \"closing\", by: \"Friday\" %}"},
    {"ACKNOWLEDGEMENTS", "helpdesk ack ships its texts; a template of your own with the name ack takes their place, language by language. There ack.within is the time in which four out of five got their answer (\"4 hours\"), blank when too little is known. Declare it: under optional, or under required, and nobody gets a mail without a time.", {},
     "+++\noptional = [\"ack.within\"]\n\n[samples.usual]\nack.within = \"4 hours\"\n+++\nHello,\n\nyour message has arrived.{% if ack.within %} Most answers are there within {{ ack.within }}.{% endif %}"},
    {"TESTS", "helpdesk template test renders every language with every sample and fails on what would go wrong before a customer: a language that is missing, an unknown variable, filter or block, a required field that a sample leaves blank, variables that one language uses and another does not. helpdesk template lint reads only. Both print file:line:column, and JUnit with --format junit.", {}, "helpdesk template test --format junit --output templates.xml"},
    {"IMPORT", "helpdesk template import reads what these systems return. A name without a counterpart is reported with its line; until it is replaced, or named in required or optional, test fails and the template cannot be sent.", k_systems, ""},
};
// clang-format on

} // namespace

std::span<const GuideChapter> template_guide() { return k_guide; }

} // namespace helpdesk::cli
