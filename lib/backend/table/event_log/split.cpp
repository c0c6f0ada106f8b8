#include "backend/table/event_log/split.hpp"

#include "backend/table/input.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace helpdesk::backend::table::event_log {
namespace {

// Which of 64 bytes end a cell, or open or close quotes: a bit each.
std::uint64_t marks_of(const char* at, char delimiter) {
  std::uint64_t marks = 0;
#ifdef __SSE2__
  const __m128i delimiters = _mm_set1_epi8(delimiter), ends = _mm_set1_epi8('\n'),
                quotes = _mm_set1_epi8('"');
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + std::size_t{16} * i));
    const __m128i found =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, ends), _mm_cmpeq_epi8(bytes, quotes)));
    marks |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << (16 * i);
  }
#else
  for (unsigned i = 0; i < 64; ++i)
    marks |= std::uint64_t{at[i] == delimiter || at[i] == '\n' || at[i] == '"'} << i;
#endif
  return marks;
}

// No byte of another charset or of a sequence of UTF-8, and no NUL.
bool is_plain_ascii(std::string_view bytes) {
  std::size_t at = 0;
#ifdef __SSE2__
  __m128i all = _mm_setzero_si128(), least = _mm_set1_epi8(1);
  for (; at + 16 <= bytes.size(); at += 16) {
    const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    all = _mm_or_si128(all, some);
    least = _mm_min_epu8(least, some);
  }
  if (_mm_movemask_epi8(all) != 0 || _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0)
    return false;
#endif
  for (; at < bytes.size(); ++at)
    if (static_cast<signed char>(bytes[at]) <= 0) return false;
  return true;
}

} // namespace

void Splitter::start(const Block& block) {
  block_ = &block;
  at_ = row_ = data();
  end_ = at_ + block.bytes.size();
  marks_ = look(at_);
  line_ends_ = 0;
  row_end_ = {};
  is_plain_ = !force_latin_ && is_plain_ascii(block.bytes);
}

// The marks of 64 bytes from here on. Behind the block's end every byte is one: the last cell ends there.
Splitter::Marks Splitter::look(const char* from) const {
  const auto left = static_cast<std::size_t>(end_ - from);
  if (left >= k_window) return {from, marks_of(from, delimiter_)};
  char rest[k_window];
  std::memcpy(rest, from, left);
  std::memset(rest + left, '\n', k_window - left);
  return {from, marks_of(rest, delimiter_)};
}

// Without the marks before.
inline Splitter::Marks Splitter::behind(const char* from, Marks marks) const {
  const auto offset = static_cast<std::size_t>(from - marks.window);
  if (offset >= k_window) return look(from);
  marks.bits = marks.bits >> offset << offset;
  return marks;
}

// The next mark, which is left out of them.
inline const char* Splitter::next_of(Marks& marks) const {
  while (marks.bits == 0) marks = look(marks.window + k_window); // within the block: its end is a mark
  const char* at = marks.window + std::countr_zero(marks.bits);
  marks.bits &= marks.bits - 1;
  return at;
}

// Behind the closing quote of the cell at at, whose value is the next of values; null: it is never closed.
const char* Splitter::quoted(const char* at, std::string_view& value, std::size_t number) {
  const char* begin = ++at;
  bool is_doubled = false;
  for (;;) {
    at = at < end_ ? static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end_ - at)))
                   : nullptr;
    if (!at) return nullptr;
    if (at + 1 == end_ || at[1] != '"') break;
    is_doubled = true;
    at += 2;
  }
  if (is_doubled) doubled_.push_back(number);
  value = {begin, static_cast<std::size_t>(at - begin)};
  line_ends_ += static_cast<std::uint64_t>(std::count(begin, at, '\n'));
  return at + 1;
}

Splitter::Found Splitter::next(std::vector<std::string_view>& values) {
  const char *begin = at_, *end = end_;
  for (; begin < end && (*begin == '\n' || *begin == '\r'); ++begin) line_ends_ += *begin == '\n';
  if (begin == end) return at_ = end, Found::end;
  Marks marks = begin == at_ ? marks_ : behind(begin, marks_);
  row_ = begin;
  lines_before_ = line_ends_;
  doubled_.clear();
  // Rows mostly have as many cells as the one before.
  std::string_view *value = values.data(), *last = value + values.size();
  auto make_room = [&] {
    const std::size_t count = values.size();
    values.resize(count + 8);
    value = values.data() + count;
    last = values.data() + values.size();
  };
  const char* mark = nullptr;
  for (;; begin = mark + 1, ++value) {
    if (value == last) make_room();
    mark = next_of(marks);
    if (*mark == delimiter_ && mark != end) {
      *value = {begin, static_cast<std::size_t>(mark - begin)};
      continue;
    }
    if (*mark == '"' && mark != end) {
      if (mark != begin) return Found::odd;
      begin = quoted(begin, *value, static_cast<std::size_t>(value - values.data()));
      if (!begin) return Found::odd;
      marks = behind(begin, marks);
      mark = next_of(marks);
      if (mark != end && *mark == '"') return Found::odd;
      if (mark != end && *mark == delimiter_) continue;
    } else {
      const char* stop = mark > begin && mark[-1] == '\r' ? mark - 1 : mark;
      *value = {begin, static_cast<std::size_t>(stop - begin)};
    }
    break;
  }
  values.resize(static_cast<std::size_t>(value + 1 - values.data()));
  marks_ = marks;
  const std::string_view whole(row_, static_cast<std::size_t>(mark - row_));
  line_ends_ += mark < end;
  at_ = mark == end ? mark : mark + 1;
  row_end_ = {static_cast<std::uint64_t>(at_ - data()), line_ends_, mark < end};
  latin_ = false;
  stands_ = &values;
  if (!is_plain_ || !doubled_.empty()) convert(whole, values);
  return Found::row;
}

void Splitter::convert(std::string_view whole, std::vector<std::string_view>& values) {
  latin_ = force_latin_ || !is_valid_utf8(whole);
  const bool has_nul = whole.find('\0') != whole.npos;
  unread_ = values;
  stands_ = &unread_;
  made_.resize(std::max(made_.size(), values.size()));
  auto change = [&](std::size_t i, std::string text) { values[i] = made_[i] = std::move(text); };
  for (std::size_t i : doubled_) change(i, replace_all(values[i], "\"\"", "\""));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (latin_) change(i, from_latin(values[i]));
    if (has_nul) change(i, clean_utf8(values[i]));
  }
}

} // namespace helpdesk::backend::table::event_log
