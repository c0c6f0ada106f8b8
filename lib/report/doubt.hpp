// The honesty checks (metrics specification, section 8): what each number may hide, one line each with its
// figure.
#pragma once

#include "metrics/calendar.hpp"
#include "metrics/compare.hpp"
#include "metrics/evidence.hpp"
#include "metrics/interval.hpp"
#include "render/document.hpp"
#include "report/gather.hpp"
#include "report/stats.hpp"

#include <optional>
#include <string>
#include <vector>

namespace helpdesk::report {

// alarm: the numbers above should not be read without this. fine: looked at, nothing to say against them.
enum class Weight : unsigned char { fine, note, alarm };

struct Doubt {
  int number = 0; // of the specification
  std::string key;
  Weight weight = Weight::note;
  std::string text; // with its figure
};
using Doubts = std::vector<Doubt>;

// Each of them: nothing where it does not apply.
namespace doubts {
std::optional<Doubt> censoring(std::string_view title, const metrics::Summary& summary);
std::optional<Doubt> oldest_waiting(const metrics::Evidence& e, Instant now);
std::optional<Doubt> recency(const metrics::Evidence& e);
std::optional<Doubt> receipts(const metrics::Evidence& e);
std::optional<Doubt> bots(const metrics::Evidence& e);
std::optional<Doubt> outbound(const metrics::Evidence& e);
std::optional<Doubt> exclusions(const metrics::Evidence& e);
std::optional<Doubt> solve_and_reopen(const metrics::Evidence& e);
std::optional<Doubt> paused_while_owed(const metrics::Evidence& e, const std::string& most_by);
std::optional<Doubt> heaping(const metrics::Evidence& e);
std::optional<Doubt> bursts(const metrics::Evidence& e);
std::optional<Doubt> off_hours(const metrics::Evidence& e);
std::optional<Doubt> downgrades(const metrics::Evidence& e);
std::optional<Doubt> reassignments(const metrics::Evidence& e);
std::optional<Doubt> tail(std::string_view title, const metrics::Sample& sorted);
std::optional<Doubt> small_n(std::string_view title, const metrics::Summary& summary);
// The two groups of least and largest median cannot be told apart.
struct Ranked {
  std::string name;
  metrics::Quantile median;
};
std::optional<Doubt> ranking(const std::vector<Ranked>& groups);
std::optional<Doubt> mix(std::string_view title, const metrics::MixShift& shift);
std::optional<Doubt> little(const metrics::Evidence& e, Duration period);
std::optional<Doubt> survey(const metrics::Evidence& e);
std::optional<Doubt> data_quality(const metrics::Evidence& e);
std::optional<Doubt> clock_changes(const Zone& zone, Instant since, Instant until);
std::optional<Doubt> calendar_edits(const metrics::Calendar& calendar, Instant since, Instant until);
std::optional<Doubt> holidays(const metrics::Calendar& calendar, Instant since, Instant until);
std::optional<Doubt> double_counting(const metrics::Evidence& e);
Doubt definitions(const metrics::MetricNames& names);
} // namespace doubts

// All that apply; what does not is named in the last line.
render::Section doubt_section(const Desk& desk, const StatsOptions& options, Gathered& gathered,
                              const std::vector<metrics::Metric>& wanted);

// Of the answered cohort: both values.
std::vector<std::string> truncation_lines(const StatsOptions& options, Gathered& gathered,
                                          const std::vector<metrics::Metric>& wanted);
// Of all definitions: numbers of different ones are not to be compared.
std::string definitions_hash(const metrics::MetricNames& names);

} // namespace helpdesk::report
