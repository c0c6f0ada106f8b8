#include "mime/transfer.hpp"

#include "base/text.hpp"

#include <array>
#include <cstdint>

namespace helpdesk::mime {

namespace {

constexpr std::array<std::int8_t, 256> base64_table() {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}
constexpr auto k_base64 = base64_table();

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

} // namespace

std::string decode_base64(std::string_view text, bool& damaged) {
  std::string out;
  out.resize(text.size() / 4 * 3 + 3);
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  std::uint32_t bits = 0;
  int have = 0;
  std::size_t used = 0, skipped = 0, i = 0;
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t n = text.size();
  while (i < n) {
    while (have == 0 && i + 4 <= n) { // whole quartets: nearly all of the input
      const int a = k_base64[in[i]], b = k_base64[in[i + 1]], c = k_base64[in[i + 2]],
                d = k_base64[in[i + 3]];
      if ((a | b | c | d) < 0) break;
      const auto word = static_cast<std::uint32_t>(a << 18 | b << 12 | c << 6 | d);
      *to++ = static_cast<unsigned char>(word >> 16);
      *to++ = static_cast<unsigned char>(word >> 8);
      *to++ = static_cast<unsigned char>(word);
      used += 4;
      i += 4;
    }
    if (i >= n) break;
    const unsigned char c = in[i++];
    const int value = k_base64[c];
    if (value < 0) {
      if (c == '=') { // padding ends a run; concatenated runs go on
        if (have == 2) *to++ = static_cast<unsigned char>(bits >> 4);
        if (have == 3) {
          *to++ = static_cast<unsigned char>(bits >> 10);
          *to++ = static_cast<unsigned char>(bits >> 2);
        }
        have = 0;
        bits = 0;
      } else if (c != '\r' && c != '\n' && c != ' ' && c != '\t') {
        ++skipped;
      }
      continue;
    }
    ++used;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++have == 4) {
      *to++ = static_cast<unsigned char>(bits >> 16);
      *to++ = static_cast<unsigned char>(bits >> 8);
      *to++ = static_cast<unsigned char>(bits);
      have = 0;
      bits = 0;
    }
  }
  if (have == 2) *to++ = static_cast<unsigned char>(bits >> 4);
  if (have == 3) {
    *to++ = static_cast<unsigned char>(bits >> 10);
    *to++ = static_cast<unsigned char>(bits >> 2);
  }
  out.resize(static_cast<std::size_t>(reinterpret_cast<char*>(to) - out.data()));
  damaged = skipped > 0 && skipped * 50 > used;
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t equals = text.find('=', i);
    if (equals == std::string_view::npos) {
      out.append(text.substr(i));
      break;
    }
    out.append(text.substr(i, equals - i));
    i = equals + 1;
    if (i + 1 < text.size() && hex_value(text[i]) >= 0 && hex_value(text[i + 1]) >= 0) {
      out += static_cast<char>(hex_value(text[i]) << 4 | hex_value(text[i + 1]));
      i += 2;
      continue;
    }
    // A soft line break, with the white space that gateways put before the line end.
    std::size_t j = i;
    while (j < text.size() && (text[j] == ' ' || text[j] == '\t')) ++j;
    if (j >= text.size()) {
      i = j;
    } else if (text[j] == '\r' || text[j] == '\n') {
      i = j + (text[j] == '\r' && j + 1 < text.size() && text[j + 1] == '\n' ? 2 : 1);
    } else {
      out += '='; // not an encoding: kept as it stands
    }
  }
  return out;
}

std::vector<UuFile> find_uuencoded(std::string_view text) {
  std::vector<UuFile> files;
  std::size_t pos = 0;
  while (files.size() < 1000) {
    std::size_t begin = text.find("begin ", pos);
    if (begin == std::string_view::npos) break;
    pos = begin + 6;
    if (begin > 0 && text[begin - 1] != '\n') continue;
    std::size_t i = pos;
    while (i < text.size() && text[i] >= '0' && text[i] <= '7') ++i;
    if (i - pos < 3 || i - pos > 4 || i >= text.size() || text[i] != ' ') continue;
    std::size_t line_end = text.find('\n', i);
    if (line_end == std::string_view::npos) break;
    UuFile file;
    file.begin = begin;
    file.name = std::string(trim(text.substr(i + 1, line_end - i - 1)));
    std::size_t at = line_end + 1;
    bool complete = false, valid = !file.name.empty();
    while (valid && at < text.size()) {
      line_end = std::min(text.find('\n', at), text.size());
      std::string_view line = text.substr(at, line_end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      at = std::min(line_end + 1, text.size());
      if (line == "end") {
        complete = true;
        break;
      }
      if (line.empty()) continue;
      const int length = (line[0] - 32) & 63;
      const std::size_t needed = static_cast<std::size_t>((length + 2) / 3 * 4);
      // Trailing spaces get lost on the way, so a short line is filled up; a much longer one is prose.
      if (line[0] < 32 || line[0] > 96 || line.size() > needed + 5) {
        valid = false;
        break;
      }
      const auto digit = [&](std::size_t index) {
        return index < line.size() ? (static_cast<unsigned char>(line[index]) - 32) & 63 : 0;
      };
      std::string bytes;
      for (std::size_t k = 1; k < needed + 1; k += 4) {
        const int word = digit(k) << 18 | digit(k + 1) << 12 | digit(k + 2) << 6 | digit(k + 3);
        bytes += static_cast<char>(word >> 16);
        bytes += static_cast<char>(word >> 8);
        bytes += static_cast<char>(word);
      }
      bytes.resize(static_cast<std::size_t>(length));
      file.content += bytes;
    }
    if (!complete) continue;
    file.end = at;
    pos = at;
    files.push_back(std::move(file));
  }
  return files;
}

std::string decode_transfer(std::string_view content, std::string_view encoding, bool& damaged) {
  damaged = false;
  const std::string name = ascii_lower(trim(encoding));
  if (name == "base64") {
    std::string decoded = decode_base64(content, damaged);
    if (damaged) return std::string(content);
    return decoded;
  }
  if (name == "quoted-printable") return decode_quoted_printable(content);
  if (name == "x-uuencode" || name == "x-uue" || name == "uuencode" || name == "x-uu") {
    std::vector<UuFile> files = find_uuencoded(content);
    if (!files.empty()) return std::move(files.front().content);
    damaged = true;
  }
  return std::string(content);
}

} // namespace helpdesk::mime
