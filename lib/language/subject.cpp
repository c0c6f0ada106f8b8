#include "language/subject.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace helpdesk {
namespace {

constexpr std::size_t k_look = 2000; // a subject is no longer than this for us

// Lower case. What stands before the colon in a reply's subject, by mail programs in their languages.
constexpr std::array<std::string_view, 34> k_reply{
    "re",   "aw",        "antw", "antwort", "sv",     "vs",  "ad",    "rif",   "r",    "res",  "resp",  "rép",
    "rép.", "réf",       "odp",  "odpověď", "re.",    "ynt", "yanıt", "cevap", "απ",   "σχετ", "ответ", "отв",
    "на",   "відповідь", "відп", "vá",      "válasz", "atb", "bls",   "回复",  "答复", "回覆"};
constexpr std::array<std::string_view, 6> k_reply_more{"答覆", "返信", "답장", "회신", "ตอบกลับ", "trả lời"};
constexpr std::array<std::string_view, 31> k_forward{"fwd",
                                                     "fw",
                                                     "wg",
                                                     "tr",
                                                     "rv",
                                                     "enc",
                                                     "i",
                                                     "vb",
                                                     "vl",
                                                     "doorst",
                                                     "vidarebefordrat",
                                                     "fs",
                                                     "vid",
                                                     "videresendt",
                                                     "pd",
                                                     "továbbítás",
                                                     "továbbított",
                                                     "trs",
                                                     "переслано",
                                                     "пересл",
                                                     "переслать",
                                                     "пер",
                                                     "fwd.",
                                                     "ilt",
                                                     "πρθ",
                                                     "reenv",
                                                     "转发",
                                                     "轉寄",
                                                     "轉發",
                                                     "転送",
                                                     "전달"};

struct Prefix {
  enum class Kind : unsigned char { none, reply, forward, tag } kind = Kind::none;
  std::size_t length = 0; // with the white space behind
};

std::string_view skip_space(std::string_view s) {
  for (;;) {
    if (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ')
      s.remove_prefix(1);
    else if (s.starts_with("\u00A0"))
      s.remove_prefix(2);
    else if (s.starts_with("\u200B") || s.starts_with("\uFEFF") || s.starts_with("\u200E") ||
             s.starts_with("\u3000"))
      s.remove_prefix(3);
    else
      return s;
  }
}

bool all_digits(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

// "Re", "Re[2]", "RE^3", "Re (2)": the word alone.
std::string_view without_count(std::string_view word) {
  word = trim(word);
  if (word.ends_with(']') || word.ends_with(')')) {
    const std::size_t open = word.find_last_of("[(");
    if (open != word.npos && all_digits(word.substr(open + 1, word.size() - open - 2)))
      return trim(word.substr(0, open));
  }
  if (const std::size_t caret = word.find_last_of("^*");
      caret != word.npos && all_digits(word.substr(caret + 1)))
    return trim(word.substr(0, caret));
  return word;
}

Prefix read_prefix(std::string_view s) {
  const std::string_view whole = s;
  s = skip_space(s);
  const auto ending_at = [&whole](std::string_view rest) { return whole.size() - skip_space(rest).size(); };
  if (s.starts_with('[')) {
    // A list's or a ticket system's tag: short, and something follows it.
    const std::size_t close = s.substr(0, 80).find(']');
    if (close == s.npos || close < 2 || skip_space(s.substr(close + 1)).empty()) return {};
    return {Prefix::Kind::tag, ending_at(s.substr(close + 1))};
  }
  if (s.starts_with("(#")) {
    const std::size_t close = s.substr(0, 40).find(')');
    if (close == s.npos || !all_digits(s.substr(2, close - 2)) || skip_space(s.substr(close + 1)).empty())
      return {};
    return {Prefix::Kind::tag, ending_at(s.substr(close + 1))};
  }
  const std::string_view head = s.substr(0, 40);
  std::size_t colon = head.find(':'), width = 1;
  if (const std::size_t wide = head.find("："); wide < colon) colon = wide, width = 3;
  if (colon == head.npos || colon == 0) return {};
  const std::string word = lower(without_count(head.substr(0, colon)));
  Prefix prefix{Prefix::Kind::none, ending_at(s.substr(colon + width))};
  // Single letters and common words are prefixes only as programs write them: in capitals.
  const std::string_view written = without_count(head.substr(0, colon));
  if (word == "r" || word == "i") {
    if (written != "R" && written != "I") return {};
  } else if (word == "на" || word == "пер" || word == "vid") {
    return {};
  }
  if (std::ranges::find(k_reply, word) != k_reply.end() ||
      std::ranges::find(k_reply_more, word) != k_reply_more.end())
    prefix.kind = Prefix::Kind::reply;
  else if (std::ranges::find(k_forward, word) != k_forward.end())
    prefix.kind = Prefix::Kind::forward;
  else
    return {};
  return prefix;
}

std::string_view without_suffix(std::string_view s) {
  for (;;) {
    s = trim(s);
    if (s.size() > 5 && equal_ignoring_case(s.substr(s.size() - 5), "(fwd)")) {
      s.remove_suffix(5);
      continue;
    }
    if (s.ends_with(']') || s.ends_with(')')) {
      const std::size_t open = s.find_last_of("[(");
      if (open != s.npos && open > 0 && s[open + 1] == '#' &&
          all_digits(s.substr(open + 2, s.size() - open - 3))) {
        s = s.substr(0, open);
        continue;
      }
    }
    return s;
  }
}

} // namespace

std::string normalise_subject(std::string_view subject) {
  const std::string collapsed = collapse_spaces(subject.substr(0, k_look));
  std::string_view s = collapsed;
  for (Prefix p = read_prefix(s); p.kind != Prefix::Kind::none; p = read_prefix(s)) s.remove_prefix(p.length);
  return clean_utf8(without_suffix(s));
}

std::string subject_key(std::string_view subject) {
  const std::string normal = normalise_subject(subject);
  std::string key = fold_for_index(normal);
  return key.empty() ? fold_word(normal) : key;
}

bool is_reply_subject(std::string_view subject) {
  std::string_view s = subject.substr(0, k_look);
  for (Prefix p = read_prefix(s); p.kind != Prefix::Kind::none; p = read_prefix(s)) {
    if (p.kind == Prefix::Kind::reply) return true;
    s.remove_prefix(p.length);
  }
  return false;
}

bool is_forward_subject(std::string_view subject) {
  std::string_view s = subject.substr(0, k_look);
  for (Prefix p = read_prefix(s); p.kind != Prefix::Kind::none; p = read_prefix(s)) {
    if (p.kind != Prefix::Kind::tag) return p.kind == Prefix::Kind::forward;
    s.remove_prefix(p.length);
  }
  s = trim(s);
  return s.size() > 5 && equal_ignoring_case(s.substr(s.size() - 5), "(fwd)");
}

std::vector<std::string> find_ticket_tokens(std::string_view subject) {
  std::vector<std::string> out;
  subject = subject.substr(0, k_look);
  for (std::size_t hash = subject.find('#'); hash != subject.npos; hash = subject.find('#', hash + 1)) {
    std::size_t end = hash + 1;
    while (end < subject.size() && subject[end] >= '0' && subject[end] <= '9') ++end;
    const std::size_t digits = end - hash - 1;
    if (digits == 0 || digits > 18 || end >= subject.size()) continue;
    const char wanted = subject[end] == ']' ? '[' : subject[end] == ')' ? '(' : '\0';
    if (wanted == '\0') continue;
    // The opening bracket, with at most a word or two between ("[Ticket #123]").
    const std::size_t from = hash > 40 ? hash - 40 : 0;
    const std::size_t open = subject.substr(from, hash - from).rfind(wanted);
    if (open == subject.npos ||
        subject.substr(from + open + 1, hash - from - open - 1).find_first_of("])") != subject.npos)
      continue;
    const std::string number(subject.substr(hash + 1, digits));
    if (std::ranges::find(out, number) == out.end()) out.push_back(number);
  }
  return out;
}

} // namespace helpdesk
