#include "liquid/decimal.hpp"

#include "liquid/characters.hpp"
#include "liquid/number_text.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace helpdesk::liquid {

namespace {

using Wide = __int128;
constexpr Wide k_most = (static_cast<Wide>(1) << 126) - 1;
constexpr int k_digits = 37;

bool multiply(Wide a, Wide b, Wide& product) {
  return !__builtin_mul_overflow(a, b, &product) && product <= k_most && product >= -k_most;
}

bool scale_up(Wide& digits, int by) {
  for (; by > 0; --by)
    if (!multiply(digits, 10, digits)) return false;
  return true;
}

std::string text_of(Wide digits) {
  if (digits == 0) return "0";
  const bool negative = digits < 0;
  std::string text;
  for (auto rest = negative ? -digits : digits; rest != 0; rest /= 10)
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  return negative ? "-" + text : text;
}

Wide floor_divide(Wide a, Wide b) {
  const auto quotient = a / b;
  return (a % b != 0 && ((a < 0) != (b < 0))) ? quotient - 1 : quotient;
}

std::int64_t clamp(Wide value) {
  if (value > INT64_MAX) return INT64_MAX;
  if (value < INT64_MIN) return INT64_MIN;
  return static_cast<std::int64_t>(value);
}

std::int64_t clamp(double value) {
  if (std::isnan(value)) return 0;
  if (value >= 9.2233720368547758e18) return INT64_MAX;
  if (value <= -9.2233720368547758e18) return INT64_MIN;
  return static_cast<std::int64_t>(value);
}

} // namespace

Decimal Decimal::exact(Wide digits, int scale, bool integer) {
  Decimal result;
  result.digits_ = digits;
  result.scale_ = scale;
  result.integer_ = integer;
  return result;
}

Decimal Decimal::inexact(double number) {
  Decimal result;
  result.exact_ = result.integer_ = false;
  result.number_ = number;
  return result;
}

Decimal Decimal::of(std::int64_t integer) { return exact(integer, 0, true); }

Decimal Decimal::of(double number) {
  if (!std::isfinite(number) || std::fabs(number) >= 1e30) return inexact(number);
  char buffer[400];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed).ptr;
  Wide digits = 0;
  int scale = 0;
  bool point = false;
  for (const auto* at = buffer; at != end; ++at) {
    if (*at == '.') point = true;
    if (!is_ascii_digit(*at)) continue;
    if (!multiply(digits, 10, digits)) return inexact(number);
    digits += *at - '0';
    if (point && ++scale > k_digits) return inexact(number);
  }
  return exact(number < 0 ? -digits : digits, scale, false);
}

Decimal Decimal::parse(std::string_view text) {
  const auto number = strip(text);
  auto digits = number;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  const auto point = digits.find('.');
  bool decimal = point != std::string_view::npos && point > 0 && point + 1 < digits.size();
  for (std::size_t i = 0; decimal && i < digits.size(); ++i)
    decimal = i == point || is_ascii_digit(digits[i]);
  if (!decimal) return of(leading_integer(text));
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  if (digits.size() > k_digits) return inexact(value);
  Wide all = 0;
  for (const char c : digits)
    if (c != '.') all = all * 10 + (c - '0');
  return exact(number.front() == '-' ? -all : all, static_cast<int>(digits.size() - point - 1), false);
}

bool Decimal::is_zero() const { return exact_ ? digits_ == 0 : number_ == 0; }
bool Decimal::is_finite() const { return exact_ || std::isfinite(number_); }

