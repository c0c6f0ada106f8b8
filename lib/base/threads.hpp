// Work for several threads, and who waits for whom.
#pragma once

#include <cstddef>
#include <functional>

namespace helpdesk {

// Runs work(0) … work(threads - 1) at the same time, work(0) in the calling thread, and returns when all
// have. Where the system gives no more threads fewer run: what is to be done is taken from a common counter,
// never by the number, which only tells a thread its own place for what it finds. What one throws is thrown
// again here.
void in_parallel(std::size_t threads, const std::function<void(std::size_t)>& work);
// f(0) … f(n - 1), each once, shared out among so many threads.
void for_each_in_parallel(std::size_t threads, std::size_t n, const std::function<void(std::size_t)>& f);

} // namespace helpdesk
