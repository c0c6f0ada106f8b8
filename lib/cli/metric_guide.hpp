// What helpdesk-metrics(7) and "help metrics" say: each number in words for those who answer for it, and what
// four other systems print under the same name.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::cli {

struct MetricGuide {
  std::string_view key, title;
  std::string_view what;                                // how it is measured
  std::string_view zendesk, intercom, zammad, chatwoot; // theirs; empty: they have none
};
std::span<const MetricGuide> metric_guides();
// Those of the four that have something to say: name and text.
std::vector<std::pair<std::string_view, std::string_view>> theirs_of(const MetricGuide& guide);

struct GuideTerm {
  std::string_view term, text;
};
struct GuideChapter {
  std::string_view heading, text; // paragraphs separated by a line end
  std::span<const GuideTerm> terms;
  std::string_view example; // lines of a configuration or a command; may be empty
};
// Of the chapter that helpdesk-config(5) has too.
inline constexpr std::string_view k_intervals_heading = "INTERVALS OF YOUR OWN";
// Before and after the metrics.
std::span<const GuideChapter> guide_before();
std::span<const GuideChapter> guide_after();

} // namespace helpdesk::cli
