// Gates: what a desk must keep, as one line each, for cron and CI.
//
//   gate      := subject relation value ["cal" | "biz"]
//   subject   := metric "." statistic | word
//   metric    := frt, turn, first_resolution …, or one of [intervals]
//   statistic := median, p1 … p99 (Kaplan-Meier), mean (naive), n, waiting, waiting_share, answered_share,
//                within(DURATION)
//   word      := oldest_waiting, waiting, backlog, unsolved, sla.attainment, sla.breached, inbox.age
//   relation  := "<" | "<=" | ">" | ">=" | "=="
//   value     := duration (4h), number (20) or percentage (95%), as the subject is measured
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "metrics/interval.hpp"

#include <string>
#include <string_view>

namespace helpdesk::report {

enum class GateSubject : unsigned char {
  quantile,       // of a metric, from here …
  mean,           // over those that happened
  n,              // all that were counted
  waiting_of,     // of them, still open
  waiting_share,  // waiting_of by n
  answered_share, // happened by n
  within,         // share that happened within a time, of all (Aalen-Johansen) … to here
  oldest_waiting, // how long the customer who waits longest has waited
  waiting,        // tickets whose customer waits
  unsolved,       // tickets that are not solved
  attainment,     // promises kept of those that are decided
  breached,       // promises missed, open ones included
  inbox_age,      // since the newest message of a customer
};
enum class Relation : unsigned char { below, at_most, above, at_least, equal };
enum class GateUnit : unsigned char { time, count, share };

struct Gate {
  std::string name; // of the configuration; else the text
  std::string text; // as it was written, single spaces
  GateSubject subject = GateSubject::quantile;
  metrics::Metric metric = metrics::Metric::first_reply;
  double p = 0.5;
  Duration within{};
  Relation relation = Relation::below;
  double bound = 0; // seconds, number, or share from 0 to 1
  bool business = false;
};
constexpr bool is_of_metric(GateSubject s) { return s <= GateSubject::within; }
constexpr bool is_of_sla(GateSubject s) { return s == GateSubject::attainment || s == GateSubject::breached; }
GateUnit unit(GateSubject subject);
std::string_view sign(Relation relation); // "<="
bool compare(double value, const Gate& gate);

// Usage error that begins with "column N: " and suggests what was probably meant.
Result<Gate> parse_gate(std::string_view text, const metrics::MetricNames& names = {});

} // namespace helpdesk::report
