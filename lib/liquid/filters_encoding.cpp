#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"

namespace helpdesk::liquid::filters {

namespace {

int hex_digit(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int base64_digit(char c, bool url_safe) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_ascii_digit(c)) return c - '0' + 52;
  if (c == '+' || (url_safe && c == '-')) return 62;
  if (c == '/' || (url_safe && c == '_')) return 63;
  return -1;
}

// Strict: full groups of four with their padding; url_safe does without padding. Nothing when it is not
// base64.
std::optional<std::string> decode(std::string_view text, bool url_safe) {
  std::size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') {
    text.remove_suffix(1);
    ++padding;
  }
  const auto rest = text.size() % 4;
  if (rest == 1 || (padding > 0 && (rest + padding) % 4 != 0) || (padding == 0 && rest != 0 && !url_safe))
    return std::nullopt;
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = base64_digit(c, url_safe);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return out;
}

Value decoded(const FilterInput& call, bool url_safe, const char* name) {
  const TextOf text(call.input);
  const auto bytes = decode(text.view, url_safe);
  if (!bytes) argument_error(std::string("invalid base64 provided to ") + name);
  return made(call, *bytes);
}

} // namespace

Value url_encode(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input);
  static constexpr char k_hex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text.view) {
    if (is_word(c) || c == '.' || c == '-' || c == '~' || c == '*') {
      out += c == '*' ? std::string("%2A") : std::string(1, c);
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += k_hex[static_cast<unsigned char>(c) >> 4];
      out += k_hex[static_cast<unsigned char>(c) & 15];
    }
  }
  return made(call, out);
}

Value url_decode(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input);
  std::string out;
  for (std::size_t i = 0; i < text.view.size(); ++i) {
    const char c = text.view[i];
    const auto high = c == '%' && i + 2 < text.view.size() ? hex_digit(text.view[i + 1]) : -1;
    const auto low = high >= 0 ? hex_digit(text.view[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += c == '+' ? ' ' : c;
    }
  }
  if (!is_valid_utf8(out)) argument_error("invalid byte sequence in UTF-8");
  return made(call, out);
}

Value base64_encode(const FilterInput& call) {
  const TextOf text(call.input);
  return made(call, helpdesk::base64_encode(text.view));
}

Value base64_url_safe_encode(const FilterInput& call) {
  const TextOf text(call.input);
  auto out = helpdesk::base64_encode(text.view);
  for (auto& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return made(call, out);
}

Value base64_decode(const FilterInput& call) { return decoded(call, false, "base64_decode"); }
Value base64_url_safe_decode(const FilterInput& call) {
  return decoded(call, true, "base64_url_safe_decode");
}

} // namespace helpdesk::liquid::filters
