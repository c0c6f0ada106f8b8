#include "liquid/decimal.hpp"
#include "liquid/filter_items.hpp"
#include "liquid/filters.hpp"

namespace helpdesk::liquid::filters {

namespace {

Decimal number(const Value& value) {
  switch (value.kind()) {
  case Kind::integer: return Decimal::of(value.as_integer());
  case Kind::number: return Decimal::of(value.as_number());
  case Kind::string: return Decimal::parse(value.as_string());
  case Kind::object: {
    const auto stand_in = whole(value);
    return stand_in.kind() == Kind::object ? Decimal::of(std::int64_t{0}) : number(stand_in);
  }
  default: return Decimal::of(std::int64_t{0});
  }
}

[[noreturn]] void divided_by_zero() { argument_error("divided by 0"); }

void finite(const Decimal& value) {
  if (!value.is_finite()) argument_error(value.value().to_string());
}

} // namespace

Value abs(const FilterInput& call) { return number(call.input).absolute().value(); }
Value plus(const FilterInput& call) { return (number(call.input) + number(call.argument(0))).value(); }
Value minus(const FilterInput& call) { return (number(call.input) - number(call.argument(0))).value(); }
Value times(const FilterInput& call) { return (number(call.input) * number(call.argument(0))).value(); }

// An integer zero is an error, a decimal one makes infinity.
Value divided_by(const FilterInput& call) {
  const auto input = number(call.input), divisor = number(call.argument(0));
  if (!divisor.is_zero()) return (input / divisor).value();
  if (divisor.is_integer()) divided_by_zero();
  return Value(input.to_double() / 0.0);
}

Value modulo(const FilterInput& call) {
  const auto divisor = number(call.argument(0));
  if (divisor.is_zero()) divided_by_zero();
  return (number(call.input) % divisor).value();
}

Value round(const FilterInput& call) {
  const auto input = number(call.input);
  finite(input);
  const auto places = number(call.argument(0)).floor();
  if (places == 0) return Value(input.rounded());
  return input.round(places).value();
}

Value ceil(const FilterInput& call) {
  const auto input = number(call.input);
  finite(input);
  return Value(input.ceil());
}

Value floor(const FilterInput& call) {
  const auto input = number(call.input);
  finite(input);
  return Value(input.floor());
}

Value at_least(const FilterInput& call) {
  const auto input = number(call.input), limit = number(call.argument(0));
  return limit.compare(input) > 0 ? limit.value() : input.value();
}

Value at_most(const FilterInput& call) {
  const auto input = number(call.input), limit = number(call.argument(0));
  return limit.compare(input) < 0 ? limit.value() : input.value();
}

Value sum(const FilterInput& call) {
  auto total = Decimal::of(std::int64_t{0});
  const bool by_property = call.has(0) && !call.argument(0).is_nil();
  for (const auto& item : items_of(call.context, call.input)) {
    bool indexable = true;
    const auto value = by_property ? property_of(item, call.argument(0), indexable) : item;
    for (const auto& part : items_of(call.context, value)) total = total + number(part);
  }
  return total.value();
}

Value default_value(const FilterInput& call) {
  const auto otherwise = call.has(0) ? call.argument(0) : Value::borrowed("");
  const auto* allow_false = call.find_named("allow_false");
  const auto& input = call.input;
  const bool missing = allow_false && allow_false->truthy() ? input.is_nil() : !input.truthy();
  return missing || is_empty(input) ? otherwise : input;
}

} // namespace helpdesk::liquid::filters
