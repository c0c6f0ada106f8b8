// Instants in columns that are compared and indexed: whole seconds take half the bytes that microseconds do,
// and nearly every time is whole. Any other is a fraction, exact to the microsecond until the year 2242.
#pragma once

#include "base/time.hpp"
#include "store/sqlite/connection.hpp"

#include <cstdint>

namespace helpdesk::store::sqlite {

struct Seconds {
  explicit Seconds(std::int64_t us) : micros(us) {}
  explicit Seconds(Instant t) : micros(helpdesk::micros(t)) {}
  std::int64_t micros;

  bool is_whole() const { return micros % 1'000'000 == 0; }
  std::int64_t whole() const { return micros / 1'000'000; }
  double real() const;
  bool is_exact() const; // what the column gives back is this
};

void bind_seconds(Statement& s, int index, Seconds seconds);
// Of a column; damaged ones give some time.
Instant instant_of_column(const Statement& s, int column);

} // namespace helpdesk::store::sqlite
