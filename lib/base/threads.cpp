#include "base/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace helpdesk {

void in_parallel(std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::vector<std::exception_ptr> thrown(std::max<std::size_t>(threads, 1));
  auto guarded = [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      thrown[i] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    others.reserve(thrown.size());
    try {
      for (std::size_t i = 1; i < thrown.size(); ++i) others.emplace_back(guarded, i);
    } catch (const std::system_error&) { // NOLINT(bugprone-empty-catch): no more threads to be had
    }
    guarded(0);
  } // joins
  for (const std::exception_ptr& error : thrown)
    if (error) std::rethrow_exception(error);
}

void for_each_in_parallel(std::size_t threads, std::size_t n, const std::function<void(std::size_t)>& f) {
  std::atomic<std::size_t> next = 0;
  in_parallel(std::min(threads, n), [&](std::size_t) {
    for (std::size_t i = next++; i < n; i = next++) f(i);
  });
}

} // namespace helpdesk