double Decimal::to_double() const {
  if (!exact_) return number_;
  const auto text = text_of(digits_) + "e-" + std::to_string(scale_);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Value Decimal::value() const {
  if (integer_ && digits_ <= INT64_MAX && digits_ >= INT64_MIN)
    return Value(static_cast<std::int64_t>(digits_));
  return Value(to_double());
}

bool Decimal::align(const Decimal& other, Wide& a, Wide& b, int& scale) const {
  if (!exact_ || !other.exact_) return false;
  a = digits_;
  b = other.digits_;
  scale = std::max(scale_, other.scale_);
  return scale_up(a, scale - scale_) && scale_up(b, scale - other.scale_);
}

Decimal Decimal::operator+(const Decimal& other) const {
  Wide a = 0, b = 0;
  int scale = 0;
  if (!align(other, a, b, scale) || std::abs(static_cast<double>(a) + static_cast<double>(b)) >= 8e37)
    return inexact(to_double() + other.to_double());
  return exact(a + b, scale, integer_ && other.integer_);
}

Decimal Decimal::operator-(const Decimal& other) const {
  auto negated = other;
  negated.digits_ = -negated.digits_;
  negated.number_ = -negated.number_;
  return *this + negated;
}

Decimal Decimal::operator*(const Decimal& other) const {
  Wide product = 0;
  if (!exact_ || !other.exact_ || !multiply(digits_, other.digits_, product) ||
      scale_ + other.scale_ > 2 * k_digits)
    return inexact(to_double() * other.to_double());
  return exact(product, scale_ + other.scale_, integer_ && other.integer_);
}

Decimal Decimal::operator/(const Decimal& other) const {
  if (!exact_ || !other.exact_) return inexact(to_double() / other.to_double());
  if (integer_ && other.integer_) return exact(floor_divide(digits_, other.digits_), 0, true);
  // As many digits as fit: well beyond what a double keeps.
  auto dividend = digits_;
  int scale = scale_ - other.scale_;
  while (scale < 30 && multiply(dividend, 10, dividend)) ++scale;
  auto quotient = dividend / other.digits_;
  if (scale >= 0) return exact(quotient, scale, false);
  return scale_up(quotient, -scale) ? exact(quotient, 0, false) : inexact(to_double() / other.to_double());
}

Decimal Decimal::operator%(const Decimal& other) const {
  Wide a = 0, b = 0;
  int scale = 0;
  if (!align(other, a, b, scale)) {
    const auto divisor = other.to_double();
    return inexact(to_double() - divisor * std::floor(to_double() / divisor));
  }
  return exact(a - b * floor_divide(a, b), scale, integer_ && other.integer_);
}

int Decimal::compare(const Decimal& other) const {
  Wide a = 0, b = 0;
  int scale = 0;
  if (align(other, a, b, scale)) return a < b ? -1 : a > b;
  const auto x = to_double(), y = other.to_double();
  return x < y ? -1 : x > y;
}

Decimal Decimal::absolute() const {
  auto result = *this;
  if (result.digits_ < 0) result.digits_ = -result.digits_;
  result.number_ = std::fabs(result.number_);
  return result;
}

Decimal Decimal::round(std::int64_t places) const {
  if (!exact_) return *this;
  if (places >= scale_) return *this;
  if (scale_ - places > k_digits) return exact(0, 0, integer_ || places <= 0);
  Wide unit = 1;
  scale_up(unit, static_cast<int>(scale_ - places));
  const auto magnitude = digits_ < 0 ? -digits_ : digits_;
  auto kept = magnitude / unit;
  if (magnitude % unit * 2 >= unit) ++kept;
  if (digits_ < 0) kept = -kept;
  if (places >= 0) return exact(kept, static_cast<int>(places), integer_);
  return scale_up(kept, static_cast<int>(-places))
             ? exact(kept, 0, true)
             : inexact(static_cast<double>(kept) * std::pow(10.0, -places));
}

std::int64_t Decimal::floor() const {
  if (!exact_) return clamp(std::floor(number_));
  Wide unit = 1;
  if (!scale_up(unit, scale_)) return digits_ < 0 ? -1 : 0;
  return clamp(floor_divide(digits_, unit));
}

std::int64_t Decimal::ceil() const {
  if (!exact_) return clamp(std::ceil(number_));
  auto negated = *this;
  negated.digits_ = -digits_;
  const auto down = negated.floor();
  return down == INT64_MIN ? INT64_MAX : -down;
}

std::int64_t Decimal::rounded() const {
  if (!exact_) return clamp(std::round(number_));
  return round(0).floor();
}

} // namespace helpdesk::liquid
