#include "render/table_layout.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::render {
namespace {

TEST(Layout, EverythingFits) {
  EXPECT_EQ(lay_out({{5, 5, 5, false}, {10, 10, 5, false}}, 80), (std::vector<int>{5, 10}));
  EXPECT_EQ(lay_out({{5, 5, 5, false}, {100, 12, 5, true}}, 0), (std::vector<int>{5, 100}));
}

TEST(Layout, FlexibleColumnsAreCutFirst) {
  EXPECT_EQ(lay_out({{5, 5, 5, false}, {100, 12, 5, true}}, 40), (std::vector<int>{5, 33}));
  EXPECT_EQ(lay_out({{60, 12, 5, true}, {40, 12, 5, true}}, 62), (std::vector<int>{30, 30}));
}

TEST(Layout, ColumnsOfLeastKeepAreDropped) {
  EXPECT_EQ(lay_out({{10, 10, 9, false}, {10, 10, 1, false}, {10, 10, 5, false}}, 24),
            (std::vector<int>{10, 0, 10}));
  EXPECT_EQ(lay_out({{10, 10, 9, false}, {10, 10, 1, false}, {10, 10, 5, false}}, 12),
            (std::vector<int>{10, 0, 0}));
}

TEST(Layout, ColumnsThatStayAreCutAtLast) {
  EXPECT_EQ(lay_out({{20, 20, 9, false}, {20, 20, 9, false}}, 22), (std::vector<int>{10, 10}));
}

TEST(Layout, NeverWiderThanAsked) {
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::vector<LayoutColumn> columns(1 + random() % 8);
    for (auto& c : columns) {
      c.natural = static_cast<int>(random() % 90);
      c.smallest = static_cast<int>(random() % 20);
      c.keep = static_cast<int>(random() % 10);
      c.flexible = random() % 2;
    }
    int total = 60 + static_cast<int>(random() % 120);
    int sum = 0;
    for (int width : lay_out(columns, total))
      if (width > 0) sum += width + (sum > 0 ? 2 : 0);
    EXPECT_LE(sum, total);
  }
}

} // namespace
} // namespace helpdesk::render
