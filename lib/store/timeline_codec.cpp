#include "store/timeline_codec.hpp"

#include "store/codec.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace helpdesk::store {
namespace {

using model::EntryKind;
using model::TimelineEntry;

// 2: custom fields after the tags. 1 is still read.
constexpr unsigned k_format = 2, k_without_fields = 1, k_segment_format = 1;
constexpr std::int64_t k_second = 1'000'000;

// Bits of the two bytes that begin an entry. Bit 0: event.
// Message: direction 2, visibility 1, role 3, automation 4, needs_reply 2, delivery 2, local 1.
// Event: kind 5, source 2, local 1, then which of field, from, to, actor, number follow.
constexpr unsigned k_has_field = 1U << 9, k_has_from = 1U << 10, k_has_to = 1U << 11, k_has_actor = 1U << 12,
                   k_has_number = 1U << 13;

template <class E> unsigned bits(E e) { return static_cast<unsigned>(e); }
template <class E> constexpr unsigned count_of() {
  return static_cast<unsigned>(model::EnumNames<E>::value.size());
}

template <class E> bool take(unsigned& head, unsigned width, E& e) {
  auto v = head & ((1U << width) - 1);
  head >>= width;
  e = static_cast<E>(v);
  return v < count_of<E>();
}

unsigned message_head(const TimelineEntry& e) {
  return bits(e.direction) << 1 | bits(e.visibility) << 3 | bits(e.author_role) << 4 |
         bits(e.automation) << 7 | bits(e.needs_reply) << 11 | bits(e.delivery) << 13 |
         unsigned{e.local} << 15;
}

unsigned event_head(const TimelineEntry& e) {
  return 1U | bits(e.kind) << 1 | bits(e.source) << 6 | unsigned{e.local} << 8 | (e.field ? k_has_field : 0) |
         (e.from ? k_has_from : 0) | (e.to ? k_has_to : 0) | (e.actor ? k_has_actor : 0) |
         (e.number ? k_has_number : 0);
}

model::Term term(ByteReader& r) {
  auto v = r.varint();
  if (v > std::numeric_limits<model::Term>::max()) r.fail(), v = 0;
  return static_cast<model::Term>(v);
}

// Reads what every statistic reads millions of: varints of one to three bytes without a loop, the place in
// registers. It asks for the end before each entry only: the last entries are read from a copy with zeros
// behind it, so that a damaged one reads those and is found out by standing past the end.
class EntryReader {
  static constexpr std::ptrdiff_t k_longest = 10;             // of a varint
  static constexpr std::ptrdiff_t k_most = 2 + 6 * k_longest; // of an entry, damaged or not

 public:
  using Tail = std::array<unsigned char, 2 * k_most>;

  explicit EntryReader(std::string_view bytes)
      : p_(reinterpret_cast<const unsigned char*>(bytes.data())), end_(p_ + bytes.size()) {}
  bool ok() const { return ok_; }
  bool at_end() const { return p_ == end_; }

  // Whether the next entry may be read; before each. tail: the same for all.
  [[gnu::always_inline]] bool begin_entry(Tail& tail) {
    if (end_ - p_ < k_most && !is_tail_) {
      const auto left = static_cast<std::size_t>(end_ - p_);
      std::memcpy(tail.data(), p_, left);
      std::memset(tail.data() + left, 0, tail.size() - left);
      p_ = tail.data();
      end_ = p_ + left;
      is_tail_ = true;
    }
    return p_ < end_;
  }
  [[gnu::always_inline]] unsigned head() {
    unsigned v = p_[0] | static_cast<unsigned>(p_[1]) << 8;
    p_ += 2;
    return v;
  }
  [[gnu::always_inline]] std::uint64_t varint() {
    std::uint64_t v = p_[0];
    if (v < 0x80) return ++p_, v;
    v = (v & 0x7f) | static_cast<std::uint64_t>(p_[1]) << 7;
    if (p_[1] < 0x80) return p_ += 2, v;
    v = (v & 0x3fff) | static_cast<std::uint64_t>(p_[2]) << 14;
    if (p_[2] < 0x80) return p_ += 3, v;
    Varint slow = slow_varint(p_);
    ok_ = ok_ && slow.size > 0;
    p_ += slow.size > 0 ? slow.size : k_longest; // never more than an entry may have
    return slow.value;
  }
  [[gnu::always_inline]] std::int64_t number() {
    auto v = varint();
    return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
  }
  [[gnu::always_inline]] model::Term term() {
    auto v = varint();
    if (v > std::numeric_limits<model::Term>::max()) ok_ = false, v = 0;
    return static_cast<model::Term>(v);
  }

