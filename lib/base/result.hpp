// Result<T>: how every function of this project says that it failed. No exception crosses a module's edge.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace helpdesk {

// What kind of failure it was decides the exit code (lib/app/exit_code.hpp is the one map) and nothing else.
enum class ErrorKind : unsigned char {
  negative,    // ran, and the answer is no: a named id that does not exist, findings         -> 1
  usage,       // the command line or the configuration is wrong                              -> 2
  failed,      // the work failed: I/O, damaged data, a server that says no for good          -> 3
  credentials, // missing or refused                                                          -> 4
  partial,     // some accounts failed, what was committed is kept                            -> 5
  retry,       // the same call may succeed later: lock held, server down, rate limit         -> 75
  interrupted, // Ctrl-C                                                                      -> 130
};

// message: lower case, no final period; what and where first, then what to do. May hold newlines between
// hints. Text from outside may stand in it raw: the terminal layer defuses control characters when it prints.
struct Error {
  ErrorKind kind = ErrorKind::failed;
  std::string message;
};

using Failure = std::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorKind kind, std::string message) {
  return Failure(Error{kind, std::move(message)});
}
[[nodiscard]] inline Failure failed(std::string message) {
  return fail(ErrorKind::failed, std::move(message));
}
[[nodiscard]] inline Failure usage_error(std::string message) {
  return fail(ErrorKind::usage, std::move(message));
}
[[nodiscard]] inline Failure not_found(std::string message) {
  return fail(ErrorKind::negative, std::move(message));
}
[[nodiscard]] inline Failure try_later(std::string message) {
  return fail(ErrorKind::retry, std::move(message));
}

// Puts "prefix: " before a failure's message; the kind stays.
[[nodiscard]] inline Failure in_context(std::string_view prefix, Error error) {
  error.message = std::string(prefix) + ": " + error.message;
  return Failure(std::move(error));
}

template <class T> class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
  // Moves the value out; only after it was tested. For TRY.
  T take() && { return std::move(**this); }
};

template <> class [[nodiscard]] Result<void> : public std::expected<void, Error> {
 public:
  using std::expected<void, Error>::expected;
  void take() && {}
};

// TRY(expression) is the value of a Result, or returns its failure from the enclosing function.
#define TRY(...)                                                                                             \
  __extension__({                                                                                            \
    auto try_result_ = (__VA_ARGS__);                                                                        \
    if (!try_result_) [[unlikely]]                                                                           \
      return ::helpdesk::Failure(std::move(try_result_).error());                                            \
    std::move(try_result_).take();                                                                           \
  })

} // namespace helpdesk
