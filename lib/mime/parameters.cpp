#include "mime/parameters.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"

#include <algorithm>
#include <map>

namespace helpdesk::mime {

namespace {

struct Section {
  std::string text;
  bool encoded = false; // percent-encoded: name*0*=
};

struct Continued {
  std::map<int, Section> sections;
  std::string charset;
};

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
      };
      const int high = digit(text[i + 1]), low = digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high << 4 | low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

// Reads one value at s[i]: quoted, or up to the next semicolon.
std::string read_value(std::string_view s, std::size_t& i, bool& quoted) {
  while (i < s.size() && (s[i] == ' ' || s[i] == '\t')) ++i;
  std::string out;
  quoted = i < s.size() && s[i] == '"';
  if (quoted) {
    ++i;
    while (i < s.size() && s[i] != '"') {
      if (s[i] == '\\' && i + 1 < s.size() && (s[i + 1] == '"' || s[i + 1] == '\\'))
        ++i; // but C:\dir keeps its backslash
      out += s[i++];
    }
    while (i < s.size() && s[i] != ';') ++i;
    return out;
  }
  int comment = 0;
  while (i < s.size() && (s[i] != ';' || comment > 0)) {
    if (s[i] == '(' && (comment > 0 || out.empty() || out.back() == ' ')) ++comment;
    if (comment == 0) out += s[i];
    if (s[i] == ')' && comment > 0) --comment;
    ++i;
  }
  return std::string(trim(out));
}

} // namespace

std::string_view Parameterised::get(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

Parameterised parse_parameters(std::string_view raw_value) {
  const std::string s = unfold(raw_value.substr(0, 1 << 20));
  Parameterised result;
  std::size_t i = 0;
  bool quoted = false;
  result.value = ascii_lower(read_value(s, i, quoted));
  // "text / plain" and stray words behind the value
  result.value.erase(
      std::remove_if(result.value.begin(), result.value.end(), [](char c) { return c == ' ' || c == '\t'; }),
      result.value.end());
  std::vector<std::pair<std::string, Continued>> continued;
  while (i < s.size() && result.parameters.size() + continued.size() < 1000) {
    ++i; // the semicolon
    while (i < s.size() && (s[i] == ' ' || s[i] == '\t' || s[i] == ';')) ++i;
    const std::size_t start = i;
    while (i < s.size() && s[i] != '=' && s[i] != ';') ++i;
    std::string name = ascii_lower(trim(std::string_view(s).substr(start, i - start)));
    if (i >= s.size() || s[i] != '=') continue;
    ++i;
    std::string value = read_value(s, i, quoted);
    if (name.empty()) continue;
    const std::size_t star = name.find('*');
    if (star == std::string::npos) {
      // Encoded words in parameters are against RFC 2047, and common.
      std::string text = value.find("=?") != std::string::npos ? decode_header(value) : guess_utf8(value);
      if (result.get(name).empty()) result.parameters.emplace_back(std::move(name), std::move(text));
      continue;
    }
    const std::string base = name.substr(0, star);
    std::string_view rest = std::string_view(name).substr(star + 1);
    Section section;
    int number = 0;
    if (rest.empty()) {
      section.encoded = true;
    } else {
      if (rest.ends_with('*')) {
        section.encoded = true;
        rest.remove_suffix(1);
      }
      if (rest.empty() || rest.size() > 4 ||
          !std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; }))
        continue;
      for (const char c : rest) number = number * 10 + (c - '0');
    }
    auto entry =
        std::find_if(continued.begin(), continued.end(), [&](const auto& c) { return c.first == base; });
    if (entry == continued.end()) entry = continued.insert(continued.end(), {base, {}});
    if (section.encoded && number == 0) {
      const std::size_t first = value.find('\'');
      const std::size_t second = first == std::string::npos ? first : value.find('\'', first + 1);
      if (second != std::string::npos) {
        entry->second.charset = value.substr(0, first);
        value.erase(0, second + 1);
      }
    }
    section.text = section.encoded ? percent_decode(value) : value;
    entry->second.sections.emplace(number, std::move(section));
  }
  for (auto& [name, parts] : continued) {
    std::string bytes;
    for (auto& [number, section] : parts.sections) bytes += section.text;
    std::string text = to_utf8(bytes, parts.charset, nullptr);
    // The extended form wins over the plain one (RFC 6266 section 4.3).
    const auto plain = std::find_if(result.parameters.begin(), result.parameters.end(),
                                    [&name = name](const auto& p) { return p.first == name; });
    if (plain == result.parameters.end())
      result.parameters.emplace_back(name, std::move(text));
    else
      plain->second = std::move(text);
  }
  return result;
}

} // namespace helpdesk::mime