 private:
  const unsigned char *p_, *end_;
  bool ok_ = true, is_tail_ = false;

  struct Varint {
    std::uint64_t value = 0;
    std::size_t size = 0; // 0: damaged
  };
  // By value: a reader whose address nobody has stays in registers.
  [[gnu::noinline]] static Varint slow_varint(const unsigned char* p) {
    ByteReader r({reinterpret_cast<const char*>(p), static_cast<std::size_t>(k_longest)});
    auto v = r.varint();
    return r.ok() ? Varint{v, static_cast<std::size_t>(k_longest) - r.left()} : Varint{};
  }
};

// Writes where there is room for the longest that may come: see most_packed.
class Writer {
 public:
  explicit Writer(char* to) : to_(to) {}
  char* end() const { return to_; }
  void byte(unsigned v) { *to_++ = static_cast<char>(v); }
  void head(unsigned v) {
    byte(v & 0xff);
    byte(v >> 8);
  }
  void varint(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) byte(static_cast<unsigned>(v & 0x7f) | 0x80);
    byte(static_cast<unsigned>(v));
  }
  void number(std::int64_t v) {
    varint((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63));
  }
  void term_if_any(model::Term v) {
    if (v) varint(v);
  }

 private:
  char* to_;
};

template <class E> [[gnu::always_inline]] inline E field(unsigned head, unsigned at, unsigned width) {
  return static_cast<E>(head >> at & ((1U << width) - 1));
}
template <class E> [[gnu::always_inline]] inline bool is_known(E e) { return bits(e) < count_of<E>(); }

// What the two bytes at its begin say of an entry. False: a value that is none.
bool read_head(unsigned head, TimelineEntry& e) {
  e = TimelineEntry{};
  if (head & 1) {
    e.entry = EntryKind::event;
    e.kind = field<model::EventKind>(head, 1, 5);
    e.source = field<model::Source>(head, 6, 2);
    e.local = head >> 8 & 1;
    return is_known(e.kind) && is_known(e.source);
  }
  e.direction = field<model::Direction>(head, 1, 2);
  e.visibility = field<model::Visibility>(head, 3, 1);
  e.author_role = field<model::Role>(head, 4, 3);
  e.automation = field<model::Automation>(head, 7, 4);
  e.needs_reply = field<model::NeedsReply>(head, 11, 2);
  e.delivery = field<model::Delivery>(head, 13, 2);
  e.local = head >> 15;
  return is_known(e.direction) && is_known(e.visibility) && is_known(e.author_role) &&
         is_known(e.automation) && is_known(e.needs_reply) && is_known(e.delivery);
}

// Heads come again and again: what they say is copied. By the kind of an event, and what a message is first.
struct alignas(64) KnownHead {
  static constexpr unsigned k_none = 1U << 16;
  unsigned head = k_none;
  TimelineEntry entry;
};
using KnownHeads = std::array<KnownHead, 64>;
constinit thread_local KnownHeads known_heads;

[[gnu::always_inline]] inline bool decode_entry(EntryReader& r, KnownHeads& heads, TimelineEntry& e,
                                                std::int64_t& expected) {
  const unsigned head = r.head();
  KnownHead& known = heads[head % heads.size()];
  if (known.head != head) {
    known.head = KnownHead::k_none;
    if (!read_head(head, known.entry)) return false;
    known.head = head;
  }
  e = known.entry;
  if (head & 1) {
    if (head & k_has_field) e.field = r.term();
    if (head & k_has_from) e.from = r.term();
    if (head & k_has_to) e.to = r.term();
    if (head & k_has_actor) e.actor = r.term();
    if (head & k_has_number) e.number = r.number();
    return true;
  }
  e.actor = r.term();
  e.number = static_cast<std::int64_t>(static_cast<std::uint64_t>(expected) +
                                       static_cast<std::uint64_t>(r.number()));
  expected = static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) + 1);
  return true;
}

} // namespace

// Five bytes a term, ten a number or count, two the head of an entry.
std::size_t most_packed(const model::Timeline& t) {
  return 4 + 6 * 5 + 3 * 10 + t.tags.size() * 5 + t.fields.size() * 10 +
         t.entries.size() * (2 + 4 * 5 + 2 * 10);
}

