#include "mime/charset.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include <iconv.h>

namespace helpdesk::mime {

namespace {

// What 0x80 to 0x9f mean in windows-1252; the five unassigned ones would be C1 controls and become U+FFFD.
constexpr std::array<char16_t, 32> k_windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

// Names that iconv does not know, or where senders mean a superset of what they declare.
struct Alias {
  std::string_view name, iconv_name;
};
constexpr Alias k_aliases[] = {
    {"ansi_x3.110-1983", "CP1252"},
    {"big5", "BIG5-HKSCS"},
    {"cp-850", "CP850"},
    {"cn-big5", "BIG5-HKSCS"},
    {"euc-kr", "CP949"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-8-e", "ISO-8859-8"},
    {"iso-8859-6-i", "ISO-8859-6"},
    {"iso-8859-9", "CP1254"},
    {"iso-8859-11", "CP874"},
    {"iso-2022-jp", "ISO-2022-JP-2"},
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601", "CP949"},
    {"ksc5601", "CP949"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"x-mac-roman", "MACINTOSH"},
    {"macroman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"x-user-defined", "CP1252"},
    {"unicode", "UTF-16"},
    {"x-unknown", ""},
    {"unknown-8bit", ""},
    {"unknown", ""},
    {"default_charset", ""},
    {"default", ""},
    {"binary", ""},
    {"8bit", ""},
};

bool is_latin1(std::string_view name) {
  return name == "iso-8859-1" || name == "iso8859-1" || name == "iso_8859-1" || name == "latin1" ||
         name == "latin-1" || name == "l1" || name == "windows-1252" || name == "cp1252" ||
         name == "cp-1252" || name == "x-cp1252" || name == "ansi" ||
         name == "iso-8859-1-windows-3.0-latin-1" || name == "iso-8859-1-windows-3.1-latin-1";
}

bool is_ascii_name(std::string_view name) {
  return name.empty() || name == "us-ascii" || name == "ascii" || name == "ansi_x3.4-1968" ||
         name == "iso646-us" || name == "7bit";
}

std::string windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0)
      append_utf8(out, 0xFFFD);
    else if (byte < 0x80)
      out += c;
    else
      append_utf8(out, byte < 0xA0 ? k_windows_1252[byte - 0x80] : byte);
  }
  return out;
}

const iconv_t k_no_converter = reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr): POSIX

// iconv_open loads and parses; a handle a thread and charset is kept.
struct Converters {
  struct Entry {
    std::string name;
    iconv_t handle;
  };
  std::vector<Entry> entries;
  ~Converters() {
    for (const Entry& entry : entries)
      if (entry.handle != k_no_converter) iconv_close(entry.handle);
  }
  iconv_t get(const std::string& name) {
    for (const Entry& entry : entries)
      if (entry.name == name) return entry.handle;
    if (entries.size() >= 32) {
      if (entries.front().handle != k_no_converter) iconv_close(entries.front().handle);
      entries.erase(entries.begin());
    }
    errno = 0;
    iconv_t made = iconv_open("UTF-8", name.c_str());
    // Without memory is not unknown: another charset would be taken, and the mail kept misread.
    if (made == k_no_converter && errno == ENOMEM) throw std::bad_alloc();
    entries.push_back({name, made});
    return made;
  }
};

bool is_sane_name(std::string_view name) {
  // iconv_open takes "//TRANSLIT" and may take a path: only plain names get there.
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':' ||
           c == '+';
  });
}

// nullopt when iconv does not know the name, or when nearly nothing could be read.
std::optional<std::string> by_iconv(std::string_view bytes, const std::string& name, bool& damaged) {
  thread_local Converters converters;
  const iconv_t handle = converters.get(name);
  if (handle == k_no_converter) return std::nullopt;
  iconv(handle, nullptr, nullptr, nullptr, nullptr);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2 + 16);
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size(), bad = 0;
  std::array<char, 16384> buffer;
  bool flushing = left == 0;
  for (;;) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done =
        flushing ? iconv(handle, nullptr, nullptr, &to, &room) : iconv(handle, &in, &left, &to, &room);
    const int error = errno;
    out.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1)) {
      if (flushing) break;
      flushing = true;
      continue;
    }
    if (error == E2BIG) continue;
    if (flushing || left == 0) break;
    damaged = true;
    append_utf8(out, 0xFFFD);
    ++in;
    --left;
    // Garbage costs a call a byte: when most of it is garbage the name is a lie.
    ++bad;
    if (bad > 1000 && bad * 4 > bytes.size() - left) return std::nullopt;
    if (left == 0) flushing = true;
  }
  return out;
}

bool has_valid_sequence(std::string_view bytes) {
  std::size_t pos = 0, tries = 0;
  while (pos < bytes.size() && tries < 4096) {
    if (static_cast<unsigned char>(bytes[pos]) < 0x80) {
      ++pos;
      continue;
    }
    ++tries;
    if (next_code_point(bytes, pos) != 0xFFFD) return true;
  }
  return false;
}

void drop_byte_order_mark(std::string& text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
}

} // namespace

bool is_ascii(std::string_view bytes) {
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    if (word & 0x8080808080808080ULL) return false;
  }
  for (; i < bytes.size(); ++i)
    if (static_cast<unsigned char>(bytes[i]) >= 0x80) return false;
  return true;
}

void add_defect(std::vector<std::string>* defects, std::string text) {
  if (!defects || defects->size() >= 50) return;
  if (std::find(defects->begin(), defects->end(), text) == defects->end())
    defects->push_back(std::move(text));
}

std::string guess_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return clean_utf8(bytes);
  return windows_1252(bytes);
}

std::string to_utf8(std::string_view bytes, std::string_view charset, std::vector<std::string>* defects) {
  const std::string name = ascii_lower(trim(charset));
  std::string text;
  if (is_ascii_name(name)) {
    text = guess_utf8(bytes);
  } else if (name == "utf-8" || name == "utf8" || name == "utf_8" || name == "unicode-1-1-utf-8") {
    if (is_valid_utf8(bytes)) {
      text = clean_utf8(bytes);
    } else if (!has_valid_sequence(bytes)) {
      add_defect(defects, "text declared as utf-8 is not: read as windows-1252");
      text = windows_1252(bytes);
    } else {
      add_defect(defects, "damaged utf-8: unreadable bytes replaced");
      text = clean_utf8(bytes);
    }
  } else if (is_latin1(name)) {
    text = windows_1252(bytes);
  } else {
    std::string target = name;
    for (const Alias& alias : k_aliases)
      if (alias.name == name) target = alias.iconv_name;
    bool damaged = false;
    std::optional<std::string> converted;
    if (is_sane_name(ascii_lower(target))) converted = by_iconv(bytes, target, damaged);
    if (!converted) {
      const bool valid = is_valid_utf8(bytes);
      text = guess_utf8(bytes);
      if (!is_ascii(bytes) || !is_ascii(text))
        add_defect(defects, "charset " + clean_utf8(name.substr(0, 40)) + ": read as " +
                                (valid ? "utf-8" : "windows-1252"));
    } else {
      if (damaged)
        add_defect(defects, "charset " + clean_utf8(name.substr(0, 40)) + ": unreadable bytes replaced");
      text = clean_utf8(*converted);
    }
  }
  drop_byte_order_mark(text);
  return text;
}

} // namespace helpdesk::mime
