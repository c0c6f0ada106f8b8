#include "app/desk.hpp"
#include "app/desk_plan.hpp"
#include "base/file.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command init_command;
namespace {

constexpr cli::Flag k_flags[] = {
    {"address", 0, cli::ValueKind::address, "ADDRESS", "the address that customers write to"},
    {"name", 0, cli::ValueKind::text, "TEXT", "the name beside it in replies"},
    {"account", 0, cli::ValueKind::text, "NAME", "what to call the account; from the address when unset"},
    {"backend", 0, cli::ValueKind::choice, "KIND", "where the mail lies", "imap|maildir|mbox"},
    {"path", 0, cli::ValueKind::path, "PATH", "maildir and mbox: where it is"},
    {"provider", 0, cli::ValueKind::text, "NAME",
     "take the servers of this mail provider; by the address's domain when unset"},
    {"host", 0, cli::ValueKind::text, "HOST", "imap: the server"},
    {"port", 0, cli::ValueKind::integer, "N", "imap: its port (993)"},
    {"tls", 0, cli::ValueKind::choice, "HOW", "imap: how the connection is encrypted",
     "implicit|starttls|none"},
    {"user", 0, cli::ValueKind::text, "NAME", "imap: the login name (the address)"},
    {"password-command", 0, cli::ValueKind::text, "COMMAND",
     "program that prints the password: 'pass show desk'"},
    {"send", 0, cli::ValueKind::choice, "HOW", "set up a server that sends, or none", "smtp|none"},
    {"smtp-host", 0, cli::ValueKind::text, "HOST", "the server that sends"},
    {"smtp-port", 0, cli::ValueKind::integer, "N", "its port (465)"},
    {"smtp-tls", 0, cli::ValueKind::choice, "HOW", "how that connection is encrypted",
     "implicit|starttls|none"},
    {"ca-file", 0, cli::ValueKind::path, "FILE",
     "certificate authority of both servers, instead of the system's"},
    {"us", 0, cli::ValueKind::address, "ADDRESS",
     "an address of the desk, or @example.org for a domain (the address)", "", true},
    {"scope", 0, cli::ValueKind::choice, "WHICH",
     "fetch the conversations with one of those addresses, or all", "desk|all"},
    {"me", 0, cli::ValueKind::address, "ADDRESS", "your own address (the address of the desk)"},
    {"target", 0, cli::ValueKind::duration, "TIME", "how long a customer may wait for an answer (4h)"},
    {"hours", 0, cli::ValueKind::text, "TEXT", "working hours (mon-fri 09:00-17:00)", "", true},
    {"history", 0, cli::ValueKind::text, "TIME|open",
     "conversations quiet for longer are history only; open keeps them all (60d)"},
    {"shared", 0, cli::ValueKind::choice, "YES|NO", "whether others answer from this mailbox too", "yes|no"},
    {"offline", 0, cli::ValueKind::none, "", "do not look at what would be fetched"},
    {"dry-run", 'n', cli::ValueKind::none, "", "print the configuration, write nothing"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk init", "asks for everything", false},
    {"helpdesk init --address support@example.org --backend maildir --path ~/Maildir --dry-run",
     "without questions: see what would be written", false},
    {"helpdesk init --address desk@gmail.com --name 'Example Shop' --shared no",
     "a mailbox of a known provider", false},
};

// Refuses an answer, naming the flag it could have come by.
using Check = std::function<Result<void>(const std::string& answer)>;

// A flag, else an answer, else what is usual; without all of them an error that names the flag. An answer
// that is refused is asked for again: nobody types nine answers twice for one slip.
class Questions {
 public:
  Questions(app::App& app, const cli::Invocation& call) : app_(app), call_(call) {}

  Result<std::string> ask(std::string_view flag, std::string_view question, const std::string& usual,
                          const Check& check = {}, bool required = true) {
    auto checked = [&](std::string answer) -> Result<std::string> {
      if (check) TRY(check(answer));
      return answer;
    };
    if (auto given = call_.get(flag)) return checked(*given);
    if (!app_.may_ask()) {
      if (usual.empty() && required) return usage_error(fmt::format("--{} is missing ({})", flag, question));
      return checked(usual);
    }
    for (int tries = 0; tries < 3; ++tries) {
      auto answer =
          app_.terminal().ask(fmt::format("{}{}: ", question, usual.empty() ? "" : " [" + usual + "]"));
      if (!answer) return fail(ErrorKind::interrupted, "nothing was written");
      std::string text(trim(std::string_view(*answer)));
      if (text.empty()) text = usual;
      if (text.empty() && required) continue;
      auto good = checked(std::move(text));
      if (good) return good;
      app_.warn(good.error().message);
    }
    return usage_error(fmt::format("no answer that serves; say --{}", flag));
  }
  Result<bool> yes(std::string_view flag, std::string_view question, bool usual) {
    std::string answer = TRY(ask(flag, question, usual ? "yes" : "no", [&](const std::string& text) {
      return yes_or_no(text) ? Result<void>()
                             : usage_error(fmt::format("--{}: \"{}\" is neither yes nor no", flag, text));
    }));
    return *yes_or_no(answer);
  }

 private:
  static std::optional<bool> yes_or_no(const std::string& text) {
    std::string word = ascii_lower(text);
    if (word == "yes" || word == "y") return true;
    if (word == "no" || word == "n") return false;
    return std::nullopt;
  }
  app::App& app_;
  const cli::Invocation& call_;
};

Result<std::string> checked_address(const std::string& text, std::string_view flag) {
  std::size_t at = text.find('@');
  bool good = at != std::string::npos && at > 0 && at + 1 < text.size() &&
              text.find('@', at + 1) == std::string::npos &&
              text.find_first_of(" \t\r\n<>,;\"") == std::string::npos;
  if (!good) return usage_error(fmt::format("--{}: \"{}\" is no mail address", flag, text));
  return text.substr(0, at + 1) + ascii_lower(text.substr(at + 1));
}

Check is_address(std::string_view flag) {
  return [flag](const std::string& text) -> Result<void> {
    TRY(checked_address(text, flag));
    return {};
  };
}

Check is_duration(std::string_view flag, std::string_view other = "") {
  return [flag, other](const std::string& text) -> Result<void> {
    if (text == other) return {};
    if (auto duration = parse_duration(text); !duration)
      return in_context("--" + std::string(flag), duration.error());
    return {};
  };
}

// "a@x b@x, @y" as its parts.
std::vector<std::string> in_words(const std::string& text) {
  std::vector<std::string> words;
  const std::string spaced = collapse_spaces(replace_all(text, ",", " "));
  for (std::string_view one : split(spaced, ' '))
    if (!one.empty()) words.emplace_back(one);
  return words;
}

Result<void> are_ours(const std::string& text) {
  for (const std::string& one : in_words(text))
    if (!one.starts_with('@')) TRY(checked_address(one, "us"));
  return {};
}

Result<const app::Provider*> chosen_provider(const cli::Invocation& call, const std::string& address) {
  auto named = call.get("provider");
  if (!named) return app::provider_of(address);
  if (const app::Provider* provider = app::provider_named(*named)) return provider;
  std::vector<std::string_view> names;
  for (const app::Provider& one : app::providers()) names.push_back(one.name);
  std::string list;
  for (std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  return usage_error(fmt::format("--provider: unknown provider \"{}\"{}: {}", *named,
                                 cli::did_you_mean(*named, names), list));
}

app::Server server_of(const app::MailServer& known) {
  app::Server server;
  server.host = known.host;
  server.tls = known.tls;
  bool usual = (known.tls == "implicit" && (known.port == 993 || known.port == 465)) ||
               (known.tls == "starttls" && known.port == 587);
  if (!usual) server.port = known.port;
  return server;
}

Result<void> take_server(const cli::Invocation& call, const std::string& prefix, app::Server& server) {
  if (auto host = call.get(prefix + "host")) server = {*host, "implicit", "", "", 0};
  if (auto tls = call.get(prefix + "tls")) server.tls = *tls;
  if (auto port = call.get(prefix + "port")) {
    server.port = static_cast<int>(std::min(std::stoll("0" + *port), 100'000LL));
    if (server.port < 1 || server.port > 65535)
      return usage_error(fmt::format("--{}port: {} is not from 1 to 65535", prefix, *port));
  }
  if (server.tls.empty()) server.tls = "implicit";
  return {};
}

Result<void> ask_mailbox(app::App& app, Questions& questions, const cli::Invocation& call,
                         app::DeskPlan& plan) {
  plan.provider = TRY(chosen_provider(call, plan.address));
  if (plan.provider && !plan.provider->offers_imap() && !call.get("host"))
    return usage_error(fmt::format("{}: {}; choose another mailbox, or forward the mail to one", plan.address,
                                   plan.provider->hint));
  if (plan.provider) {
    plan.imap = server_of(plan.provider->imap);
    plan.smtp = server_of(plan.provider->smtp);
    app.note(
        fmt::format("{}: {} and {} are its servers", plan.provider->title, plan.imap.host, plan.smtp.host));
  } else {
    plan.imap.host = TRY(questions.ask("host", "IMAP server; for a known provider say --provider NAME", ""));
  }
  TRY(take_server(call, "", plan.imap));
  bool named_login = !plan.provider || plan.provider->login != app::LoginName::other;
  plan.imap.user = TRY(questions.ask("user", "login name",
                                     plan.provider ? app::login_name(*plan.provider, plan.address)
                                     : named_login ? plan.address
                                                   : ""));
  if (plan.provider && plan.provider->access == app::Access::oauth)
    plan.imap.auth = plan.smtp.auth = "xoauth2";
  if (auto command = call.get("password-command")) plan.password_command = TRY(split_command(*command));
  return {};
}

Result<void> ask_sending(Questions& questions, const cli::Invocation& call, app::DeskPlan& plan) {
  std::string how =
      call.get("send").value_or(plan.backend == "imap" || call.get("smtp-host") ? "smtp" : "none");
  if (how == "none") {
    plan.smtp = {};
    return {};
  }
  if (!plan.provider || call.get("smtp-host") || call.get("send"))
    if (plan.smtp.host.empty() || call.get("smtp-host")) {
      std::string guess =
          plan.imap.host.starts_with("imap.") ? "smtp" + plan.imap.host.substr(4) : plan.imap.host;
      plan.smtp.host = TRY(questions.ask("smtp-host", "server that sends", guess));
    }
  TRY(take_server(call, "smtp-", plan.smtp));
  // Apple's SMTP wants the address where its IMAP wants the name.
  plan.smtp.user =
      plan.provider && plan.provider->login == app::LoginName::local_part ? plan.address : plan.imap.user;
  return {};
}

Result<app::DeskPlan> ask_all(app::App& app, const cli::Invocation& call) {
  Questions questions(app, call);
  const config::Config& config = *TRY(app.config());
  app::DeskPlan plan;
  std::string typed =
      TRY(questions.ask("address", "address that customers write to", "", is_address("address")));
  plan.address = TRY(checked_address(typed, "address"));
  plan.name = TRY(questions.ask("name", "name beside it in replies", "", {}, false));
  std::vector<std::string> known = config.names("accounts");
  auto is_new = [&](const std::string& name) -> Result<void> {
    if (std::find(known.begin(), known.end(), name) == known.end()) return {};
    return usage_error(fmt::format("there is an account \"{}\" already: choose another name with --account, "
                                   "or change it with helpdesk config set",
                                   name));
  };
  plan.account =
      TRY(questions.ask("account", "what to call this account", app::account_name_of(plan.address), is_new));
  std::string path = call.get("path").value_or("");
  auto holds_mail = [](const std::string& name) -> Result<void> {
    if (name == "imap" || name == "maildir" || name == "mbox") return {};
    return usage_error(fmt::format(
        "--backend: \"{}\" is not one of imap, maildir, mbox; others: helpdesk account add", name));
  };
  auto is_there = [](const std::string& name) -> Result<void> {
    if (exists(expand_home(name))) return {};
    return usage_error(fmt::format("--path: {}: there is nothing", name));
  };
  plan.backend = TRY(questions.ask("backend", "where the mail lies (imap, maildir, mbox)",
                                   path.empty()                      ? "imap"
                                   : is_directory(expand_home(path)) ? "maildir"
                                                                     : "mbox",
                                   holds_mail));
  if (plan.backend == "imap") {
    TRY(ask_mailbox(app, questions, call, plan));
  } else {
    plan.path =
        TRY(questions.ask("path", plan.backend == "maildir" ? "directory of the Maildir" : "the mbox file",
                          plan.backend == "maildir" ? "~/Maildir" : "", is_there));
  }
  TRY(ask_sending(questions, call, plan));
  if (auto file = call.get("ca-file")) plan.ca_file = *file;

  plan.us = call.all("us");
  if (plan.us.empty()) {
    std::string answer =
        TRY(questions.ask("us", "addresses of the desk, separated by spaces; @example.org for a whole domain",
                          plan.address, are_ours));
    plan.us = in_words(answer);
  }
  for (const std::string& one : plan.us)
    if (!one.starts_with('@')) TRY(checked_address(one, "us"));
  plan.scope_all = call.get("scope").value_or("desk") == "all";
  plan.shared = TRY(questions.yes("shared", "do others answer from this mailbox too", false));
  std::string mine = TRY(questions.ask("me", "your own address", plan.address, is_address("me")));
  plan.my_address = TRY(checked_address(mine, "me"));
  plan.my_name = plan.my_address == plan.address ? plan.name : "";
  plan.target = TRY(questions.ask("target", "how long a customer may wait for an answer", plan.target,
                                  is_duration("target")));
  if (auto hours = call.all("hours"); !hours.empty())
    plan.hours = hours;
  else
    plan.hours = {TRY(questions.ask("hours", "working hours", plan.hours.front(), app::check_hours))};
  for (const std::string& hours : plan.hours) TRY(app::check_hours(hours));
  plan.history = TRY(
      questions.ask("history", "conversations quiet for longer than this are history only (open: none is)",
                    plan.history, is_duration("history", "open")));
  return plan;
}

std::string counted(std::uint64_t n, std::string_view one) {
  return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
}

std::string in_megabytes(std::uint64_t bytes) {
  return bytes < 1'000'000 ? fmt::format("{} kB", (bytes + 999) / 1000)
                           : fmt::format("{} MB", (bytes + 999'999) / 1'000'000);
}

std::uint64_t free_at(std::string directory) {
  while (!exists(directory) && directory.size() > 1)
    directory.resize(std::max<std::size_t>(1, directory.find_last_of('/')));
  auto bytes = free_bytes(directory);
  return bytes ? *bytes : 0;
}

// What a pull would bring, without storing anything.
Result<void> foresee(app::App& app, const std::string& account) {
  sync::PullRequest request;
  request.options.dry_run = true;
  request.options.now = app.now();
  request.accounts.push_back(TRY(app::desk_account(app, account)));
  request.open_store = [] { return Result<std::unique_ptr<store::Store>>(store::open_memory_store()); };
  auto progress = app.terminal().progress("looking");
  request.progress = [&](std::string_view, std::string_view stream, std::uint64_t done, std::uint64_t total) {
    progress->update(stream, done, total);
  };
  sync::PullOutcome outcome = std::move(sync::pull(request).front());
  progress.reset();
  if (outcome.error) return Failure(*outcome.error);
  const sync::IngestCounts& n = outcome.counts;
  std::uint64_t room = free_at(TRY(app.store_directory()));
  app.note(fmt::format("a pull would look at {}, at most {}; {} are free on the disk",
                       counted(n.in_scope + n.out_of_scope, "message"), in_megabytes(n.bytes),
                       in_megabytes(room)));
  app.note(fmt::format("{} in, with {}{}", counted(n.conversations_in, "conversation"),
                       counted(n.in_scope, "message"), outcome.examples_in.empty() ? "" : ":"));
  for (const std::string& example : outcome.examples_in) app.note("  in   " + example);
  app.note(fmt::format("{} left out, as none of the desk's addresses stands in them{}",
                       counted(n.conversations_out, "conversation"),
                       outcome.examples_out.empty() ? "" : ":"));
  for (const std::string& example : outcome.examples_out) app.note("  out  " + example);
  if (n.bytes > room)
    app.warn("the disk is too full for all of it: pull newer mail only, helpdesk pull --since 90d");
  return {};
}

// True when the account can be read now.
Result<bool> has_login(app::App& app, const app::DeskPlan& plan) {
  if (plan.backend != "imap") return true;
  if (plan.imap.auth == "xoauth2") {
    app.note(
        fmt::format("{}: {}", plan.provider->title, replace_all(plan.provider->hint, "NAME", plan.account)));
    app.note("then: helpdesk auth login " + plan.account);
    return false;
  }
  config::SecretSource source = TRY(app.secret_source(plan.account));
  auto found = config::find_password(source);
  if (found) return true;
  if (!plan.password_command.empty()) {
    app.warn(found.error().message);
    return false;
  }
  bool made = plan.provider && plan.provider->access == app::Access::app_password;
  if (made)
    app.note(fmt::format("{} takes no usual password from programs: make an app password at {}",
                         plan.provider->title, plan.provider->page));
  if (plan.provider && !plan.provider->hint.empty())
    app.note(fmt::format("{}: {}", plan.provider->title, plan.provider->hint));
  if (app.may_ask()) {
    auto typed = app.terminal().ask(made ? "app password: " : "password: ", true);
    if (typed && !typed->empty()) {
      // Providers show app passwords in groups that are no part of it.
      std::string password = made ? replace_all(*typed, " ", "") : *typed;
      config::wipe(*typed);
      TRY(config::store_password(source, config::Secret(std::move(password)),
                                 config::keyring_available() ? config::SecretPlace::keyring
                                                             : config::SecretPlace::file));
      return true;
    }
  }
  app.note(fmt::format("next: helpdesk auth login {}", plan.account));
  return false;
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  app::DeskPlan plan = TRY(ask_all(app, call));
  std::string text = TRY(app::plan_text(app, plan));
  if (call.has("dry-run")) {
    TRY(app.write(text));
    return 0;
  }
  std::string file = TRY(app.config_file());
  TRY(config::append_to_file(file, text, app.config_keys()));
  app.forget_config();
  app.note(fmt::format("written to {}", config::shown_path(file)));
  bool ready = TRY(has_login(app, plan));
  if (ready && !call.has("offline")) {
    // The configuration stands; a server that cannot be reached now is no reason to begin again.
    if (auto seen = foresee(app, plan.account); !seen)
      return fail(seen.error().kind,
                  fmt::format("{}: {}\nthe configuration is written; helpdesk account test {} tries again",
                              plan.account, seen.error().message, plan.account));
  }
  app.note(fmt::format("next: helpdesk pull {}", plan.account));
  if (!plan.smtp.host.empty())
    app.note(fmt::format("no reply can leave before it was proved: helpdesk account test {} --send-to {}",
                         plan.account, plan.my_address));
  return 0;
}

} // namespace

constinit const cli::Command init_command{
    "init",
    "set up",
    "set up a desk: the first hour",
    "Asks for the address, where its mail lies, which addresses belong to the desk, the answer target and "
    "the working hours, writes the configuration, and "
    "ends with a dry run: what a pull would bring, what it would leave out, and five examples of each. Every "
    "question has a flag; without a terminal the flags "
    "and what is usual decide.\n\n"
    "The servers of the big mail providers are known by the domain of the address, or by --provider; Gmail, "
    "Fastmail, iCloud and others want a password made "
    "for this program. Nothing can be sent before helpdesk account test --send-to has proved it.",
    {},
    k_flags,
    k_examples,
    cli::Output::text,
    {},
    &run,
};

} // namespace helpdesk
