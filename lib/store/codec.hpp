// The packed form of rows: varints and length-prefixed bytes. The reader never reads past its input and never
// throws; after damage it answers zeros and empty strings, and ok() says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

class ByteWriter {
 public:
  std::string bytes;

  void byte(unsigned v) { bytes += static_cast<char>(v); }
  void varint(std::uint64_t v) {
    while (v >= 0x80) {
      byte(static_cast<unsigned>(v & 0x7f) | 0x80);
      v >>= 7;
    }
    byte(static_cast<unsigned>(v));
  }
  void number(std::int64_t v) {
    varint((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63));
  }
  void text(std::string_view s) {
    varint(s.size());
    bytes += s;
  }
  void texts(const std::vector<std::string>& list) {
    varint(list.size());
    for (const auto& s : list) text(s);
  }
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : p_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }
  bool at_end() const { return p_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - p_); }
  void fail() { ok_ = false, p_ = end_; }

  unsigned byte() {
    if (p_ == end_) return fail(), 0;
    return static_cast<unsigned char>(*p_++);
  }
  std::uint64_t varint() {
    if (p_ != end_ && !(static_cast<unsigned char>(*p_) & 0x80)) return static_cast<unsigned char>(*p_++);
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 64 && p_ != end_; shift += 7) {
      auto b = static_cast<unsigned char>(*p_++);
      v |= static_cast<std::uint64_t>(b & 0x7f) << shift;
      if (!(b & 0x80)) return v;
    }
    fail();
    return 0;
  }
  std::int64_t number() {
    auto v = varint();
    return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
  }
  std::string_view view() {
    auto n = varint();
    if (n > left()) return fail(), std::string_view{};
    std::string_view out(p_, n);
    p_ += n;
    return out;
  }
  std::string text() { return std::string(view()); }
  // A count of things of at least one byte each: damaged bytes cannot ask for more memory than they have
  // length.
  std::size_t count() {
    auto n = varint();
    if (n > left()) return fail(), 0;
    return static_cast<std::size_t>(n);
  }
  std::vector<std::string> texts() {
    std::vector<std::string> out(count());
    for (auto& s : out) s = text();
    return out;
  }
  // An enum stored as its number; damaged when it is too large.
  template <class E> E value(unsigned last) {
    auto v = byte();
    if (v > last) fail(), v = 0;
    return static_cast<E>(v);
  }

 private:
  const char* p_;
  const char* end_;
  bool ok_ = true;
};

} // namespace helpdesk::store
