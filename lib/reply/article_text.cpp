#include "base/text.hpp"
#include "reply/article.hpp"

namespace helpdesk::reply {
namespace {

bool is_word(char c) {
  auto u = static_cast<unsigned char>(c);
  return (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || u >= 0x80;
}

bool is_address(std::string_view s) {
  return s.starts_with("http://") || s.starts_with("https://") || s.starts_with("mailto:");
}

std::string_view without_scheme(std::string_view address) {
  return address.starts_with("mailto:") ? address.substr(7) : address;
}

// One paragraph's line. Time is linear but for brackets that never close, which are looked for within one
// line.
class Line {
 public:
  explicit Line(std::string_view text) : s_(text) {}
  std::string run() {
    while (i_ < s_.size())
      if (!escape() && !code() && !link() && !angle() && !emphasis()) out_ += s_[i_++];
    return std::move(out_);
  }

 private:
  bool escape() {
    if (s_[i_] != '\\' || i_ + 1 >= s_.size()) return false;
    constexpr std::string_view k_marks = "\\`*_{}[]()#+-.!<>|~";
    if (k_marks.find(s_[i_ + 1]) == std::string_view::npos) return false;
    out_ += s_[i_ + 1];
    i_ += 2;
    return true;
  }
  bool code() {
    if (s_[i_] != '`') return false;
    std::size_t n = 1;
    while (i_ + n < s_.size() && s_[i_ + n] == '`') ++n;
    std::size_t end = s_.find(s_.substr(i_, n), i_ + n);
    if (end == std::string_view::npos) return false;
    out_ += trim(s_.substr(i_ + n, end - i_ - n));
    i_ = end + n;
    return true;
  }
  bool link() {
    bool picture = s_[i_] == '!' && i_ + 1 < s_.size() && s_[i_ + 1] == '[';
    if (!picture && s_[i_] != '[') return false;
    std::size_t begin = i_ + (picture ? 2 : 1);
    std::size_t middle = s_.find("](", begin);
    if (middle == std::string_view::npos || middle - begin > 500) return false;
    std::size_t end = middle + 2;
    for (int open = 0; end < s_.size() && (s_[end] != ')' || open > 0); ++end)
      open += s_[end] == '(' ? 1 : s_[end] == ')' ? -1 : 0;
    if (end >= s_.size()) return false;
    std::string_view target = trim(s_.substr(middle + 2, end - middle - 2));
    target = target.substr(0, target.find_first_of(" \t")); // behind it its title
    if (target.starts_with('<') && target.ends_with('>')) target = target.substr(1, target.size() - 2);
    std::string words = Line(s_.substr(begin, middle - begin)).run();
    out_ += words;
    if (!picture && is_address(target) && words != target && words != without_scheme(target))
      out_ += (words.empty() ? "" : " (") + std::string(without_scheme(target)) + (words.empty() ? "" : ")");
    i_ = end + 1;
    return true;
  }
  bool angle() {
    if (s_[i_] != '<') return false;
    std::size_t end = s_.find('>', i_);
    if (end == std::string_view::npos || end - i_ > 1000) return false;
    std::string_view inside = s_.substr(i_ + 1, end - i_ - 1);
    if (is_address(inside) ||
        (inside.find('@') != std::string_view::npos && inside.find(' ') == inside.npos)) {
      out_ += without_scheme(inside);
    } else if (!inside.empty() &&
               (inside.front() == '/' || (static_cast<unsigned char>(inside.front() | 0x20) >= 'a' &&
                                          static_cast<unsigned char>(inside.front() | 0x20) <= 'z'))) {
      if (starts_with_ignoring_case(inside, "br")) out_ += '\n';
    } else {
      return false;
    }
    i_ = end + 1;
    return true;
  }
  // Marks at the edge of a word; "2 * 3" and snake_case stay.
  bool emphasis() {
    char c = s_[i_];
    if (c != '*' && c != '_' && c != '~') return false;
    std::size_t n = 1;
    while (i_ + n < s_.size() && s_[i_ + n] == c) ++n;
    if (c == '~' && n != 2) return false;
    bool before = i_ > 0 && is_word(s_[i_ - 1]), after = i_ + n < s_.size() && is_word(s_[i_ + n]);
    bool space_before = i_ == 0 || s_[i_ - 1] == ' ', space_after = i_ + n >= s_.size() || s_[i_ + n] == ' ';
    if (n > 3 || (c == '_' && before && after) || (space_before && space_after)) {
      out_.append(s_.substr(i_, n));
      i_ += n;
      return true;
    }
    i_ += n;
    return true;
  }

  std::string_view s_;
  std::size_t i_ = 0;
  std::string out_;
};

std::string without_comments(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t open = text.find("<!--", at);
    out += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    std::size_t close = text.find("-->", open);
    if (close == std::string_view::npos) break;
    at = close + 3;
  }
  return out;
}

bool is_rule_or_underline(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of(line.front()) == std::string_view::npos &&
         (line.front() == '=' || line.front() == '-' || line.front() == '*' || line.front() == '_');
}

} // namespace

std::string plain_text(std::string_view markdown) {
  std::string out;
  char fence = 0;
  int blank = 1; // lines; none at the beginning
  const std::string source = without_comments(markdown);
  for (std::string_view line : split_lines(source)) {
    std::string_view bare = trim(line);
    if (bare.starts_with("```") || bare.starts_with("~~~")) {
      if (fence == 0 || fence == bare.front()) {
        fence = fence == 0 ? bare.front() : '\0';
        continue;
      }
    }
    std::string text;
    if (fence != 0) {
      text = bare.empty() ? "" : "    " + std::string(trim_right(line));
    } else if (is_rule_or_underline(bare)) {
      continue;
    } else if (bare.starts_with('#') && bare.find_first_not_of('#') <= 6 &&
               bare.find_first_not_of('#') != std::string_view::npos &&
               bare[bare.find_first_not_of('#')] == ' ') {
      std::string_view words = trim(bare.substr(bare.find_first_not_of('#')));
      while (words.ends_with('#')) words.remove_suffix(1);
      text = Line(trim(words)).run();
    } else if (bare.starts_with('>')) {
      // In a mail ">" is what somebody wrote.
      bare.remove_prefix(1);
      text = "    " + Line(trim(bare)).run();
    } else {
      std::size_t indent = line.find_first_not_of(" \t");
      if (indent == std::string_view::npos) indent = line.size();
      text = std::string(line.substr(0, indent));
      std::string_view rest = bare;
      if (rest.starts_with("* ") || rest.starts_with("+ ")) {
        text += "- ";
        rest = trim_left(rest.substr(2));
      }
      text += Line(rest).run();
    }
    bool empty = trim(std::string_view(text)).empty();
    if (empty && ++blank > 1) continue;
    if (!empty) blank = 0;
    out += (empty ? "" : std::string(trim_right(std::string_view(text)))) + "\n";
  }
  return std::string(trim_right(std::string_view(out)));
}

} // namespace helpdesk::reply
