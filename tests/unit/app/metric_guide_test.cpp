// helpdesk-metrics(7) speaks of every number that stats can print, under the name that stats gives it.
#include "cli/metric_guide.hpp"
#include "metrics/measure.hpp"
#include "metrics/tally.hpp"

#include <map>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(MetricGuide, SpeaksOfEveryMetric) {
  std::map<std::string_view, std::string_view> titles;
  for (const cli::MetricGuide& guide : cli::metric_guides()) titles[guide.key] = guide.title;
  std::map<std::string_view, std::string_view> expected;
  for (std::size_t i = 0; i < metrics::k_metric_count; ++i) {
    auto metric = static_cast<metrics::Metric>(i);
    expected[metrics::key(metric)] = metrics::title(metric);
  }
  for (std::size_t i = 0; i < metrics::k_count_count; ++i) {
    auto count = static_cast<metrics::Count>(i);
    expected[metrics::key(count)] = metrics::title(count);
  }
  for (std::size_t i = 0; i < metrics::k_share_count; ++i) {
    auto share = static_cast<metrics::Share>(i);
    expected[metrics::key(share)] = metrics::title(share);
  }
  expected["ratings"] = "What customers said";
  EXPECT_EQ(titles, expected);
}

TEST(MetricGuide, NamesAllTheChecks) {
  for (const cli::GuideChapter& chapter : cli::guide_after())
    if (chapter.heading == "WHAT TO DOUBT") {
      ASSERT_EQ(chapter.terms.size(), 26U);
      for (std::size_t i = 0; i < 26; ++i)
        EXPECT_TRUE(chapter.terms[i].term.starts_with(std::to_string(i + 1) + " "));
    }
}

} // namespace
} // namespace helpdesk
