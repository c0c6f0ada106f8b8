#include "metrics/measure.hpp"

namespace helpdesk::metrics {
namespace {

struct MetricName {
  std::string_view key, title, meaning;
};
constexpr std::array<MetricName, k_metric_count> k_metrics{{
    {"frt", "First reply", "from the first question that needed a human to the first reply by a human"},
    {"frt_any", "First answer", "from the first question to the first answer, by a human or an AI"},
    {"turn", "Next reply", "from each later question, the oldest unanswered one, to its reply by a human"},
    {"first_resolution", "First solved", "from creation to the first time it was solved"},
    {"full_resolution", "Solved for good",
     "from creation to the last time it was solved; waiting while it is not"},
    {"requester_wait", "In our hands", "time in new, open and hold"},
    {"agent_wait", "In their hands", "time in pending"},
    {"time_unsolved", "Unsolved", "time in every status but solved and closed"},
    {"customer_wait", "Waited in all", "sum of all the times the customer waited for a reply"},
    {"auto_ack", "Automatic receipt",
     "from the first question to the first automatic message; never counts as a reply"},
    {"agent_work", "Agents' work", "time in new and open"},
    {"on_hold", "On hold", "time in hold"},
    {"periodic", "Between updates", "from one reply by a human to the next, until it is solved"},
    {"pausable", "Updates, unpaused", "the same, but time in pending does not count"},
    {"abandon", "Patience",
     "from a call or chat to the caller's hanging up before anybody answered; the answer ends the watch"},
}};

struct ReasonName {
  std::string_view key, title;
};
constexpr std::array<ReasonName, k_reason_count> k_reasons{{
    {"spam", "spam"},
    {"deleted", "deleted"},
    {"merged", "merged into another"},
    {"history_only", "history only"},
    {"internal", "among ourselves"},
    {"future", "later than now"},
    {"outbound", "we wrote first"},
    {"no_question", "needs no reply"},
    {"ai_only", "answered by AI alone"},
    {"ai_answered", "answered by AI"},
    {"bad_clock", "clocks disagree"},
    {"not_begun", "what begins it never came"},
    {"import_no_times", "imported without its times"},
}};

} // namespace

std::string_view key(Metric metric) { return k_metrics[static_cast<std::size_t>(metric)].key; }
std::string_view title(Metric metric) { return k_metrics[static_cast<std::size_t>(metric)].title; }
std::string_view meaning(Metric metric) { return k_metrics[static_cast<std::size_t>(metric)].meaning; }
std::string_view key(Reason reason) { return k_reasons[static_cast<std::size_t>(reason)].key; }
std::string_view title(Reason reason) { return k_reasons[static_cast<std::size_t>(reason)].title; }

std::optional<Metric> parse_metric(std::string_view name) {
  for (std::size_t i = 0; i < k_metrics.size(); ++i)
    if (k_metrics[i].key == name) return static_cast<Metric>(i);
  return std::nullopt;
}

} // namespace helpdesk::metrics
