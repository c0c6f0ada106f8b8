#include "mime/rtf.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"

#include <cstdint>
#include <vector>

namespace helpdesk::mime {

namespace {

constexpr std::size_t k_most = 16U << 20;
// The dictionary both sides start from (MS-OXRTFCP 2.1.3.1).
constexpr std::string_view k_dictionary =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    "\\fdecor MS Sans SerifSymbolArial"
    "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

std::uint32_t little_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Groups whose content is no text.
bool is_hidden_destination(std::string_view word) {
  for (const std::string_view hidden :
       {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "generator",
        "htmltag", "mhtmltag", "themedata", "listtable", "listoverridetable", "xmlnstbl", "latentstyles"})
    if (word == hidden) return true;
  return false;
}

} // namespace

std::optional<std::string> decompress_rtf(std::string_view bytes) {
  if (bytes.size() < 16) return std::nullopt;
  const std::uint32_t raw_size = little_endian(bytes, 4), magic = little_endian(bytes, 8);
  if (magic == 0x414C454D)
    return std::string(bytes.substr(16, std::min<std::size_t>(raw_size, k_most))); // "MELA": stored
  if (magic != 0x75465A4C) return std::nullopt;                                    // "LZFu"
  std::string window(4096, '\0');
  std::copy(k_dictionary.begin(), k_dictionary.end(), window.begin());
  std::size_t write = k_dictionary.size();
  std::string out;
  std::size_t in = 16;
  const auto put = [&](char c) {
    out += c;
    window[write] = c;
    write = (write + 1) % 4096;
  };
  while (in < bytes.size() && out.size() < k_most) {
    const auto flags = static_cast<unsigned char>(bytes[in++]);
    for (int bit = 0; bit < 8 && in < bytes.size(); ++bit) {
      if (!(flags >> bit & 1)) {
        put(bytes[in++]);
        continue;
      }
      if (in + 1 >= bytes.size()) return out;
      const unsigned token =
          static_cast<unsigned char>(bytes[in]) << 8U | static_cast<unsigned char>(bytes[in + 1]);
      in += 2;
      std::size_t offset = token >> 4U;
      if (offset == write) return out; // the end mark
      for (unsigned n = (token & 15U) + 2; n > 0; --n, offset = (offset + 1) % 4096) put(window[offset]);
    }
  }
  return out;
}

std::string text_of_rtf(std::string_view rtf) {
  struct Group {
    bool hidden = false;
    int unicode_skip = 1;
  };
  std::vector<Group> groups{{}};
  std::string out, bytes; // bytes: 8-bit text that waits for its charset
  std::string charset = "windows-1252";
  bool html = rtf.substr(0, 400).find("\\fromhtml") != std::string_view::npos, html_hidden = false;
  int skip = 0;
  const auto flush = [&] {
    if (!bytes.empty()) out += to_utf8(bytes, charset, nullptr);
    bytes.clear();
  };
  const auto visible = [&] { return !groups.back().hidden && !(html && html_hidden); };
  std::size_t i = 0;
  while (i < rtf.size() && out.size() < k_most) {
    const char c = rtf[i++];
    if (c == '{') {
      if (groups.size() < 1000) groups.push_back(groups.back());
    } else if (c == '}') {
      if (groups.size() > 1) groups.pop_back();
    } else if (c == '\r' || c == '\n') {
      continue;
    } else if (c != '\\') {
      if (skip > 0)
        --skip;
      else if (visible())
        bytes += c;
    } else if (i < rtf.size() && rtf[i] == '\'') {
      const std::string_view digits = rtf.substr(i + 1, 2);
      i = std::min(i + 3, rtf.size());
      int value = 0;
      for (const char d : digits)
        value = value * 16 + (d >= 'a' ? d - 'a' + 10 : d >= 'A' ? d - 'A' + 10 : d - '0');
      if (skip > 0)
        --skip;
      else if (visible())
        bytes += static_cast<char>(value);
    } else if (i < rtf.size() && !((rtf[i] >= 'a' && rtf[i] <= 'z') || (rtf[i] >= 'A' && rtf[i] <= 'Z'))) {
      const char symbol = rtf[i++];
      if (symbol == '*')
        groups.back().hidden = true;
      else if (symbol == '~' && visible())
        bytes += ' ';
      else if ((symbol == '\\' || symbol == '{' || symbol == '}') && visible())
        bytes += symbol;
    } else {
      const std::size_t start = i;
      while (i < rtf.size() && ((rtf[i] >= 'a' && rtf[i] <= 'z') || (rtf[i] >= 'A' && rtf[i] <= 'Z'))) ++i;
      const std::string_view word = rtf.substr(start, i - start);
      const std::size_t number_start = i;
      if (i < rtf.size() && rtf[i] == '-') ++i;
      int number = 0;
      while (i < rtf.size() && rtf[i] >= '0' && rtf[i] <= '9') {
        if (number < 10'000'000) number = number * 10 + (rtf[i] - '0');
        ++i;
      }
      if (number_start < rtf.size() && rtf[number_start] == '-') number = -number;
      if (i < rtf.size() && rtf[i] == ' ') ++i;
      if (word == "par" || word == "line" || word == "row") {
        if (visible()) bytes += '\n';
      } else if (word == "tab" || word == "cell") {
        if (visible()) bytes += '\t';
      } else if (word == "u") {
        flush();
        if (visible()) append_utf8(out, static_cast<char32_t>(number < 0 ? number + 65536 : number));
        skip = groups.back().unicode_skip;
      } else if (word == "uc") {
        groups.back().unicode_skip = number < 0 || number > 16 ? 1 : number;
      } else if (word == "ansicpg") {
        charset = "windows-" + std::to_string(number);
      } else if (word == "htmlrtf") {
        html_hidden = number_start == i || number != 0 || rtf[number_start] != '0';
      } else if (is_hidden_destination(word)) {
        groups.back().hidden = true;
      }
    }
  }
  flush();
  return clean_utf8(std::string(trim(out)));
}

} // namespace helpdesk::mime
