#include "net/imap_response.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

std::string upper(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

template <class N> std::optional<N> number_of(std::string_view s) {
  N n{};
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (s.empty() || error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return n;
}

bool is_status(std::string_view name) {
  return name == "OK" || name == "NO" || name == "BAD" || name == "BYE" || name == "PREAUTH";
}

std::string_view next_word(std::string_view& s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  const std::string_view word = s.substr(0, s.find(' '));
  s.remove_prefix(word.size());
  return word;
}

class ValueParser {
 public:
  ValueParser(std::string_view text, std::vector<std::string>& literals, const ImapLimits& limits)
      : s_(text), literals_(literals), limits_(limits) {}

  Result<std::vector<ImapValue>> all() {
    std::vector<ImapValue> values;
    TRY(sequence(values, 0));
    if (at_ != s_.size()) return bad("a closing parenthesis too many");
    return values;
  }

 private:
  Failure bad(std::string_view what) const {
    const std::size_t from = at_ < 20 ? 0 : at_ - 20;
    return failed(fmt::format("not an IMAP answer: {} near \"{}\"", what,
                              ellipsize(clean_utf8(s_.substr(from, 60)), 60)));
  }

  Result<void> sequence(std::vector<ImapValue>& into, std::size_t depth) {
    if (depth > limits_.depth) return bad("nested too deep");
    while (at_ < s_.size() && s_[at_] != ')') {
      if (s_[at_] == ' ') {
        ++at_;
        continue;
      }
      if (++values_ > limits_.values) return bad("too many values");
      into.emplace_back();
      ImapValue& value = into.back();
      if (s_[at_] == '(') {
        ++at_;
        value.kind = ImapValue::Kind::list;
        TRY(sequence(value.items, depth + 1));
        if (at_ >= s_.size()) return bad("a list is not closed");
        ++at_;
      } else if (s_[at_] == '"') {
        TRY(quoted(value));
      } else if (s_[at_] == '{' || (s_[at_] == '~' && at_ + 1 < s_.size() && s_[at_ + 1] == '{')) {
        TRY(literal(value));
      } else {
        TRY(atom(value));
      }
    }
    return {};
  }

  Result<void> quoted(ImapValue& value) {
    value.kind = ImapValue::Kind::string;
    for (++at_; at_ < s_.size(); ++at_) {
      if (s_[at_] == '"') {
        ++at_;
        return {};
      }
      if (s_[at_] == '\\' && at_ + 1 < s_.size()) ++at_;
      value.text += s_[at_];
    }
    return bad("a quoted string is not closed");
  }

  Result<void> literal(ImapValue& value) {
    const std::size_t end = s_.find('\n', at_);
    if (end == std::string_view::npos || next_literal_ >= literals_.size())
      return bad("a literal without content");
    value.kind = ImapValue::Kind::string;
    value.text = std::move(literals_[next_literal_++]);
    at_ = end + 1;
    return {};
  }

  // Atoms as servers write them: flags with a backslash, section names with brackets that may hold spaces and
  // parentheses.
  Result<void> atom(ImapValue& value) {
    const std::size_t begin = at_;
    std::size_t brackets = 0;
    for (; at_ < s_.size(); ++at_) {
      const char c = s_[at_];
      if (c == '[')
        ++brackets;
      else if (c == ']')
        brackets -= brackets > 0;
      else if (brackets == 0 && (c == ' ' || c == '(' || c == ')' || c == '"'))
        break;
      else if (c == '\r' || c == '\n' || c == '\0')
        return bad("a control character in an atom");
    }
    const std::string_view text = s_.substr(begin, at_ - begin);
    if (equal_ignoring_case(text, "NIL")) return {};
    value.kind = ImapValue::Kind::atom;
    value.text = text;
    return {};
  }

  std::string_view s_;
  std::vector<std::string>& literals_;
  const ImapLimits& limits_;
  std::size_t at_ = 0, values_ = 0, next_literal_ = 0;
};

void parse_status_text(std::string_view rest, ImapResponse& response) {
  rest = trim_left(rest);
  if (rest.starts_with('[')) {
    // A code may hold quoted brackets; servers that do so are rare, and the closing one before a space or the
    // end is theirs.
    std::size_t end = rest.find(']');
    while (end != std::string_view::npos && end + 1 < rest.size() && rest[end + 1] != ' ')
      end = rest.find(']', end + 1);
    if (end != std::string_view::npos) {
      response.code = rest.substr(1, end - 1);
      rest = trim_left(rest.substr(end + 1));
    }
  }
  response.text = clean_utf8(rest);
}

Result<std::vector<std::uint64_t>> parse_numbers(std::string_view rest) {
  std::vector<std::uint64_t> numbers;
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (word.starts_with('(')) break; // "(MODSEQ 12)" at the end
    const auto n = number_of<std::uint64_t>(word);
    if (!n)
      return failed(fmt::format("not an IMAP answer: SEARCH with \"{}\"", ellipsize(clean_utf8(word), 30)));
    numbers.push_back(*n);
  }
  return numbers;
}

} // namespace

