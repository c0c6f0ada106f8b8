// The public logs through the whole program, with intervals of the user's: hours to four decimals.
#include "app/app.hpp"
#include "base/file.hpp"
#include "helpdesk/root.hpp"
#include "json/json.hpp"
#include "terminal/memory.hpp"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

std::string shared_data() {
  if (auto named = environment("HELPDESK_SHARED")) return *named + "/data";
  return std::string(HELPDESK_SOURCE_DIR) + "/../shared/data";
}

class SharedLogs : public testing::Test {
 protected:
  void SetUp() override {
    if (!exists(shared_data() + "/helpdesk-log/helpdesk.csv"))
      GTEST_SKIP() << shared_data() << " is not here: the public logs are left out";
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-logs-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    ::setenv("HELPDESK_CONFIG", (directory_ + "/config.toml").c_str(), 1);
    std::string text = fmt::format(R"([general]
zone = "Asia/Tokyo"
store = "{0}/store"
[accounts.log]
backend = "table"
path = "{1}/helpdesk-log/helpdesk.csv"
mapping = "helpdesk-log"
history = "0d"
[accounts.incidents]
backend = "table"
path = "{1}/uci-incidents-5998/incident_event_log.head5998.csv"
mapping = "servicenow"
history = "0d"
[intervals.life]
from = "created"
to = "last event"
[intervals.take_in_charge]
from = "created"
to = 'event == "Take in charge ticket"'
[intervals.resolve]
from = "created"
to = 'event == "Resolve ticket"'
[intervals.resolved]
from = 'event == "opened"'
to = 'event == "resolved"'
[intervals.closed]
from = 'event == "opened"'
to = 'event == "closed"'
)",
                                   directory_, shared_data());
    ASSERT_TRUE(write_file_atomically(directory_ + "/config.toml", text));
    ASSERT_EQ(run({"pull"}), 0) << terminal_.errors;
  }
  void TearDown() override {
    ::unsetenv("HELPDESK_CONFIG");
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }
  int run(std::vector<std::string> words) {
    words.insert(words.begin(), "helpdesk");
    terminal_.errors.clear();
    terminal_.output.clear();
    App app(terminal_, std::move(words), commands());
    return app.run();
  }
  // Hours to four decimals; 0: not given.
  void expect(const std::string& account, const std::string& metric, std::int64_t n, double mean,
              double median, double p90) {
    ASSERT_EQ(run({"stats", "--account", account, "--metric", metric, "--calendar", "none", "--json",
                   "answered,naive_mean,naive_median,naive_p90"}),
              0)
        << terminal_.errors;
    auto said = json::parse(terminal_.output);
    ASSERT_TRUE(said && (*said)["metrics"].size() == 1) << terminal_.output;
    const json::Value& row = (*said)["metrics"][std::size_t{0}];
    EXPECT_EQ(row["answered"].as_int(), n) << metric;
    constexpr double k_half = 0.500001e-4; // of the last decimal, and 956.62125 may go either way
    EXPECT_NEAR(row["naive_mean"].as_double() / 3600, mean, k_half) << metric;
    EXPECT_NEAR(row["naive_median"].as_double() / 3600, median, k_half) << metric;
    if (p90 > 0) {
      EXPECT_NEAR(row["naive_p90"].as_double() / 3600, p90, k_half) << metric;
    }
  }
  terminal::MemoryTerminal terminal_;
  std::string directory_;
};

TEST_F(SharedLogs, IntervalsOfAProcessLog) {
  expect("log", "life", 4580, 980.6018, 956.6212, 1272.1355);
  expect("log", "take_in_charge", 4285, 97.5941, 16.3897, 0);
  expect("log", "resolve", 4569, 266.9404, 143.5933, 0);
}

// The zone of printed times is another one: the shipped mapping's own holds.
TEST_F(SharedLogs, TimesOfAnIncidentLog) {
  expect("incidents", "resolved", 861, 315.8668, 54.4667, 762.05);
  expect("incidents", "closed", 890, 485.8258, 173.925, 0);
}

} // namespace
} // namespace helpdesk::app
