#include "reply/checklist.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::reply {
namespace {

constexpr std::string_view k_mark = "#?";
constexpr std::string_view k_head = "#? The customer asks (lines that begin with #? are not sent):";
constexpr std::string_view k_head_essence = "thecustomerasks";
constexpr std::string_view k_box = "#? [ ] ";
constexpr std::size_t k_longest_question = 100; // code points: editors break longer lines
constexpr std::size_t k_least_rest = 6;         // letters and digits by which a rest of a question is known

std::vector<std::string> block_of(const std::vector<std::string>& questions) {
  std::vector<std::string> lines{std::string(k_head)};
  for (const std::string& question : questions)
    lines.push_back(std::string(k_box) + ellipsize(collapse_spaces(question), k_longest_question));
  return lines;
}

// Letters and digits, in lower case: what a question is known by.
std::string essence(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    char32_t c = next_code_point(text, pos);
    if (is_letter(c) || is_digit(c)) append_utf8(out, lower(c));
  }
  return out;
}

std::string_view without_blanks(std::string_view line) {
  for (;;) {
    line = trim_left(line);
    if (line.starts_with("\xEF\xBB\xBF"))
      line.remove_prefix(3);
    else if (line.starts_with("\xC2\xA0"))
      line.remove_prefix(2);
    else
      return line;
  }
}

// Behind "[ ] " or "[x] ", with what may be left of "#? " in front of it; the line itself when it has none.
std::string_view behind_box(std::string_view line, bool& box) {
  std::string_view bare = without_blanks(line);
  while (!bare.empty() && (bare.front() == '#' || bare.front() == '?' || bare.front() == ' '))
    bare.remove_prefix(1);
  std::size_t end = bare.starts_with('[') ? bare.find(']') : std::string_view::npos;
  box = end != std::string_view::npos && count_code_points(bare.substr(1, end - 1)) <= 1;
  return box ? bare.substr(end + 1) : line;
}

struct Where {
  bool above = true;   // nothing of the reply came yet
  bool found = false;  // something of the block did
  bool beside = false; // in the line before this one
};

class Remover {
 public:
  explicit Remover(const std::vector<std::string>& questions) : block_(block_of(questions)) {
    for (const std::string& line : block_) essences_.push_back(essence(line));
    // The longest first: one question may be the beginning of another.
    std::sort(block_.begin(), block_.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  }

  std::string run(std::string_view edited) {
    std::string out;
    Where where;
    for (std::size_t at = 0; at < edited.size();) {
      std::size_t end = std::min(edited.find('\n', at), edited.size());
      std::string line(edited.substr(at, end - at));
      bool ended = end < edited.size();
      at = end + 1;
      bool cut = take_out(line, where);
      bool blank = trim(without_blanks(line)).empty();
      if ((cut && blank) || is_of_block(line, where)) {
        where.found = where.beside = true;
        continue;
      }
      where.found = where.found || cut;
      if (blank) where.beside = false;
      if (blank && where.above && where.found) continue; // what stood between the block and the text
      where.above = where.above && blank;
      out += line + (ended ? "\n" : "");
    }
    return out;
  }

 private:
  // The lines of the block that stand in this one; what was joined to them is left.
  bool take_out(std::string& line, const Where& where) const {
    bool any = false;
    for (const std::string& known : block_)
      for (std::size_t at = line.find(known); at != std::string::npos; at = line.find(known, at)) {
        line.erase(at, known.size());
        any = true;
      }
    if (std::size_t at = line.find("#? ["); at != std::string::npos && at > 0) {
      line.erase(at);
      any = true;
    }
    if (!where.above || !where.beside) return any;
    // "#x? [ ] When can you send it? Tomorrow!"
    for (const std::string& known : block_) {
      std::string_view question = std::string_view(known).substr(std::min(known.size(), k_box.size()));
      std::size_t at = known.starts_with(k_box) ? line.find(question) : std::string::npos;
      if (at == std::string::npos || essence(std::string_view(line).substr(0, at)).size() > 3) continue;
      line.erase(0, at + question.size());
      any = true;
    }
    return any;
  }

  bool is_of_block(std::string_view line, const Where& where) const {
    std::string_view bare = without_blanks(line);
    if (bare.starts_with(k_mark)) return true;
    if (bare.empty() || bare.front() == '>') return false;
    bool box = false;
    std::string one = essence(behind_box(bare, box));
    if (where.above && where.found && box) return true;
    if (one.empty()) return where.above && (where.beside || bare == "#" || bare == "?");
    if (where.above && one.find(k_head_essence) <= 3) return true;
    bool long_enough = one.size() >= k_least_rest;
    return std::any_of(essences_.begin(), essences_.end(), [&](const std::string& known) {
      if (one == known) return where.above || box;
      if (box && long_enough &&
          (known.find(one) != std::string::npos || one.find(known) != std::string::npos))
        return true;
      // The beginning or the end of one: half of it was deleted, or an editor broke the line.
      if (!where.above || !where.found) return false;
      return (long_enough && known.starts_with(one)) ||
             ((long_enough || where.beside) && known.ends_with(one)) ||
             (where.beside && one.size() <= known.size() + 3 && one.find(known) != std::string::npos);
    });
  }

  std::vector<std::string> block_, essences_;
};

} // namespace

std::string with_checklist(const std::vector<std::string>& questions, std::string_view text) {
  if (questions.empty()) return std::string(text);
  std::string out;
  for (const std::string& line : block_of(questions)) out += line + "\n";
  return out + "\n" + std::string(text);
}

std::string without_checklist(std::string_view edited, const std::vector<std::string>& questions) {
  return Remover(questions).run(edited);
}

std::string checklist_line(std::string_view text) {
  for (std::string_view line : split_lines(text))
    if (std::string_view bare = without_blanks(line); bare.starts_with("#? "))
      return ellipsize(trim(bare), 80);
  return {};
}

} // namespace helpdesk::reply
