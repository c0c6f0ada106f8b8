#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"

#include <algorithm>
#include <cstring>

namespace helpdesk::liquid::filters {

namespace {

std::size_t find_text(std::string_view text, std::string_view part, std::size_t from) {
  if (part.empty()) return from;
  const void* found =
      from > text.size() ? nullptr : memmem(text.data() + from, text.size() - from, part.data(), part.size());
  return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
               : std::string_view::npos;
}

std::size_t next_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() ? at + 1 : code_point_offset(text, at, 1);
}

std::size_t count_text(std::string_view text, std::string_view part) {
  if (part.empty()) return count_characters(text) + 1;
  if (part.size() == 1) return static_cast<std::size_t>(std::count(text.begin(), text.end(), part[0]));
  std::size_t n = 0;
  for (auto at = find_text(text, part, 0); at != std::string_view::npos;
       at = find_text(text, part, at + part.size()))
    ++n;
  return n;
}

// Ruby's gsub with a plain pattern: an empty one matches before every character and at the end. The size is
// known before anything is made, so that a bomb costs nothing.
Value replace_all_of(const FilterInput& call, std::string_view text, std::string_view part,
                     std::string_view replacement) {
  auto& run = call.context.run;
  const auto matches = count_text(text, part);
  if (matches == 0) return made(call, text);
  run.check_made(text.size() + matches * replacement.size() - matches * part.size());
  run.step(matches / 4 + text.size() / 4096);
  std::string out;
  out.reserve(text.size() + matches * replacement.size() - matches * part.size());
  std::size_t at = 0;
  while (true) {
    const auto found = find_text(text, part, at);
    if (found == std::string_view::npos || found > text.size()) break;
    out += text.substr(at, found - at);
    out += replacement;
    if (part.empty()) {
      const auto next = next_boundary(text, found);
      if (found < text.size()) out += text.substr(found, next - found);
      at = next;
    } else {
      at = found + part.size();
    }
  }
  if (at < text.size()) out += text.substr(at);
  return made(call, out);
}

Value spliced(const FilterInput& call, std::string_view text, std::size_t at, std::size_t length,
              std::string_view with) {
  call.context.run.check_made(text.size() - length + with.size());
  std::string out;
  out.reserve(text.size() - length + with.size());
  out.append(text.substr(0, at)).append(with).append(text.substr(at + length));
  return made(call, out);
}

Value replace_one(const FilterInput& call, std::string_view with, bool from_end) {
  const TextOf text(call.input), part(call.argument(0));
  const auto at = from_end ? text.view.rfind(part.view) : find_text(text.view, part.view, 0);
  if (at == std::string_view::npos) return text.value();
  return spliced(call, text.view, at, part.view.size(), with);
}

} // namespace

Value strip(const FilterInput& call) {
  const TextOf text(call.input);
  return text.part(liquid::strip(text.view));
}

Value lstrip(const FilterInput& call) {
  const TextOf text(call.input);
  return text.part(strip_left(text.view));
}

Value rstrip(const FilterInput& call) {
  const TextOf text(call.input);
  return text.part(strip_right(text.view));
}

Value squish(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input);
  return made(call, collapse_spaces(text.view));
}

Value strip_newlines(const FilterInput& call) {
  const TextOf text(call.input);
  std::string out;
  for (std::size_t i = 0; i < text.view.size(); ++i) {
    const char c = text.view[i];
    if (c == '\n' || (c == '\r' && i + 1 < text.view.size() && text.view[i + 1] == '\n')) continue;
    out += c;
  }
  return made(call, out);
}

Value newline_to_br(const FilterInput& call) {
  const TextOf text(call.input);
  std::string out;
  for (std::size_t i = 0; i < text.view.size(); ++i) {
    const char c = text.view[i];
    if (c == '\r' && i + 1 < text.view.size() && text.view[i + 1] == '\n') continue;
    if (c == '\n') out += "<br />";
    out += c;
  }
  return made(call, out);
}

