#include "app/desk.hpp"
#include "app/ticket_arguments.hpp"
#include "cli/command.hpp"
#include "mime/mail.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command new_command;
namespace {

constexpr cli::Argument k_arguments[] = {{"TEXT", cli::ValueKind::text,
                                          "what was said; the editor opens when it is left out on a terminal",
                                          cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"from", 0, cli::ValueKind::address, "PERSON", "who called or came: a name, an address, a number"},
    {"to", 0, cli::ValueKind::address, "PERSON", "whom we called"},
    {"channel", 0, cli::ValueKind::choice, "CHANNEL", "how (phone)", "phone|chat|sms|web|email|other"},
    {"subject", 's', cli::ValueKind::text, "TEXT", "what it is about"},
    {"ticket", 0, cli::ValueKind::ticket, "ID", "add it to this ticket instead of a new one"},
    {"account", 0, cli::ValueKind::account, "NAME", "account it belongs to; the first one"},
    {"body-file", 0, cli::ValueKind::path, "FILE",
     "read the text from a file, or with - from standard input"},
    {"spent", 0, cli::ValueKind::duration, "TIME", "write down the time it took"},
    {"dry-run", 'n', cli::ValueKind::none, "", "say what would be written, write nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk new --from '+47 22 33 44 55' --subject 'Broken lid' --spent 6m 'wants a new lid, will call "
     "again'",
     "log a call"},
};

model::Contact contact_of(const std::string& person) {
  auto parsed = mime::parse_addresses(person);
  if (!parsed.empty() && parsed.front().address.find('@') != std::string::npos) return parsed.front();
  bool number = person.find_first_not_of("+0123456789 ()-.") == std::string::npos;
  return number ? model::Contact{"", person} : model::Contact{person, person};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  auto from = call.get("from"), to = call.get("to");
  if (from.has_value() == to.has_value())
    return usage_error("say either --from PERSON (they came to us) or --to PERSON (we went to them)");
  sync::Actions::Written written;
  written.direction = from ? model::Direction::in : model::Direction::out;
  written.person = contact_of(from ? *from : *to);
  written.channel =
      model::parse<model::Channel>(call.get("channel").value_or("phone")).value_or(model::Channel::phone);
  if (written.channel == model::Channel::email && to)
    return usage_error("a mail is written with: helpdesk draft --new --to PERSON; new --channel email only "
                       "logs what was said elsewhere");
  written.subject = call.get("subject").value_or("");
  if (auto spent = call.get("spent"))
    written.seconds_spent =
        std::chrono::duration_cast<std::chrono::seconds>(TRY(parse_duration(*spent))).count();
  std::string account;
  if (auto id = call.get("ticket")) {
    model::Ticket ticket = TRY(app.find_ticket(*id));
    written.ticket_key = ticket.key;
    account = ticket.account;
  } else {
    std::vector<std::string> named;
    if (auto name = call.get("account")) named.push_back(*name);
    std::vector<std::string> names = TRY(app.accounts(named));
    if (names.empty()) return usage_error("no account is configured; run: helpdesk init");
    account = names.front();
    if (written.subject.empty())
      written.subject =
          fmt::format("{} {} {}", model::text(written.channel), from ? "from" : "to", from ? *from : *to);
  }
  written.text = TRY(app::text_given(app, call.argument("TEXT"), call.get("body-file"), "message"));
  if (call.has("dry-run")) {
    app.note(fmt::format("would write down \"{}\" in account {}", written.subject, account));
    return 0;
  }
  auto actions = TRY(app::DeskActions::open(app, account));
  std::string key = TRY((*actions)->write(written));
  model::Ticket ticket = TRY(app.find_ticket(key));
  TRY(app.write(fmt::format("{}\n", ticket.number)));
  return 0;
}

} // namespace

constinit const cli::Command new_command{
    "new",
    "work",
    "log a call or another contact that no backend saw",
    "Writes down what was said on the telephone or at the counter, as a message of a new ticket or of an "
    "existing one, so that waiting times and "
    "reports know of it. Prints the ticket's number.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run,
};

} // namespace helpdesk
