#include "app/linting.hpp"
#include "app/template_linting.hpp"
#include "app/ticket_arguments.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "lint/formats.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command lint_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"SOURCE", cli::ValueKind::path,
     "a ticket or a draft, whose draft is read; a file; or - for standard input", cli::Arity::optional}};
constexpr std::string_view k_ids =
    "HD000|HD001|HD002|HD003|HD004|HD005|HD006|HD007|HD008|HD009|HD010|HD011|HD012|HD013|HD014|HD015|HD016|"
    "HD017|HD018|HD019|HD020|HD021|HD022|HD023|HD024|HD025|HD026|HD027|HD028|HD029|HD030|HD031|HD032|HD100";
constexpr cli::Flag k_flags[] = {
    {"ticket", 't', cli::ValueKind::ticket, "ID", "the ticket that a file or standard input answers"},
    {"lang", 0, cli::ValueKind::text, "LANG", "language of the reply; told from its text when not given",
     "en|nb|ru|eo|de|fr|es"},
    {"format", 0, cli::ValueKind::choice, "FORMAT", "how the findings are printed",
     "text|line|json|sarif|github|junit"},
    {"fail-on", 0, cli::ValueKind::choice, "SEVERITY", "exit with 1 from this severity on (warning)",
     "error|warning|suggestion"},
    {"rule", 'r', cli::ValueKind::text, "RULE=SEVERITY",
     "what a rule counts as this time: HD013=off, HD023=error", k_ids, true},
    {"allow", 0, cli::ValueKind::text, "RULE@LINE", "pass over this finding once: HD017@12", "", true},
    {"reason", 0, cli::ValueKind::text, "TEXT", "why: with --allow and a draft; it stands in the log"},
    {"template", 0, cli::ValueKind::template_, "NAME",
     "the template that a file began with; without a file: what it makes for --ticket"},
    {"attached", 0, cli::ValueKind::none, "", "a file goes with the reply: with a text that is no draft yet"},
    {"baseline", 0, cli::ValueKind::path, "FILE",
     "pass over what stands in this file; it is written when it is not there"},
    {"fix", 0, cli::ValueKind::none, "",
     "print the reply with the certain findings mended, and the others to standard error; a file is changed"},
    {"explain", 0, cli::ValueKind::text, "RULE", "say why a rule is one, with an example", k_ids},
    {"list", 0, cli::ValueKind::none, "", "list the rules"},
};
constexpr cli::Example k_examples[] = {
    {"printf 'Hi Ann,\\n\\nyour pot leaves today.\\n' | helpdesk lint -", "a reply that is clean"},
    {"helpdesk lint reply.txt --ticket 12", "before it becomes a draft", false},
    {"helpdesk lint --template greeting --ticket 12", "what a template makes for this customer"},
    {"helpdesk lint --explain HD013", "why a promise needs a date"},
    {"helpdesk lint --list", "the rules, and the languages they know"},
};

struct Source {
  std::string name, text;
  std::optional<reply::Draft> draft;
};