const ImapValue* ImapResponse::item(std::string_view item_name) const {
  if (values.empty() || !values[0].is_list()) return nullptr;
  const auto& items = values[0].items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].kind != ImapValue::Kind::atom) continue;
    const std::string& name = items[i].text;
    if (equal_ignoring_case(name, item_name)) return &items[i + 1];
    if (item_name.ends_with("HEADER") && starts_with_ignoring_case(name, item_name) &&
        name.size() > item_name.size() && (name[item_name.size()] == '.' || name[item_name.size()] == ']'))
      return &items[i + 1];
  }
  return nullptr;
}

ImapValue* ImapResponse::item(std::string_view item_name) {
  return const_cast<ImapValue*>(std::as_const(*this).item(item_name));
}

Result<ImapResponse> parse_imap_response(ImapRawResponse raw, const ImapLimits& limits) {
  ImapResponse response;
  std::string_view rest = raw.line;
  const std::string_view tag = next_word(rest);
  if (tag == "+") {
    response.kind = ImapResponse::Kind::continuation;
    response.text = clean_utf8(trim_left(rest));
    return response;
  }
  if (tag.empty()) return failed("not an IMAP answer: an empty line");
  response.tag = tag;
  response.kind = tag == "*" ? ImapResponse::Kind::untagged : ImapResponse::Kind::tagged;
  std::string_view word = next_word(rest);
  if (response.kind == ImapResponse::Kind::untagged)
    if (const auto n = number_of<std::uint32_t>(word)) {
      response.number = n;
      word = next_word(rest);
    }
  response.name = upper(word);
  if (response.name.empty() ||
      !std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7f; }))
    return failed(fmt::format("not an IMAP answer: \"{}\"", ellipsize(clean_utf8(raw.line), 80)));
  if (is_status(response.name)) {
    parse_status_text(rest, response);
    return response;
  }
  if (response.kind == ImapResponse::Kind::tagged)
    return failed(fmt::format("not an IMAP answer: \"{}\"", ellipsize(clean_utf8(raw.line), 80)));
  if (response.name == "SEARCH")
    response.numbers = TRY(parse_numbers(rest));
  else
    response.values = TRY(ValueParser(rest, raw.literals, limits).all());
  return response;
}

std::optional<std::uint64_t> announced_literal(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  std::string_view rest = line;
  const std::string_view tag = next_word(rest);
  if (tag == "+" || is_status(upper(next_word(rest)))) return std::nullopt;
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  // Too long for 64 bits is a literal too: a huge one, refused by the limits.
  if (digits.empty() ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  return number_of<std::uint64_t>(digits).value_or(UINT64_MAX);
}

std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text) {
  std::vector<UidRange> ranges;
  const auto bound = [](std::string_view s) -> std::optional<std::uint32_t> {
    if (s == "*") return UINT32_MAX;
    const auto n = number_of<std::uint32_t>(s);
    return n && *n > 0 ? n : std::nullopt;
  };
  for (const std::string_view part : split(text, ',')) {
    const std::size_t colon = part.find(':');
    const auto a = bound(part.substr(0, colon));
    const auto b = colon == std::string_view::npos ? a : bound(part.substr(colon + 1));
    if (!a || !b) return std::nullopt;
    ranges.emplace_back(std::min(*a, *b), std::max(*a, *b));
  }
  std::sort(ranges.begin(), ranges.end());
  std::vector<UidRange> joined;
  for (const UidRange& r : ranges) {
    if (!joined.empty() && r.first <= joined.back().second)
      joined.back().second = std::max(joined.back().second, r.second);
    else
      joined.push_back(r);
  }
  return joined;
}

bool contains(const std::vector<UidRange>& set, std::uint32_t uid) {
  auto after = std::upper_bound(set.begin(), set.end(), uid,
                                [](std::uint32_t u, const UidRange& r) { return u < r.first; });
  return after != set.begin() && uid <= std::prev(after)->second;
}

std::string uid_set(std::vector<std::uint32_t> uids) {
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  std::string out;
  for (std::size_t i = 0; i < uids.size();) {
    std::size_t j = i;
    while (j + 1 < uids.size() && uids[j + 1] == uids[j] + 1) ++j;
    if (!out.empty()) out += ',';
    out += std::to_string(uids[i]);
    if (j > i) out += ':' + std::to_string(uids[j]);
    i = j + 1;
  }
  return out;
}

} // namespace helpdesk::net
