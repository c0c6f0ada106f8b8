#include "mime/tnef.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/rtf.hpp"

#include <cstdint>

namespace helpdesk::mime {

namespace {

constexpr std::uint32_t k_signature = 0x223E9F78;
constexpr std::size_t k_most_files = 1000;

// Attributes: type in the high half, id in the low one.
enum : std::uint32_t {
  k_body = 0x0002800C,
  k_attach_title = 0x00018010,
  k_attach_data = 0x0006800F,
  k_attach_rendering = 0x00069002,
  k_message_properties = 0x00069003,
  k_attach_properties = 0x00069005,
  k_codepage = 0x00069007,
};

// Bounded little-endian reads: past the end everything is zero and good turns false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  std::size_t left() const { return bytes_.size(); }
  std::string_view take(std::size_t n) {
    if (n > bytes_.size()) {
      good_ = false;
      n = bytes_.size();
    }
    const std::string_view out = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return out;
  }
  std::uint32_t number(int width) {
    const std::string_view b = take(static_cast<std::size_t>(width));
    std::uint32_t value = 0;
    for (std::size_t i = b.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(b[i]);
    return value;
  }
  std::uint32_t u8() { return number(1); }
  std::uint32_t u16() { return number(2); }
  std::uint32_t u32() { return number(4); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

std::string without_end(std::string_view s) {
  while (s.ends_with('\0')) s.remove_suffix(1);
  return std::string(s);
}

std::string utf16(std::string_view bytes) {
  while (bytes.size() >= 2 && bytes.ends_with(std::string_view("\0\0", 2)) && bytes.size() % 2 == 0)
    bytes.remove_suffix(2);
  return to_utf8(bytes, "utf-16le", nullptr);
}

class TnefParser {
 public:
  std::optional<Tnef> parse(std::string_view bytes) {
    Reader in(bytes);
    if (in.u32() != k_signature) return std::nullopt;
    in.u16();
    while (in.good() && in.left() >= 9) {
      const std::uint32_t level = in.u8(), tag = in.u32(), length = in.u32();
      const std::string_view data = in.take(length);
      in.u16(); // checksum: real files get it wrong
      if (level != 1 && level != 2) break;
      attribute(tag, data);
      any_ = true;
    }
    if (!any_) return std::nullopt;
    finish();
    return std::move(result_);
  }

 private:
  std::string text_of(std::string_view bytes) const {
    return to_utf8(without_end(bytes), codepage_, nullptr);
  }

  void attribute(std::uint32_t tag, std::string_view data) {
    switch (tag) {
    case k_codepage: {
      Reader in(data);
      const std::uint32_t page = in.u32();
      codepage_ = page == 65001 ? "utf-8" : "windows-" + std::to_string(page);
      if (page == 932 || page == 936 || page == 949 || page == 950) codepage_ = "cp" + std::to_string(page);
      break;
    }
    case k_body: result_.text = text_of(data); break;
    case k_message_properties: properties(data, false); break;
    case k_attach_rendering:
      if (result_.files.size() < k_most_files) result_.files.emplace_back();
      break;
    case k_attach_title:
      if (file() && file()->name.empty()) file()->name = text_of(data);
      break;
    case k_attach_data:
      if (file()) file()->content = std::string(data);
      break;
    case k_attach_properties:
      if (file()) properties(data, true);
      break;
    default: break;
    }
  }

  TnefFile* file() { return result_.files.empty() ? nullptr : &result_.files.back(); }

  void properties(std::string_view data, bool of_file) {
    Reader in(data);
    const std::uint32_t count = in.u32();
    for (std::uint32_t i = 0; i < count && i < 10'000 && in.good() && in.left() > 0; ++i) {
      const std::uint32_t type = in.u16(), id = in.u16();
      if (id >= 0x8000) { // named: a GUID and a number or a name
        in.take(16);
        if (in.u32() == 0)
          in.u32();
        else {
          const std::uint32_t length = in.u32();
          in.take(length);
          in.take((4 - length % 4) % 4);
        }
      }
      const std::uint32_t base = type & 0x0FFF;
      const bool many = (type & 0x1000) != 0;
      const bool variable = base == 0x1E || base == 0x1F || base == 0x0D || base == 0x102;
      std::uint32_t values = many || variable ? in.u32() : 1;
      std::size_t width = 4;
      if (base == 0x05 || base == 0x06 || base == 0x07 || base == 0x14 || base == 0x40) width = 8;
      if (base == 0x48) width = 16;
      for (; values > 0 && in.good() && in.left() > 0; --values) {
        if (!variable) {
          in.take(width);
          continue;
        }
        const std::uint32_t length = in.u32();
        const std::string_view value = in.take(length);
        in.take((4 - length % 4) % 4);
        if (of_file)
          file_property(id, base, value);
        else
          message_property(id, base, value);
      }
    }
  }

  std::string string_of(std::uint32_t type, std::string_view value) const {
    return type == 0x1F ? utf16(value) : text_of(value);
  }

  void message_property(std::uint32_t id, std::uint32_t type, std::string_view value) {
    if (id == 0x1000) result_.text = string_of(type, value);
    if (id == 0x1013) result_.html = string_of(type == 0x102 ? 0x1E : type, value);
    if (id == 0x1009) rtf_ = value;
  }

  void file_property(std::uint32_t id, std::uint32_t type, std::string_view value) {
    TnefFile& f = *file();
    if (id == 0x3707 || (id == 0x3704 && f.name.empty())) f.name = string_of(type, value);
    if (id == 0x370E) f.type = string_of(type, value);
    if (id == 0x3712) f.content_id = string_of(type, value);
    // An embedded object starts with the id of its interface.
    if (id == 0x3701 && f.content.empty())
      f.content = std::string(type == 0x0D ? value.substr(std::min<std::size_t>(16, value.size())) : value);
  }

  void finish() {
    if (result_.text.empty() && result_.html.empty() && !rtf_.empty())
      if (const std::optional<std::string> rtf = decompress_rtf(rtf_)) result_.text = text_of_rtf(*rtf);
  }

  Tnef result_;
  std::string codepage_ = "windows-1252";
  std::string_view rtf_;
  bool any_ = false;
};

} // namespace

bool is_tnef(std::string_view bytes) { return Reader(bytes).u32() == k_signature && bytes.size() >= 6; }

std::optional<Tnef> read_tnef(std::string_view bytes) { return TnefParser().parse(bytes); }

} // namespace helpdesk::mime