bool is_ticket_name(std::string_view s) {
  if (s.starts_with('#')) s.remove_prefix(1);
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool is_draft_name(std::string_view s) {
  return s.size() == 9 && s.front() == 'd' &&
         s.substr(1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Source> read_source(app::App& app, const std::string& name) {
  Source source;
  source.name = name;
  if (name == "-") {
    source.text = clean_utf8(TRY(app.terminal().read_in(16ULL << 20)));
    return source;
  }
  if (!is_ticket_name(name) && !is_draft_name(name)) {
    source.text = clean_utf8(TRY(read_file(expand_home(name), 16ULL << 20)));
    return source;
  }
  store::Store& store = *TRY(app.store(store::Access::read));
  if (is_draft_name(name)) {
    source.draft = TRY(reply::find_draft(store, name));
    if (!source.draft)
      return not_found(fmt::format("no draft \"{}\"; helpdesk draft --list names them", name));
  } else {
    model::Ticket ticket = TRY(app.find_ticket(name));
    auto drafts = TRY(reply::open_drafts(store, ticket.key));
    std::stable_partition(drafts.begin(), drafts.end(), [](const reply::Draft& one) { return !one.forward; });
    if (drafts.empty())
      return not_found(
          fmt::format("#{} has no draft; write one with: helpdesk draft {}", ticket.number, ticket.number));
    source.draft = std::move(drafts.front());
  }
  source.name = source.draft->id;
  source.text = source.draft->text;
  return source;
}

Result<int> list(app::App& app) {
  std::string out;
  for (const lint::RuleInfo& rule : lint::rules())
    out +=
        fmt::format("{}  {:<10}  {:<22}  {}{}\n", rule.id, lint::text(rule.severity), rule.name, rule.intent,
                    rule.languages.empty() ? std::string() : fmt::format(" ({})", rule.languages));
  TRY(app.write(out));
  return 0;
}

Result<int> explain(app::App& app, const std::string& name) {
  const lint::RuleInfo* rule = lint::find_rule(name);
  if (!rule) return usage_error(fmt::format("no rule \"{}\"; helpdesk lint --list names them", name));
  TRY(app.write(lint::explanation(*rule)));
  return 0;
}

Result<lint::Settings> settings_of(app::App& app, const cli::Invocation& call) {
  lint::Settings settings = TRY(app::lint_settings(app));
  for (const std::string& text : call.all("rule")) {
    std::size_t equals = text.find('=');
    const lint::RuleInfo* rule = lint::find_rule(std::string_view(text).substr(0, equals));
    std::string severity = equals == std::string::npos ? "" : text.substr(equals + 1);
    if (!rule || (severity != "off" && !lint::parse_severity(severity)))
      return usage_error(
          fmt::format("--rule \"{}\": say RULE=off, suggestion, warning or error, such as HD013=off", text));
    settings.severities[std::string(rule->id)] = severity;
  }
  for (const std::string& text : call.all("allow"))
    settings.allowances.push_back(TRY(app::parse_allowance(text)));
  return settings;
}

// One fingerprint a line; what stands behind it is for people.
Result<void> use_baseline(const cli::Invocation& call, lint::Settings& settings) {
  auto path = call.get("baseline");
  if (!path || !exists(expand_home(*path))) return {};
  std::string text = TRY(read_file(expand_home(*path), 16ULL << 20));
  for (std::string_view line : split_lines(text))
    if (std::string_view first = trim(line.substr(0, line.find(' '))); !first.empty() && first.front() != '#')
      settings.baseline.emplace_back(first);
  return {};
}

Result<void> write_baseline(const cli::Invocation& call, const lint::Report& report) {
  auto path = call.get("baseline");
  if (!path || exists(expand_home(*path))) return {};
  std::string text = "# findings that helpdesk lint passes over, by rule and sentence\n";
  for (const lint::Finding& finding : report.findings)
    text += fmt::format("{} {} {}\n", finding.fingerprint, finding.rule, finding.message);
  return write_file_atomically(expand_home(*path), text, 0644);
}

std::string formatted(const lint::Linted& one, std::string_view format, lint::Severity least) {
  std::span<const lint::Linted> all(&one, 1);
  if (format == "line") return lint::as_lines(all);
  if (format == "json") return json::dump(lint::as_json(all), 2) + "\n";
  if (format == "sarif") return lint::as_sarif(all);
  if (format == "github") return lint::as_github(all);
  if (format == "junit") return lint::as_junit(all, least);
  return lint::as_text(all);
}

// For a terminal: what came from outside must not act on it. Line ends stay.
std::string defused(const std::string& text) {
  std::string out;
  for (std::string_view line : split_lines(text)) out += terminal::defuse_line(line) + "\n";
  return out;
}

lint::Severity least_of(const cli::Invocation& call) {
  return lint::parse_severity(call.get("fail-on").value_or("warning")).value_or(lint::Severity::warning);
}

// What the template makes for this customer, as it would stand in the editor.
Result<int> lint_template(app::App& app, const cli::Invocation& call) {
  if (!call.get("ticket"))
    return usage_error(
        "--template needs a file, or --ticket ID; helpdesk template lint reads templates with their "
        "samples");
  lint::Settings settings = TRY(settings_of(app, call));
  TRY(use_baseline(call, settings));
  std::optional<model::Ticket> ticket = TRY(app.find_ticket(*call.get("ticket")));
  lint::Input input;
  input.context = TRY(app::lint_context(app, *TRY(app.store(store::Access::read)), *ticket));
  input.context.has_attachment = call.has("attached");
  input.context.attachments_known = call.has("attached");
  app::TemplateMade made =
      TRY(app::template_made(app, *call.get("template"), ticket, call.get("lang").value_or("")));
  if (!made.problem.empty()) return usage_error(made.problem);
  lint::Linted linted{fmt::format("{} for #{}", made.file.name, ticket->number), made.rendered.text, {}};
  app::trace_to_template(made, linted.text, input);
  input.text = linted.text;
  input.language = made.language;
  input.template_text = made.file.body;
  linted.report = lint::check(input, settings);
  app::drop_unused_comments(linted.report);
  TRY(write_baseline(call, linted.report));
  std::string findings = formatted(linted, call.get("format").value_or("text"), least_of(call));
  TRY(app.write(app.terminal().out_is_tty() ? defused(findings) : findings));
  return linted.report.has(least_of(call)) ? 1 : 0;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  if (call.has("list")) return list(app);
  if (auto name = call.get("explain")) return explain(app, *name);
  if (call.argument("SOURCE").empty() && call.get("template")) return lint_template(app, call);
  if (call.argument("SOURCE").empty())
    return usage_error("say what to look at: helpdesk lint ID, helpdesk lint FILE, or - for standard input");
  lint::Settings settings = TRY(settings_of(app, call));
  TRY(use_baseline(call, settings));
  Source source = TRY(read_source(app, call.argument("SOURCE")));
  lint::Linted linted{source.name, source.text, {}};
  if (source.draft) {
    for (const char* flag : {"ticket", "template", "attached"})
      if (call.has(flag)) return usage_error(fmt::format("--{} goes with a file; a draft knows it", flag));
    if (call.has("allow") && !call.get("reason"))
      return usage_error("--allow needs --reason TEXT: it stands in the log");
    if (auto language = call.get("lang")) source.draft->language = *language;
    store::Store& store = *TRY(app.store(store::Access::read));
    linted.report = TRY(app::lint_draft(app, store, *source.draft, settings));
  } else {
    lint::Input input;
    input.text = source.text;
    input.language = call.get("lang").value_or("");
    input.context.now = app.now();
    input.context.zone = app.zone();
    std::optional<model::Ticket> ticket;
    if (auto id = call.get("ticket")) {
      ticket = TRY(app.find_ticket(*id));
      input.context = TRY(app::lint_context(app, *TRY(app.store(store::Access::read)), *ticket));
    }
    input.context.has_attachment = call.has("attached");
    input.context.attachments_known = call.has("attached");
    std::string template_text;
    if (auto name = call.get("template")) {
      app::TemplateMade made = TRY(app::template_made(app, *name, ticket, input.language));
      app::trace_to_template(made, source.text, input);
      template_text = made.file.body;
      input.template_text = template_text;
    }
    linted.report = lint::check(input, settings);
    app::drop_unused_comments(linted.report);
  }
  if (call.has("reason") && (!source.draft || !call.has("allow")))
    return usage_error("--reason goes with --allow and a draft");
  if (source.draft && call.has("allow"))
    TRY(app::record_allowances(app, *TRY(app.store(store::Access::write)), source.draft->id,
                               call.all("allow"), *call.get("reason")));
  TRY(write_baseline(call, linted.report));
  lint::Severity least = least_of(call);
  std::string format = call.get("format").value_or("text");
  std::string findings = formatted(linted, format, least);
  if (!call.has("fix")) {
    TRY(app.write(app.terminal().out_is_tty() ? defused(findings) : findings));
    return linted.report.has(least) ? 1 : 0;
  }
  if (source.draft)
    return usage_error("--fix is for a file or standard input; mend a draft with helpdesk draft ID");
  std::string mended = lint::mend(source.text, linted.report);
  std::erase_if(linted.report.findings, [](const lint::Finding& f) { return f.replacement.has_value(); });
  app.terminal().err(terminal::defuse_line(fmt::format("{} mended; {} left",
                                                       mended == source.text ? "nothing" : "the reply was",
                                                       linted.report.findings.size())));
  std::string left = lint::as_lines({&linted, 1});
  for (std::string_view line : split_lines(left)) app.terminal().err(terminal::defuse_line(line));
  if (source.name == "-")
    TRY(app.write(mended));
  else if (mended != source.text)
    TRY(write_file_atomically(expand_home(source.name), mended, 0644));
  return linted.report.has(least) ? 1 : 0;
}

} // namespace

constinit const cli::Command lint_command{
    "lint",
    "reply",
    "look a reply over before it goes out",
    "Reads a draft (by its ticket or its own id), a file or standard input and tells what is wrong with it, "
    "by "
    "32 rules: a question without an answer, a name that is not the customer's, a promise without a date, "
    "somebody else's data. helpdesk-lint(7) says what each rule wants and why; what holds for your house "
    "only "
    "goes into [lint] of the configuration.\n\n"
    "With a ticket the reply is held against the conversation, the customer and the other people of the "
    "store; "
    "without one the rules that need it are left out. A rule that has no list of words for the language of "
    "the "
    "reply says so.\n\n"
    "send looks at the same: it refuses on an error and asks on a warning. Exit code 0: nothing from "
    "--fail-on "
    "on. 1: findings. 2: used wrongly.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::none,
    {},
    &run,
};

} // namespace helpdesk
