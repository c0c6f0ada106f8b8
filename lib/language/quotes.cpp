#include "language/quotes.hpp"

#include "base/text.hpp"
#include "language/quote_lines.hpp"

#include <algorithm>

namespace helpdesk {
namespace {

using quotes::Kind;
using quotes::Line;

// A text of this many lines below a quote is an answer, not a name card.
constexpr std::size_t k_long_answer = 7;
// A signature has at most so many lines that are not empty.
constexpr std::size_t k_signature_lines = 24, k_ruled_signature_lines = 8, k_signature_reach = 60;
constexpr std::size_t k_footer_candidates = 16;
// What stands behind this is not looked at and belongs to the rest.
constexpr std::size_t k_limit = 4U << 20;

bool is_words(Kind k) { return k == Kind::text || k == Kind::header; }

// Three digits or more: an order, a price, a telephone. It may be the answer.
bool has_number(std::string_view line) {
  std::size_t digits = 0;
  for (const char c : line)
    if ((digits = c >= '0' && c <= '9' ? digits + 1 : 0) >= 3) return true;
  return false;
}

class Stripper {
 public:
  explicit Stripper(std::string_view text)
      : lines_(quotes::classify(text.substr(0, k_limit))), keep_(lines_.size(), true), end_(lines_.size()),
        behind_(text.substr(std::min(text.size(), k_limit))) {}

  Stripped run() {
    cut_at_headers();
    index();
    cut_signature();
    drop_device_lines();
    index();
    cut_footer();
    index();
    resolve_quotes();
    return collect();
  }

 private:
  Kind kind(std::size_t i) const { return lines_[i].kind; }
  // Counts and distances that the steps below ask for again and again; each step would else be quadratic.
  void index() {
    const std::size_t n = lines_.size();
    words_.assign(n + 1, 0);
    filled_.assign(n + 1, 0);
    next_quote_.assign(n + 1, static_cast<std::uint32_t>(n));
    next_word_.assign(n + 1, static_cast<std::uint32_t>(n));
    last_quoted_ = 0;
    for (std::size_t i = 0; i < n; ++i) {
      words_[i + 1] = words_[i] + (keep_[i] && is_words(kind(i)));
      filled_[i + 1] = filled_[i] + (kind(i) != Kind::empty);
      if (i < end_ && keep_[i] && kind(i) == Kind::quoted) last_quoted_ = i + 1;
    }
    for (std::size_t i = n; i-- > 0;) {
      const bool quote = kind(i) == Kind::intro || kind(i) == Kind::quoted;
      next_quote_[i] = quote ? static_cast<std::uint32_t>(i) : next_quote_[i + 1];
      next_word_[i] = keep_[i] && is_words(kind(i)) ? static_cast<std::uint32_t>(i) : next_word_[i + 1];
    }
  }
  bool words_in(std::size_t begin, std::size_t end) const {
    return begin < end && words_[end] > words_[begin];
  }
  void drop(std::size_t begin, std::size_t end) {
    std::fill(keep_.begin() + static_cast<std::ptrdiff_t>(begin),
              keep_.begin() + static_cast<std::ptrdiff_t>(end), false);
  }

  // Header blocks and "original message" lines: what follows was not written now. At the top of a mail with
  // nothing of its own above (a bare forward) only the block itself goes.
  void cut_at_headers() {
    bool text_above = false, forwarded = false;
    for (std::size_t i = 0; i < end_; ++i) {
      const Kind k = kind(i);
      if (k == Kind::original || k == Kind::header) {
        had_quote_ = true;
        if (text_above) {
          end_ = i;
          while (end_ > 0 && (kind(end_ - 1) == Kind::rule || kind(end_ - 1) == Kind::empty ||
                              kind(end_ - 1) == Kind::dashes))
            --end_;
          return;
        }
        keep_[i] = false;
        forwarded = true;
      } else if (k == Kind::text || (k == Kind::quoted && forwarded)) {
        text_above = true;
      } else if (!text_above && (k == Kind::rule || k == Kind::dashes)) {
        keep_[i] = false;
      }
    }
  }

  // The end of the part that a signature at line from could reach: the next quote, or the end.
  std::size_t until_quote(std::size_t from) const {
    return std::min<std::size_t>(next_quote_[std::min(from, end_)], end_);
  }

