// Whether gates hold, and which tickets are to blame. No verdict is not a pass.
#pragma once

#include "metrics/group.hpp"
#include "metrics/sla.hpp"
#include "report/desk.hpp"
#include "report/gate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::report {

enum class Answer : unsigned char { holds, fails, unknown };
std::string_view text(Answer answer); // "holds", "fails", "no verdict"

struct WorstTicket {
  std::int64_t number = 0;
  Duration age{};         // how long it took or takes, by the gate's clock
  std::string_view state; // "waiting", "answered" …
  std::string subject;    // only when asked for
};

struct Verdict {
  std::size_t gate = 0;
  std::vector<std::string> groups; // values of the breakdown
  Answer answer = Answer::unknown;
  std::optional<double> value; // seconds, number or share; empty: none, or not reached
  bool beyond = false;         // a quantile that is not reached: longer than `value`
  std::int64_t n = 0;          // what the value rests on
  std::string reason;          // why there is no verdict, or why a value is missing
  bool pull_may_mend = false;
  std::vector<WorstTicket> worst; // at most three, of gates that fail
};

struct CheckOptions {
  std::vector<Gate> gates;
  std::optional<Instant> since, until; // metrics and promises that started in [since, until)
  std::vector<metrics::Dimension> by;
  const metrics::Clock* business = nullptr; // needed by gates in business hours
  const std::vector<metrics::UserInterval>* intervals = nullptr;
  const std::vector<metrics::SlaPolicy>* policies = nullptr; // needed by gates of promises
  std::optional<std::int64_t> min_n;                         // empty: least_needed()
  bool allow_empty = false;                                  // too few hold
  bool subjects = false;
  std::size_t threads = 0;
};

// So few observations say nothing: 6 give a median an upper 95 % bound, and beyond a quantile at least one is
// expected (10 for p90, 100 for p99). 0 for what counts tickets as they are.
std::int64_t least_needed(const Gate& gate);

// Gate by gate, groups in their order. The same for any number of threads.
Result<std::vector<Verdict>> check(const Desk& desk, const CheckOptions& options);
// One verdict a gate: none, because of the data.
std::vector<Verdict> no_verdicts(const CheckOptions& options, const std::string& reason, bool pull_may_mend);

// 0: all hold; 1: one fails; 75: no verdict, a pull may mend it; 3: no verdict.
int exit_code(const std::vector<Verdict>& verdicts);

} // namespace helpdesk::report
