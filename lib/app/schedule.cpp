#include "app/schedule.hpp"

#include "app/app.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

#include <climits>

#include <fmt/format.h>
#include <unistd.h>

namespace helpdesk::app {
namespace {

bool is_plain(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:@+,") ==
             std::string_view::npos;
}

Result<std::string> own_path() {
  char path[PATH_MAX];
  ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0) return failed("/proc/self/exe: cannot tell where this program lies");
  return std::string(path, static_cast<std::size_t>(length));
}

std::string absolute(const std::string& path) {
  if (path.starts_with('/')) return path;
  char here[PATH_MAX];
  return ::getcwd(here, sizeof here) ? join_path(here, path) : path;
}

std::string command_line(const Schedule& s, const std::vector<std::string>& words,
                         std::string (*quote)(std::string_view)) {
  std::string line = quote(s.program);
  for (const auto* list : {&s.arguments, &words})
    for (const std::string& word : *list) line += " " + quote(word);
  return line;
}

std::vector<std::string> digest_words(const Schedule& s) {
  std::vector<std::string> words{"digest"};
  for (const std::string& to : s.digest_to) words.insert(words.end(), {"--to", to});
  if (s.digest_to.empty()) words.insert(words.end(), {"--to", "YOU@EXAMPLE.ORG"});
  words.emplace_back("--if-any");
  return words;
}

// A passing fault is reported once it has lasted: a crontab that mails every hiccup is soon read by nobody.
const std::vector<std::string> k_pull{"pull", "--grace", "2h"};
const std::vector<std::string> k_send{"queue", "send"};
const std::vector<std::string> k_ack{"ack", "--quiet"};

} // namespace

std::string crontab_word(std::string_view word) {
  std::string text = is_plain(word) ? std::string(word) : "'" + replace_all(word, "'", "'\\''") + "'";
  return replace_all(text, "%", "\\%");
}

std::string systemd_word(std::string_view word) {
  std::string text = replace_all(replace_all(word, "%", "%%"), "$", "$$");
  if (is_plain(word)) return text;
  return "\"" + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

Result<int> parse_every(std::string_view text) {
  Duration every = TRY(parse_duration(text));
  auto minutes = std::chrono::duration_cast<std::chrono::minutes>(every).count();
  if (every != std::chrono::minutes(minutes) || minutes < 1 || minutes > 60 || 60 % minutes != 0)
    return usage_error(fmt::format(
        "--every: \"{}\" is not one of 1m, 2m, 3m, 4m, 5m, 6m, 10m, 12m, 15m, 20m, 30m, 1h", text));
  return static_cast<int>(minutes);
}

Result<void> parse_clock(std::string_view text, Schedule& schedule) {
  auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  bool shaped = text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) && digit(4);
  int hour = shaped ? (text[0] - '0') * 10 + (text[1] - '0') : 99,
      minute = shaped ? (text[3] - '0') * 10 + (text[4] - '0') : 99;
  if (hour > 23 || minute > 59)
    return usage_error(fmt::format("--digest-at: \"{}\" is not a time of day such as 07:00", text));
  schedule.digest_hour = hour;
  schedule.digest_minute = minute;
  return {};
}

Result<Schedule> schedule_of(App& app) {
  Schedule schedule;
  schedule.program = TRY(own_path());
  std::string file = TRY(app.config_file());
  auto usual = xdg_directories();
  if (!usual || file != join_path(usual->config, "config.toml"))
    schedule.arguments = {"--config", absolute(file)};
  const config::Config& config = *TRY(app.config());
  schedule.ack = config.flag("ack.enabled");
  schedule.digest_to = config.list("digest.to");
  if (schedule.digest_to.empty() && !app.operator_address().empty())
    schedule.digest_to = {app.operator_address()};
  return schedule;
}

namespace {

std::string how_often(const Schedule& s) {
  return s.every_minutes == 1    ? "* * * * *"
         : s.every_minutes == 60 ? "0 * * * *"
                                 : fmt::format("*/{} * * * *", s.every_minutes);
}

} // namespace

std::string queue_line(const Schedule& s) {
  return fmt::format("{}  {}", how_often(s), command_line(s, k_send, &crontab_word));
}

std::string crontab(const Schedule& s) {
  std::string often = how_often(s);
  std::string text =
      "# helpdesk: append to what crontab -e shows. Every line is silent unless something is wrong.\n";
  text += fmt::format("{}  {}\n", often, command_line(s, k_pull, &crontab_word));
  if (s.ack) text += fmt::format("{}  {}\n", often, command_line(s, k_ack, &crontab_word));
  text += queue_line(s) + "\n";
  text += fmt::format("{}{} {} * * 1-5  {}\n", s.digest_to.empty() ? "# " : "", s.digest_minute,
                      s.digest_hour, command_line(s, digest_words(s), &crontab_word));
  return text;
}

std::vector<Unit> systemd_units(const Schedule& s) {
  // Exit code 75 is "try again later", which the next run of the timer does.
  auto service = [&](std::string_view what, const std::vector<std::string>& words) {
    return fmt::format(
        "[Unit]\nDescription=helpdesk: {}\nWants=network-online.target\nAfter=network-online.target\n\n"
        "[Service]\nType=oneshot\nExecStart={}\nSuccessExitStatus=75\n",
        what, command_line(s, words, &systemd_word));
  };
  auto timer = [&](std::string_view what, const std::string& when) {
    return fmt::format(
        "[Unit]\nDescription=helpdesk: {}\n\n[Timer]\n{}\n\n[Install]\nWantedBy=timers.target\n", what, when);
  };
  std::string often = fmt::format("OnBootSec=2min\nOnUnitActiveSec={}min", s.every_minutes);
  std::string daily = fmt::format("OnCalendar=Mon..Fri *-*-* {:02}:{:02}:00\nPersistent=true", s.digest_hour,
                                  s.digest_minute);
  std::vector<Unit> units = {{"helpdesk-pull.service", service("fetch what customers wrote", k_pull)},
                             {"helpdesk-pull.timer", timer("fetch what customers wrote", often)},
                             {"helpdesk-queue.service", service("send what is queued", k_send)},
                             {"helpdesk-queue.timer", timer("send what is queued", often)},
                             {"helpdesk-digest.service", service("the daily digest", digest_words(s))},
                             {"helpdesk-digest.timer", timer("the daily digest", daily)}};
  if (s.ack) {
    units.push_back({"helpdesk-ack.service", service("acknowledge new questions", k_ack)});
    units.push_back({"helpdesk-ack.timer", timer("acknowledge new questions", often)});
  }
  return units;
}

} // namespace helpdesk::app
