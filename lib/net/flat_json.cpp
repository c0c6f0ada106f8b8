#include "net/flat_json.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr std::size_t k_limit = 1U << 20;

class Reader {
 public:
  explicit Reader(std::string_view s) : s_(s) {}

  Result<std::map<std::string, std::string, std::less<>>> object() {
    std::map<std::string, std::string, std::less<>> members;
    space();
    if (!take('{')) return bad();
    space();
    if (take('}')) return done(std::move(members));
    do {
      space();
      const auto name = string();
      space();
      if (!name || !take(':')) return bad();
      space();
      const bool is_string = peek() == '"';
      const auto value = is_string ? string() : raw();
      if (!value) return bad();
      if (is_string || *value != "null") members.insert_or_assign(*name, *value);
      space();
    } while (take(','));
    if (!take('}')) return bad();
    return done(std::move(members));
  }

 private:
  static Failure bad() { return failed("not a JSON object"); }
  Result<std::map<std::string, std::string, std::less<>>>
  done(std::map<std::string, std::string, std::less<>> members) {
    space();
    if (at_ != s_.size()) return bad();
    return members;
  }
  char peek() const { return at_ < s_.size() ? s_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void space() {
    while (at_ < s_.size() && (s_[at_] == ' ' || s_[at_] == '\t' || s_[at_] == '\r' || s_[at_] == '\n'))
      ++at_;
  }

  std::optional<std::uint32_t> hex4() {
    if (s_.size() - at_ < 4) return std::nullopt;
    std::uint32_t n = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = s_[at_++];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return std::nullopt;
      n = n * 16 + static_cast<std::uint32_t>(digit);
    }
    return n;
  }

  bool escape(std::string& out) {
    constexpr std::string_view k_from = "\"\\/bfnrt", k_to = "\"\\/\b\f\n\r\t";
    const char c = peek();
    ++at_;
    if (const std::size_t i = k_from.find(c); c != '\0' && i != std::string_view::npos) {
      out += k_to[i];
      return true;
    }
    if (c != 'u') return false;
    auto unit = hex4();
    if (!unit) return false;
    if (*unit >= 0xd800 && *unit < 0xdc00 && s_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const auto low = hex4();
      if (!low || *low < 0xdc00 || *low >= 0xe000) return false;
      unit = 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
    } else if (*unit >= 0xd800 && *unit < 0xe000) {
      unit = 0xfffd;
    }
    append_utf8(out, *unit);
    return true;
  }

  std::optional<std::string> string() {
    if (!take('"')) return std::nullopt;
    std::string out;
    while (at_ < s_.size()) {
      const char c = s_[at_++];
      if (c == '"') return clean_utf8(out);
      if (c != '\\')
        out += c;
      else if (!escape(out))
        return std::nullopt;
    }
    return std::nullopt;
  }

  // A number, a word, or a nested value with its brackets balanced.
  std::optional<std::string> raw() {
    const std::size_t begin = at_;
    int depth = 0;
    while (at_ < s_.size()) {
      const char c = s_[at_];
      if (c == '"') {
        if (!string()) return std::nullopt;
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}')) break;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
    const std::string_view text = trim(s_.substr(begin, at_ - begin));
    if (text.empty() || depth != 0) return std::nullopt;
    return std::string(text);
  }

  std::string_view s_;
  std::size_t at_ = 0;
};

} // namespace

Result<std::map<std::string, std::string, std::less<>>> parse_flat_json(std::string_view text) {
  if (text.size() > k_limit) return failed("a JSON object of more than 1 MB");
  return Reader(text).object();
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : clean_utf8(text)) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + "\"";
}

} // namespace helpdesk::net
