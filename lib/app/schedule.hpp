// The program run by a clock: crontab lines and systemd units with absolute paths. Text only; nothing is
// installed.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::app {

class App;

struct Schedule {
  std::string program;                // absolute
  std::vector<std::string> arguments; // before the command: --config FILE
  int every_minutes = 5;              // 1 to 60, a divisor of 60
  int digest_hour = 7, digest_minute = 0;
  std::vector<std::string> digest_to; // empty: the digest line is written but commented out
  bool ack = false;                   // acknowledgements go out too
};

// What this run of the program stands for: its own path, and --config when another file than the user's usual
// one is read.
Result<Schedule> schedule_of(App& app);
// "5m" and "07:30", as --every and --digest-at take them.
Result<int> parse_every(std::string_view text);
Result<void> parse_clock(std::string_view text, Schedule& schedule);

std::string crontab(const Schedule& schedule);
// Only the line that sends what is queued.
std::string queue_line(const Schedule& schedule);
struct Unit {
  std::string name, text;
};
std::vector<Unit> systemd_units(const Schedule& schedule);

// One word of a crontab's command: quoted for sh, "%" escaped for cron. Exposed for tests.
std::string crontab_word(std::string_view word);
std::string systemd_word(std::string_view word);

} // namespace helpdesk::app