  bool looks_like_signature(std::size_t begin, std::size_t end, bool underscores) const {
    if (end - begin > k_signature_reach) return false;
    std::size_t lines = 0, sentences = 0, contacts = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (kind(i) == Kind::empty) continue;
      if (kind(i) == Kind::rule || kind(i) == Kind::dashes) {
        if (!underscores) return false;
        continue;
      }
      ++lines;
      const std::string_view line = trim(lines_[i].text);
      if (line.find('?') != line.npos) return false;
      if (line.size() > 70 || line.ends_with('.') || line.ends_with(':')) ++sentences;
      if (quotes::has_address(line.substr(0, 400)) || line.find("http") != line.npos ||
          line.find("www.") != line.npos)
        ++contacts;
    }
    if (lines == 0 || lines > k_ruled_signature_lines) return lines == 0;
    return underscores || sentences == 0 || (contacts > 0 && sentences <= contacts);
  }

  // Everything below "-- " that is not an answer, and what stands below a row of dashes if it reads like a
  // name card.
  void cut_signature() {
    bool text_above = false;
    for (std::size_t i = 0; i < end_; ++i) {
      if (!keep_[i]) continue;
      if (kind(i) == Kind::text) text_above = true;
      if (kind(i) != Kind::dashes && kind(i) != Kind::rule) continue;
      const std::size_t stop = until_quote(i + 1);
      if (!text_above) {
        if (kind(i) == Kind::dashes && !words_in(0, i) && i > 0) {
          // Below a quote: a mail that is a quote and a signature.
          if (!words_in(stop, end_)) return cut_rest_as_signature(i);
        }
        continue;
      }
      const std::size_t below = filled_[stop] - filled_[i + 1];
      if (kind(i) == Kind::dashes) {
        if (below <= k_signature_lines) return cut_rest_as_signature(i);
        continue;
      }
      const bool underscores = trim(lines_[i].text).find_first_not_of('_') == std::string_view::npos;
      const bool underline =
          i > 0 && kind(i - 1) == Kind::text && i + 1 < end_ && kind(i + 1) == Kind::text && !underscores;
      if (!underline && looks_like_signature(i + 1, stop, underscores)) {
        if (below > 0) had_signature_ = true;
        if (!words_in(stop, end_)) {
          had_quote_ = had_quote_ || stop < end_;
          end_ = i;
          return;
        }
        drop(i, stop);
      }
    }
  }

  void cut_rest_as_signature(std::size_t at) {
    had_signature_ = true;
    had_quote_ = had_quote_ || next_quote_[at] < end_;
    end_ = at;
  }

  // "Sent from my …" counts at the end of the text only; within it, it is text.
  void drop_device_lines() {
    bool at_end = true;
    for (std::size_t i = end_; i-- > 0;) {
      switch (kind(i)) {
      case Kind::empty:
      case Kind::rule:
      case Kind::dashes: break;
      case Kind::device:
        if (at_end || names_product(i)) {
          keep_[i] = false;
          had_signature_ = true;
        } else {
          lines_[i].kind = Kind::text;
        }
        break;
      case Kind::intro:
      case Kind::quoted:
      case Kind::footer: at_end = true; break;
      default: at_end = false;
      }
    }
  }

  // A whole paragraph that names a device or program, with text below: put above by the program, below by an
  // odd quote.
  bool names_product(std::size_t i) const {
    if (i == 0 || kind(i - 1) != Kind::empty || i + 1 >= end_ || kind(i + 1) != Kind::empty) return false;
    const std::string line = lower(lines_[i].text);
    if (line.size() > 100 || line.ends_with('.')) return false;
    for (const std::string_view product : {"outlook", "iphone", "ipad", "android", "samsung", "galaxy",
                                           "blackberry", "yahoo", "proton mail", "protonmail", "huawei"})
      if (line.find(product) != line.npos) return true;
    return false;
  }

  void cut_footer() {
    std::size_t candidates = 0;
    for (std::size_t i = 0; i < end_; ++i) {
      if (kind(i) != Kind::footer) continue;
      const std::size_t stop = until_quote(i);
      if (++candidates > k_footer_candidates || !words_in(0, i) || words_in(stop, end_) || asks(i, stop)) {
        lines_[i].kind = Kind::text;
        continue;
      }
      drop(i, stop);
      had_signature_ = true;
      return;
    }
  }

  bool asks(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i)
      if (keep_[i] && is_words(kind(i)) &&
          (lines_[i].text.find('?') != std::string_view::npos ||
           lines_[i].text.find("？") != std::string_view::npos))
        return true;
    return false;
  }

  std::size_t next_of(std::size_t from, Kind k) const {
    while (from < end_ && !(keep_[from] && kind(from) == k)) ++from;
    return from;
  }

