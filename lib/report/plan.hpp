// Plans: how many people a load needs, when they are needed, and what a contact costs. Every number says
// whether it was given, measured or assumed, and what its model takes for granted.
#pragma once

#include "metrics/calendar.hpp"
#include "metrics/staffing.hpp"
#include "render/document.hpp"
#include "report/plan_work.hpp"
#include "report/sla.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::report {

// What a plan knows of the desk. Nothing of it is needed when every input is given.
struct PlanHead {
  Instant now{};
  Zone zone = Zone::utc();
  const Desk* desk = nullptr; // warnings, and the time it speaks of
  const Work* work = nullptr; // of the desk
};

// A number and where it comes from: "given", "assumed", "measured: worklogs of 38 of 120 tickets".
template <class T> struct Input {
  T value{};
  std::string origin;
};

// ---- calls and chats, which wait in a line

struct StaffOptions {
  std::string what;       // "calls": phone, "chats": chat
  Input<double> arrivals; // in `per`; measured: of the busiest hour of the week
  Duration per = std::chrono::hours(1);
  Input<Duration> handling;         // of one contact
  std::optional<Duration> patience; // mean time after which a caller hangs up; none: nobody does
  std::string patience_origin;      // where it comes from, as an Input's; empty: given
  metrics::LevelFormula formula = metrics::LevelFormula::late_gone_is_bad; // of the measured level
  Input<double> service_level, occupancy_cap, shrinkage;                   // shares
  Duration answer_within = std::chrono::seconds(20);
  int at_once = 1;                      // chats of one person
  std::vector<int> people;              // numbers to show instead of those around the need
  std::vector<model::Channel> channels; // measured arrivals: of these
};
// Usage error for a load that no model can speak of.
Result<render::Document> staff_plan(const PlanHead& head, const StaffOptions& options);

// ---- mail and whatever else waits in a list

struct WorkloadRow {
  std::string channel;    // empty: not told
  Input<double> arrivals; // in `per`
  std::optional<Input<Duration>> handling;
};
// Something open: working time until it is due, negative when it is late, and its work.
struct OpenPiece {
  Duration left{}, handling{};
  std::int64_t count = 1;
};
struct WorkloadOptions {
  std::vector<WorkloadRow> rows;
  Duration per = std::chrono::hours(24 * 7);
  Input<Duration> hours; // that one person works in `per`
  double growth = 1;     // that the arrivals hold already
  Input<double> occupancy, shrinkage;
  std::vector<OpenPiece> open;
  std::string open_origin;       // where the due times come from; empty: there is nothing about open work
  std::int64_t without_time = 0; // open, but no handle time is known
  std::int64_t paused = 0;       // open, but their clock stands still
  std::optional<int> people;     // at work: would it do?
};
render::Document workload_plan(const PlanHead& head, const WorkloadOptions& options);

// ---- when customers write, and when answers go out

struct CoverageOptions {
  std::vector<model::Channel> channels; // empty: all
  const metrics::CalendarClock* calendar = nullptr;
};
render::Document coverage_plan(const PlanHead& head, const CoverageOptions& options);

// ---- money

struct CostRow {
  std::string channel; // empty: not told
  std::int64_t contacts = 0;
  std::optional<Input<Duration>> handling;
  int at_once = 1;
  double platform = 0;                  // of the period, for this channel alone
  std::optional<std::int64_t> resolved; // durably
  std::int64_t undecided = 0;           // solved less than 7 days ago
};
struct CostOptions {
  std::vector<CostRow> rows;
  double hourly = 0;          // what an hour of a person costs, all in
  double shared_platform = 0; // of the period, spread over all contacts
  Input<double> occupancy, shrinkage;
};
render::Document cost_plan(const PlanHead& head, const CostOptions& options);

// ---- what they share

render::Document plan_document(const PlanHead& head, std::string title);
// "12 weeks to 2026-01-15 10:00, 34 tickets in no number"
std::string period_text(const PlanHead& head);
render::Cell share_cell(double share, render::Emphasis emphasis = render::Emphasis::plain); // "79.6 %"
render::Cell number_cell(double number, int digits, render::Emphasis emphasis = render::Emphasis::plain);
// "30 % (assumed)", "6 min (measured: …)"
std::string with_origin(const std::string& value, const std::string& origin);
std::string percent_text(double share); // "30 %", "79.6 %"
std::string amount_text(double amount); // "100", "3.25"
Duration seconds_of(double seconds);
// A table of the hours of a week for people, from what text says of each; hours of empty text all week long
// are left out at both ends.
struct WeekCell {
  std::string text;
  render::Emphasis emphasis = render::Emphasis::plain;
};
render::Table week_table(std::string title, const std::vector<WeekCell>& hours);
std::string hour_name(std::size_t hour_of_week); // "Mon 09"
// Where the handle time of each channel comes from; an empty origin is none. Nothing for those that were
// given.
void add_handling_notes(std::vector<std::string>& notes,
                        const std::vector<std::pair<std::string, std::string>>& channels_and_origins);
// Assumptions and warnings, one paragraph.
void add_notes(render::Document& document, const std::vector<std::string>& notes);

} // namespace helpdesk::report
