#include "store/timeline_codec.hpp"

#include "store/codec.hpp"

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

bool decode_entry(ByteReader& r, TimelineEntry& e, std::int64_t& expected) {
  e = TimelineEntry{};
  unsigned head = r.byte();
  head |= r.byte() << 8;
  if (head & 1) {
    e.entry = EntryKind::event;
    auto rest = head >> 1;
    if (!take(rest, 5, e.kind) || !take(rest, 2, e.source)) return false;
    e.local = rest & 1;
    if (head & k_has_field) e.field = term(r);
    if (head & k_has_from) e.from = term(r);
    if (head & k_has_to) e.to = term(r);
    if (head & k_has_actor) e.actor = term(r);
    if (head & k_has_number) e.number = r.number();
    return true;
  }
  auto rest = head >> 1;
  bool known = take(rest, 2, e.direction);
  known &= take(rest, 1, e.visibility);
  known &= take(rest, 3, e.author_role);
  known &= take(rest, 4, e.automation);
  known &= take(rest, 2, e.needs_reply);
  known &= take(rest, 2, e.delivery);
  if (!known) return false;
  e.local = rest & 1;
  e.actor = term(r);
  e.number = static_cast<std::int64_t>(static_cast<std::uint64_t>(expected) +
                                       static_cast<std::uint64_t>(r.number()));
  expected = static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) + 1);
  return true;
}

} // namespace

std::string encode_timeline(const model::Timeline& t) {
  ByteWriter w;
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
    bool event = e.entry == EntryKind::event;
    auto head = event ? event_head(e) : message_head(e);
    w.byte(head & 0xff), w.byte(head >> 8);
    if (event) {
      for (auto term : {e.field, e.from, e.to, e.actor})
        if (term) w.varint(term);
      if (e.number) w.number(e.number);
    } else {
      w.varint(e.actor);
      w.number(static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) -
                                         static_cast<std::uint64_t>(expected)));
      expected = static_cast<std::int64_t>(static_cast<std::uint64_t>(e.number) + 1);
    }
    w.number(static_cast<std::int64_t>(at - before));
    before = at;
  }
  return std::move(w.bytes);
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
  std::uint64_t at = 0;
  std::int64_t expected = 1;
  for (auto& e : t.entries) {
    if (!decode_entry(r, e, expected)) return false;
    at += static_cast<std::uint64_t>(r.number());
    e.time = instant_of_micros(static_cast<std::int64_t>(at * unit));
  }
  return r.ok() && r.at_end();
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