namespace {

char* write_timeline(const model::Timeline& t, char* to) {
  Writer w(to);
  bool seconds = true;
  for (const auto& e : t.entries) seconds &= micros(e.time) % k_second == 0;
  w.byte(k_format);
  w.byte((t.spam ? 1U : 0U) | (t.deleted ? 2U : 0U) | (t.merged ? 4U : 0U) | (t.history_only ? 8U : 0U) |
         (seconds ? 16U : 0U));
  w.byte(bits(t.channel)), w.byte(bits(t.priority) | bits(t.status) << 4);
  for (auto term : {t.account, t.queue, t.assignee, t.requester, t.organisation, t.language}) w.varint(term);
  w.varint(t.tags.size());
  for (auto tag : t.tags) w.varint(tag);
  w.varint(t.fields.size());
  for (auto f : t.fields) w.varint(f.field), w.varint(f.value);
  w.varint(t.entries.size());
  std::uint64_t before = 0;
  std::int64_t expected = 1;
  for (const auto& e : t.entries) {
    auto at = static_cast<std::uint64_t>(seconds ? micros(e.time) / k_second : micros(e.time));
    if (e.entry == EntryKind::event) {
      w.head(event_head(e));
      w.term_if_any(e.field);
      w.term_if_any(e.from);
      w.term_if_any(e.to);
      w.term_if_any(e.actor);
      if (e.number) w.number(e.number);
    } else {
      w.head(message_head(e));
      w.varint(e.actor);
      w.number(static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) -
                                         static_cast<std::uint64_t>(expected)));
      expected = static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) + 1);
    }
    w.number(static_cast<std::int64_t>(at - before));
    before = at;
  }
  return w.end();
}

} // namespace

std::size_t append_timeline(const model::Timeline& t, std::string& bytes) {
  const std::size_t before = bytes.size(), most = before + most_packed(t);
  if (bytes.capacity() < most) bytes.reserve(std::max(most, bytes.capacity() * 2));
  bytes.resize_and_overwrite(most, [&](char* begin, std::size_t) {
    return static_cast<std::size_t>(write_timeline(t, begin + before) - begin);
  });
  return bytes.size() - before;
}

std::string encode_timeline(const model::Timeline& t) {
  std::string bytes;
  append_timeline(t, bytes);
  bytes.shrink_to_fit();
  return bytes;
}

bool decode_timeline(std::string_view bytes, model::Timeline& t) {
  ByteReader r(bytes);
  auto format = r.byte();
  if (format != k_format && format != k_without_fields) return false;
  auto flags = r.byte();
  if (flags > 31) return false;
  t.spam = flags & 1, t.deleted = flags & 2, t.merged = flags & 4, t.history_only = flags & 8;
  auto unit = flags & 16 ? std::uint64_t{k_second} : 1;
  t.channel = r.value<model::Channel>(count_of<model::Channel>() - 1);
  unsigned packed = r.byte();
  if (!take(packed, 4, t.priority) || !take(packed, 4, t.status)) return false;
  for (auto* slot : {&t.account, &t.queue, &t.assignee, &t.requester, &t.organisation, &t.language})
    *slot = term(r);
  t.tags.resize(r.count());
  for (auto& tag : t.tags) tag = term(r);
  t.fields.resize(format == k_format ? r.count() : 0);
  for (auto& f : t.fields) f.field = term(r), f.value = term(r);
  auto entries = r.count();
  if (entries > r.left() / 3) return false; // the smallest entry has three bytes
  t.entries.resize(entries);
  if (!r.ok()) return false;
  EntryReader rest(bytes.substr(bytes.size() - r.left()));
  EntryReader::Tail tail;
  KnownHeads& heads = known_heads;
  std::uint64_t at = 0;
  std::int64_t expected = 1;
  for (auto& e : t.entries) {
    if (!rest.begin_entry(tail) || !decode_entry(rest, heads, e, expected)) return false;
    at += static_cast<std::uint64_t>(rest.number());
    e.time = instant_of_micros(static_cast<std::int64_t>(at * unit));
  }
  return rest.ok() && rest.at_end();
}

void SegmentBuilder::append(std::int64_t number, std::string_view packed) {
  ByteWriter w;
  w.byte(static_cast<unsigned>(number - first_));
  w.varint(packed.size());
  bytes_ += w.bytes;
  bytes_ += packed;
}

std::string SegmentBuilder::take() { return std::move(bytes_); }

bool each_in_segment(std::int64_t segment, std::string_view bytes,
                     const std::function<bool(std::int64_t, std::string_view)>& f) {
  ByteReader r(bytes);
  if (r.byte() != k_segment_format) return false;
  int before = -1;
  while (r.ok() && !r.at_end()) {
    auto offset = static_cast<int>(r.byte());
    auto packed = r.view();
    if (!r.ok() || offset <= before || offset >= 1 << k_segment_bits) return false;
    before = offset;
    if (!f((segment << k_segment_bits) + offset, packed)) return true;
  }
  return r.ok();
}

} // namespace helpdesk::store
