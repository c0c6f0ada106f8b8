#include "base/spool.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

// Pieces of every length in lanes, held in memory or not: each lane gives back what it was given.
TEST(Spool, GivesEachLaneBackInOrder) {
  for (std::size_t memory : {1U, 4'000U, 100'000U, 100'000'000U}) {
    std::mt19937 chance(static_cast<unsigned>(memory));
    Spool spool(5, memory);
    std::vector<std::vector<std::string>> given(5);
    for (int i = 0; i < 3'000; ++i) {
      const std::size_t lane = chance() % 4; // the last stays empty
      const std::size_t size = i % 500 == 0 ? 70'000 + i : chance() % 90;
      std::string piece(size, static_cast<char>('a' + i % 26));
      const std::size_t cut = size == 0 ? 0 : chance() % size;
      ASSERT_TRUE(
          spool.add(lane, std::string_view(piece).substr(0, cut), std::string_view(piece).substr(cut)));
      given[lane].push_back(std::move(piece));
    }
    // Side by side, as a merge reads them.
    std::vector<Spool::Reader> readers;
    for (std::size_t lane = 0; lane < 5; ++lane) readers.emplace_back(spool, lane);
    for (std::size_t i = 0; i < 3'000; ++i)
      for (std::size_t lane = 0; lane < 5; ++lane) {
        if (i >= given[lane].size()) continue;
        auto piece = readers[lane].next(given[lane][i].size());
        ASSERT_TRUE(piece) << piece.error().message;
        ASSERT_EQ(*piece, given[lane][i]);
      }
    for (std::size_t lane = 0; lane < 5; ++lane) {
      auto end = readers[lane].at_end();
      ASSERT_TRUE(end);
      EXPECT_TRUE(*end);
      EXPECT_FALSE(readers[lane].next(1)) << "nothing is left";
    }
  }
}

TEST(Spool, SaysWhereNoTemporaryFileCanBeMade) {
  const char* before = ::getenv("TMPDIR");
  std::string kept = before ? before : "";
  ::setenv("TMPDIR", "/nonexistent/folder", 1);
  Spool spool(2, 10);
  auto added = spool.add(0, "more than ten bytes");
  before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
  ASSERT_FALSE(added);
  EXPECT_NE(added.error().message.find("/nonexistent/folder"), std::string::npos) << added.error().message;
}

} // namespace
} // namespace helpdesk