Value append(const FilterInput& call) {
  const TextOf text(call.input), more(call.argument(0));
  return spliced(call, text.view, text.view.size(), 0, more.view);
}

Value prepend(const FilterInput& call) {
  const TextOf text(call.input), more(call.argument(0));
  return spliced(call, text.view, 0, 0, more.view);
}

Value replace(const FilterInput& call) {
  const TextOf text(call.input), part(call.argument(0)), with(call.argument(1));
  return replace_all_of(call, text.view, part.view, with.view);
}

Value remove(const FilterInput& call) {
  const TextOf text(call.input), part(call.argument(0));
  return replace_all_of(call, text.view, part.view, {});
}

Value replace_first(const FilterInput& call) {
  const TextOf with(call.argument(1));
  return replace_one(call, with.view, false);
}
Value remove_first(const FilterInput& call) { return replace_one(call, {}, false); }
Value replace_last(const FilterInput& call) {
  const TextOf with(call.argument(1));
  return replace_one(call, with.view, true);
}
Value remove_last(const FilterInput& call) { return replace_one(call, {}, true); }

Value truncate(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input), ellipsis(call.has(1) ? call.argument(1) : Value::borrowed("..."));
  const auto length = call.has(0) ? to_integer(call.argument(0)) : 50;
  // Enough bytes for every character to be long enough settles it without counting.
  if (length > 0 && static_cast<std::uint64_t>(length) >= text.view.size()) return text.value();
  if (static_cast<std::int64_t>(count_characters(text.view)) <= length) return text.value();
  const auto dots = static_cast<std::int64_t>(count_characters(ellipsis.view));
  const auto kept = length > dots ? length - dots : 0;
  const auto end = code_point_offset(text.view, 0, kept);
  return spliced(call, text.view, end, text.view.size() - end, ellipsis.view);
}

Value truncatewords(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input), ellipsis(call.has(1) ? call.argument(1) : Value::borrowed("..."));
  const auto most = std::max<std::int64_t>(1, call.has(0) ? to_integer(call.argument(0)) : 15);
  std::string out;
  std::int64_t words = 0;
  std::size_t at = 0;
  while (true) {
    while (at < text.view.size() && liquid::is_space(text.view[at])) ++at;
    if (at >= text.view.size()) return text.value();
    if (words == most) break;
    auto end = at;
    while (end < text.view.size() && !liquid::is_space(text.view[end])) ++end;
    if (words++ > 0) out += ' ';
    out += text.view.substr(at, end - at);
    at = end;
  }
  out += ellipsis.view;
  return made(call, out);
}

Value split(const FilterInput& call) {
  const TextOf text(call.input), separator(call.argument(0));
  std::vector<Value> parts;
  auto& run = call.context.run;
  const auto add = [&](std::string_view part) {
    run.step(2);
    run.charge(sizeof(Value) + 16 + part.size());
    parts.emplace_back(part);
  };
  if (separator.view == " ") {
    for (std::size_t at = 0; at < text.view.size();) {
      while (at < text.view.size() && liquid::is_space(text.view[at])) ++at;
      auto end = at;
      while (end < text.view.size() && !liquid::is_space(text.view[end])) ++end;
      if (end > at) add(text.view.substr(at, end - at));
      at = end;
    }
    return Value::array(std::move(parts));
  }
  for (std::size_t at = 0; at < text.view.size();) {
    if (separator.view.empty()) {
      const auto next = next_boundary(text.view, at);
      add(text.view.substr(at, next - at));
      at = next;
      continue;
    }
    const auto found = find_text(text.view, separator.view, at);
    if (found == std::string_view::npos) {
      add(text.view.substr(at));
      break;
    }
    add(text.view.substr(at, found - at));
    at = found + separator.view.size();
  }
  while (!parts.empty() && parts.back().as_string().empty()) parts.pop_back();
  return Value::array(std::move(parts));
}

} // namespace helpdesk::liquid::filters
