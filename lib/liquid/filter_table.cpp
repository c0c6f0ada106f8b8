#include "liquid/filter_table.hpp"

#include "liquid/context.hpp"
#include "liquid/filters.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::liquid {

namespace {

namespace f = filters;

// Sorted by name.
constexpr std::array k_filters = {
    FilterEntry{"abs", f::abs, 0, 0},
    FilterEntry{"append", f::append, 1, 1},
    FilterEntry{"at_least", f::at_least, 1, 1},
    FilterEntry{"at_most", f::at_most, 1, 1},
    FilterEntry{"base64_decode", f::base64_decode, 0, 0},
    FilterEntry{"base64_encode", f::base64_encode, 0, 0},
    FilterEntry{"base64_url_safe_decode", f::base64_url_safe_decode, 0, 0},
    FilterEntry{"base64_url_safe_encode", f::base64_url_safe_encode, 0, 0},
    FilterEntry{"capitalize", f::capitalize, 0, 0},
    FilterEntry{"ceil", f::ceil, 0, 0},
    FilterEntry{"compact", f::compact, 0, 1},
    FilterEntry{"concat", f::concat, 1, 1},
    FilterEntry{"date", f::date, 1, 1},
    FilterEntry{"default", f::default_value, 0, 2},
    FilterEntry{"divided_by", f::divided_by, 1, 1},
    FilterEntry{"downcase", f::downcase, 0, 0},
    FilterEntry{"escape", f::escape, 0, 0},
    FilterEntry{"escape_once", f::escape_once, 0, 0},
    FilterEntry{"find", f::find, 1, 2},
    FilterEntry{"find_index", f::find_index, 1, 2},
    FilterEntry{"first", f::first, 0, 0},
    FilterEntry{"floor", f::floor, 0, 0},
    FilterEntry{"h", f::escape, 0, 0},
    FilterEntry{"has", f::has, 1, 2},
    FilterEntry{"join", f::join, 0, 1},
    FilterEntry{"last", f::last, 0, 0},
    FilterEntry{"lstrip", f::lstrip, 0, 0},
    FilterEntry{"map", f::map, 1, 1},
    FilterEntry{"minus", f::minus, 1, 1},
    FilterEntry{"modulo", f::modulo, 1, 1},
    FilterEntry{"newline_to_br", f::newline_to_br, 0, 0},
    FilterEntry{"plus", f::plus, 1, 1},
    FilterEntry{"prepend", f::prepend, 1, 1},
    FilterEntry{"reject", f::reject, 1, 2},
    FilterEntry{"remove", f::remove, 1, 1},
    FilterEntry{"remove_first", f::remove_first, 1, 1},
    FilterEntry{"remove_last", f::remove_last, 1, 1},
    FilterEntry{"replace", f::replace, 1, 2},
    FilterEntry{"replace_first", f::replace_first, 1, 2},
    FilterEntry{"replace_last", f::replace_last, 2, 2},
    FilterEntry{"reverse", f::reverse, 0, 0},
    FilterEntry{"round", f::round, 0, 1},
    FilterEntry{"rstrip", f::rstrip, 0, 0},
    FilterEntry{"size", f::size, 0, 0},
    FilterEntry{"slice", f::slice, 1, 2},
    FilterEntry{"sort", f::sort, 0, 1},
    FilterEntry{"sort_natural", f::sort_natural, 0, 1},
    FilterEntry{"split", f::split, 1, 1},
    FilterEntry{"squish", f::squish, 0, 0},
    FilterEntry{"strip", f::strip, 0, 0},
    FilterEntry{"strip_html", f::strip_html, 0, 0},
    FilterEntry{"strip_newlines", f::strip_newlines, 0, 0},
    FilterEntry{"sum", f::sum, 0, 1},
    FilterEntry{"times", f::times, 1, 1},
    FilterEntry{"truncate", f::truncate, 0, 2},
    FilterEntry{"truncatewords", f::truncatewords, 0, 2},
    FilterEntry{"uniq", f::uniq, 0, 1},
    FilterEntry{"upcase", f::upcase, 0, 0},
    FilterEntry{"url_decode", f::url_decode, 0, 0},
    FilterEntry{"url_encode", f::url_encode, 0, 0},
    FilterEntry{"where", f::where, 1, 2},
};

// The desk's own.
constexpr std::array k_desk_filters = {
    FilterEntry{"datetime_format", f::datetime_format, 0, 1},
    FilterEntry{"fallback", f::fallback, 1, 1},
    FilterEntry{"first_name", f::first_name, 0, 0},
    FilterEntry{"json", f::json, 0, 0},
    FilterEntry{"money", f::money, 0, 1},
    FilterEntry{"quote", f::quote, 0, 1},
};

template <std::size_t N>
const FilterEntry* find_in(const std::array<FilterEntry, N>& table, std::string_view name) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), name,
                       [](const FilterEntry& entry, std::string_view n) { return entry.name < n; });
  return found != table.end() && found->name == name ? &*found : nullptr;
}

[[noreturn]] void wrong_count(const FilterEntry& entry, std::size_t given) {
  auto text = "wrong number of arguments (given " + std::to_string(given + 1) + ", expected " +
              std::to_string(entry.least + 1);
  if (entry.most != entry.least) text += ".." + std::to_string(entry.most + 1);
  argument_error(text + ")");
}

} // namespace

const FilterEntry* find_filter(std::string_view name, bool helpdesk) {
  if (helpdesk)
    if (const auto* entry = find_in(k_desk_filters, name)) return entry;
  return find_in(k_filters, name);
}

std::vector<std::string_view> filter_names(bool helpdesk) {
  std::vector<std::string_view> names;
  for (const auto& entry : k_filters) names.push_back(entry.name);
  if (helpdesk)
    for (const auto& entry : k_desk_filters) names.push_back(entry.name);
  return names;
}

const Value& FilterInput::argument(std::size_t i) const {
  static const Value nil;
  return has(i) ? arguments[i] : nil;
}

const Value* FilterInput::find_named(std::string_view name) const {
  for (const auto& [key, value] : named)
    if (key == name) return &value;
  return nullptr;
}

Value apply_filter(Context& context, const FilterCall& call, const Value& input) {
  constexpr std::size_t k_most = 4;
  if (!call.entry) {
    if (context.run.options.strict_filters)
      throw Failed{.kind = Problem::Kind::undefined,
                   .message = "undefined filter " + std::string(call.name),
                   .offset = static_cast<std::uint32_t>(call.name.data() - context.source->text.data())};
    return input;
  }
  const auto given = call.arguments.size() + (call.named.empty() ? 0 : 1);
  if (given < call.entry->least || given > call.entry->most) wrong_count(*call.entry, given);
  std::array<Value, k_most> arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) arguments[i] = context.evaluate(*call.arguments[i]);
  std::vector<std::pair<std::string_view, Value>> named;
  for (const auto& argument : call.named)
    named.emplace_back(argument.name, context.evaluate(*argument.value));
  if (input.kind() == Kind::object) {
    // Filters see what the object stands for; an object that stands for nothing stays itself.
    auto stand_in = whole(input);
    if (!stand_in.is_nil())
      return call.entry->run({context, stand_in, {arguments.data(), call.arguments.size()}, named});
  }
  return call.entry->run({context, input, {arguments.data(), call.arguments.size()}, named});
}

} // namespace helpdesk::liquid
