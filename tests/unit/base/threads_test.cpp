#include "base/threads.hpp"

#include <atomic>
#include <new>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

TEST(Threads, EachIsDoneOnce) {
  for (std::size_t threads : {1U, 2U, 5U, 50U}) {
    std::vector<int> seen(37);
    for_each_in_parallel(threads, seen.size(), [&](std::size_t i) { ++seen[i]; });
    EXPECT_EQ(seen, std::vector<int>(37, 1)) << threads;
  }
  for_each_in_parallel(4, 0, [](std::size_t) { FAIL(); });
}

TEST(Threads, WhatOneThrowsIsThrownWhenAllAreDone) {
  for (std::size_t thrower : {0U, 2U}) {
    std::atomic<int> done = 0;
    EXPECT_THROW(in_parallel(3,
                             [&](std::size_t i) {
                               if (i == thrower) throw std::bad_alloc();
                               ++done;
                             }),
                 std::bad_alloc);
    EXPECT_EQ(done, 2);
  }
}

} // namespace
} // namespace helpdesk