  // Introductions and "> " lines: which text is the reply.
  void resolve_quotes() {
    std::size_t begin = 0;
    for (std::size_t intro = next_of(0, Kind::intro); intro < end_; intro = next_of(intro, Kind::intro)) {
      had_quote_ = true;
      std::size_t after = intro;
      while (after < end_ && kind(after) == Kind::intro) ++after;
      std::size_t first = after;
      while (first < end_ && (kind(first) == Kind::empty || !keep_[first])) ++first;
      const bool above = words_in(begin, intro);
      if (first >= end_ || kind(first) != Kind::quoted) {
        if (above) {
          end_ = intro;
          return;
        }
        drop(intro, after); // nothing of its own above: what follows is all there is
        intro = after;
        continue;
      }
      const std::size_t quote_begin = first, quote_end = end_of_quote(first);
      if (!words_in(quote_end, end_)) {
        end_ = intro; // only a quote follows
        return;
      }
      const bool interleaved = last_quoted_ > next_word_[quote_end];
      if (!above && !interleaved) {
        drop(intro, quote_end);
        begin = intro = quote_end;
        continue;
      }
      if (above && !interleaved && is_tail(begin, intro, quote_end)) {
        end_ = intro;
        return;
      }
      drop(intro, after); // answers between the quoted lines
      intro = quote_end;
      begin = quote_begin;
    }
    drop_trailing_quotes();
  }

  std::size_t end_of_quote(std::size_t from) const {
    std::size_t end = from;
    for (std::size_t i = from; i < end_ && (kind(i) == Kind::quoted || kind(i) == Kind::empty); ++i)
      if (kind(i) == Kind::quoted) end = i + 1;
    return end;
  }

  // A few lines below the quote of a mail that was answered above it: a name card or footer, unless they
  // answer something.
  bool is_tail(std::size_t begin, std::size_t intro, std::size_t quote_end) const {
    std::size_t below = 0;
    for (std::size_t i = quote_end; i < end_; ++i) {
      if (!keep_[i] || !is_words(kind(i))) continue;
      if (++below >= k_long_answer) return false;
      const std::string_view line = lines_[i].text;
      if (line.find('?') != line.npos || has_number(line)) return false;
    }
    if (const std::string_view last = trim(lines_[quote_end - 1].text);
        last.ends_with('?') || last.ends_with(':'))
      return false;
    // A greeting, or "see below:", is no answer yet.
    std::size_t letters = 0;
    std::string_view last;
    for (std::size_t i = begin; i < intro; ++i)
      if (keep_[i] && is_words(kind(i))) letters += trim(lines_[i].text).size(), last = trim(lines_[i].text);
    return letters >= 20 && !last.ends_with(':') && !last.ends_with(',');
  }

  void drop_trailing_quotes() {
    if (!words_in(0, end_)) {
      if (last_quoted_ > 0) {
        had_quote_ = true;
        end_ = 0;
      }
      return;
    }
    std::size_t end = end_;
    while (end > 0 && (!keep_[end - 1] || kind(end - 1) == Kind::empty || kind(end - 1) == Kind::quoted)) {
      if (keep_[end - 1] && kind(end - 1) == Kind::quoted) had_quote_ = true;
      --end;
    }
    end_ = end;
  }

  Stripped collect() const {
    Stripped out;
    out.had_quote = had_quote_;
    out.had_signature = had_signature_;
    std::size_t size = 0;
    for (const Line& line : lines_) size += line.text.size() + 1;
    out.reply.reserve(std::min<std::size_t>(size, 4096));
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      std::string& to = i < end_ && keep_[i] ? out.reply : out.rest;
      to += lines_[i].text;
      to += '\n';
    }
    out.rest += behind_;
    out.reply = std::string(trim(out.reply));
    out.rest = std::string(trim(out.rest));
    return out;
  }

  std::vector<Line> lines_;
  std::vector<bool> keep_;
  std::size_t end_; // the reply has no line from here on
  std::string_view behind_;
  std::vector<std::uint32_t> words_, filled_, next_quote_, next_word_;
  std::size_t last_quoted_ = 0; // one past it
  bool had_quote_ = false, had_signature_ = false;
};

} // namespace

Stripped strip_quotes(std::string_view plain_text) { return Stripper(plain_text).run(); }

std::string without_quoted_lines(std::string_view text) {
  std::string out;
  for (const std::string_view line : split_lines(text)) {
    if (quotes::is_quoted(line.substr(0, quotes::k_look))) continue;
    out += line;
    out += '\n';
  }
  return std::string(trim(out));
}

} // namespace helpdesk
