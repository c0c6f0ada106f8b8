// Things that one thread makes while another uses those before them.
#pragma once

#include "base/result.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace helpdesk::sync {

// make gives the next thing, and nullopt when there is none any more. It is called by one thread at a time;
// where the system gives no thread, by the one that asks. What it throws is thrown by next().
template <class Thing> class Prefetch {
 public:
  using Make = std::function<Result<std::optional<Thing>>()>;

  explicit Prefetch(Make make, std::size_t ahead = 4) : make_(std::move(make)), ahead_(ahead) {
    try {
      thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    } catch (const std::system_error&) { // NOLINT(bugprone-empty-catch): next() makes them itself
    }
  }
  Prefetch(const Prefetch&) = delete;
  Prefetch& operator=(const Prefetch&) = delete;
  ~Prefetch() = default; // what is ready is dropped

  Result<std::optional<Thing>> next() {
    if (!thread_.joinable()) return make_();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || thrown_; });
    if (ready_.empty()) std::rethrow_exception(thrown_);
    Result<std::optional<Thing>> first = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return first;
  }

 private:
  Make make_;
  std::size_t ahead_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Result<std::optional<Thing>>> ready_;
  std::exception_ptr thrown_;
  std::jthread thread_; // last: it ends before the rest goes

  void run(const std::stop_token& stop) {
    try {
      for (bool more = true; more;) {
        Result<std::optional<Thing>> made = make_();
        more = made && *made;
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return ready_.size() < ahead_; })) return;
        ready_.push_back(std::move(made));
        changed_.notify_all();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      thrown_ = std::current_exception();
      changed_.notify_all();
    }
  }
};

} // namespace helpdesk::sync
