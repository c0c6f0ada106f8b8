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

// The next byte that ends a cell, or opens or closes quotes.
const char* find_mark(const char* at, const char* end, char delimiter) {
#ifdef __SSE2__ // most cells are shorter than a register
  const __m128i delimiters = _mm_set1_epi8(delimiter), ends = _mm_set1_epi8('\n'),
                quotes = _mm_set1_epi8('"');
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, ends), _mm_cmpeq_epi8(bytes, quotes)));
    if (const auto found = static_cast<unsigned>(_mm_movemask_epi8(marks)))
      return at + std::countr_zero(found);
  }
#endif
  while (at < end && *at != delimiter && *at != '\n' && *at != '"') ++at;
  return at;
}

// No byte of another charset or of a sequence of UTF-8, and no NUL.
bool is_plain_ascii(std::string_view bytes) {
  constexpr std::uint64_t k_ones = 0x0101010101010101, k_high = 0x8080808080808080;
  std::uint64_t odd = 0;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + at, 8);
    odd |= eight | (eight - k_ones); // below a NUL the high bit is set
  }
  for (; at < bytes.size(); ++at) odd |= static_cast<signed char>(bytes[at]) <= 0 ? k_high : 0;
  return (odd & k_high) == 0;
}

} // namespace

void Splitter::start(const Block& block) {
  block_ = &block;
  at_ = row_ = data();
  line_ends_ = 0;
  is_plain_ = !force_latin_ && is_plain_ascii(block.bytes);
}

// Behind the closing quote of the cell at at, whose value is added; null: it is never closed.
const char* Splitter::quoted(const char* at, std::vector<std::string_view>& values) {
  const char* end = data() + block_->bytes.size();
  const char* begin = ++at;
  bool is_doubled = false;
  for (;;) {
    at = at < end ? static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)))
                  : nullptr;
    if (!at) return nullptr;
    if (at + 1 == end || at[1] != '"') break;
    is_doubled = true;
    at += 2;
  }
  if (is_doubled) doubled_.push_back(values.size());
  values.emplace_back(begin, static_cast<std::size_t>(at - begin));
  line_ends_ += static_cast<std::uint64_t>(std::count(begin, at, '\n'));
  return at + 1;
}

Splitter::Found Splitter::next(std::vector<std::string_view>& values) {
  const char* end = data() + block_->bytes.size();
  for (; at_ < end && (*at_ == '\n' || *at_ == '\r'); ++at_) line_ends_ += *at_ == '\n';
  if (at_ == end) return Found::end;
  row_ = at_;
  lines_before_ = line_ends_;
  doubled_.clear();
  values.clear();
  const char* at = at_;
  for (;; ++at) {
    const char* begin = at;
    const bool is_quoted = at < end && *at == '"';
    if (is_quoted) {
      at = quoted(at, values);
      if (!at) return Found::odd;
    }
    at = find_mark(at, end, delimiter_);
    const bool closes = at == end || *at == '\n';
    if (!closes && *at == '"') return Found::odd;
    if (!is_quoted) {
      const char* stop = closes && at > begin && at[-1] == '\r' ? at - 1 : at;
      values.emplace_back(begin, static_cast<std::size_t>(stop - begin));
    }
    if (closes) break;
  }
  const std::string_view whole(row_, static_cast<std::size_t>(at - row_));
  line_ends_ += at < end;
  at_ = at == end ? at : at + 1;
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

// Where the outer cells are quoted their outer quotes are left out, which tells no two rows alike: no other
// cell may hold a quote.
std::string_view Splitter::raw(std::size_t first, std::size_t last) const {
  const char* begin = (*stands_)[first].data();
  const std::string_view end = (*stands_)[last];
  return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
}

} // namespace helpdesk::backend::table::event_log
