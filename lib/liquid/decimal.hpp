// Decimal arithmetic as Ruby's BigDecimal does it, so that 10.1 - 2.2 is 7.9. Exact up to 38 digits; beyond
// that it goes on as a double.
#pragma once

#include "liquid/value.hpp"

#include <cstdint>
#include <string_view>

namespace helpdesk::liquid {

// An integer, or a decimal number.
class Decimal {
 public:
  static Decimal of(std::int64_t integer);
  static Decimal of(double number);            // by its shortest text
  static Decimal parse(std::string_view text); // "-12.50"; anything else is its leading integer

  bool is_integer() const { return integer_; }
  bool is_zero() const;
  Value value() const; // an integer, or a number

  Decimal operator+(const Decimal& other) const;
  Decimal operator-(const Decimal& other) const;
  Decimal operator*(const Decimal& other) const;
  // Rounds down between integers. The divisor must not be zero.
  Decimal operator/(const Decimal& other) const;
  Decimal operator%(const Decimal& other) const; // has the divisor's sign
  int compare(const Decimal& other) const;
  Decimal absolute() const;
  Decimal round(std::int64_t places) const; // half away from zero; stays an integer or a number
  bool is_finite() const;
  std::int64_t floor() const;
  std::int64_t ceil() const;
  std::int64_t rounded() const;
  double to_double() const;

 private:
  using Wide = __int128;
  static Decimal exact(Wide digits, int scale, bool integer);
  static Decimal inexact(double number);
  bool align(const Decimal& other, Wide& a, Wide& b, int& scale) const;
  Wide digits_ = 0;
  int scale_ = 0; // value = digits / 10^scale
  bool integer_ = true;
  bool exact_ = true;
  double number_ = 0; // when not exact
};

} // namespace helpdesk::liquid
