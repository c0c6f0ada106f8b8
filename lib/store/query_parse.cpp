#include "base/fold.hpp"
#include "base/text.hpp"
#include "model/enums.hpp"
#include "store/query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace helpdesk::store {
namespace {

constexpr int k_max_depth = 50;
// Bounds what one query can cost SQLite's expression trees; nobody types more.
constexpr std::size_t k_max_terms = 200;
constexpr std::size_t k_max_length = 16'384;

constexpr std::array<std::string_view, 12> k_is{"waiting", "unread",    "spam",    "deleted",
                                                "merged",  "snoozed",   "open",    "done",
                                                "history", "automatic", "private", "gone"};
constexpr std::array<std::string_view, 3> k_has{"attachment", "html", "defect"};

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         std::string_view suffix) {
  auto best = nearest(word, candidates);
  if (best.empty()) return "";
  return " (did you mean \"" + std::string(best) + std::string(suffix) + "\"?)";
}

template <class Range> std::vector<std::string_view> views(const Range& range) {
  return {range.begin(), range.end()};
}

bool is_field_name(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

class Parser {
 public:
  Parser(std::string_view text, Instant now, const Zone& zone) : text_(text), now_(now), zone_(zone) {}

  Result<Query> run() {
    if (text_.size() > k_max_length) return usage_error("query: longer than 16384 bytes");
    skip_spaces();
    if (at_end()) return Query{};
    Query query = TRY(disjunction(0));
    if (!at_end()) return error(pos_, "\")\" without \"(\"");
    return query;
  }

 private:
  std::string_view text_;
  Instant now_;
  const Zone& zone_;
  std::size_t pos_ = 0, terms_ = 0;

  bool at_end() const { return pos_ >= text_.size(); }
  char peek() const { return text_[pos_]; }
  static bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  void skip_spaces() {
    while (!at_end() && space(peek())) ++pos_;
  }
  Failure error(std::size_t at, std::string_view what) const {
    auto column = count_code_points(text_.substr(0, std::min(at, text_.size()))) + 1;
    return usage_error("query, column " + std::to_string(column) + ": " + std::string(what));
  }

  // The word "or" alone, in lower or upper case.
  bool take_or() {
    if (text_.size() - pos_ < 2) return false;
    auto word = text_.substr(pos_, 2);
    if (word != "or" && word != "OR") return false;
    char next = pos_ + 2 < text_.size() ? text_[pos_ + 2] : ' ';
    if (!space(next) && next != '(' && next != ')' && next != '"') return false;
    pos_ += 2;
    skip_spaces();
    return true;
  }

  Result<Query> disjunction(int depth) {
    if (depth > k_max_depth) return error(pos_, "nested deeper than 50 levels");
    Query any{.node = Node::any};
    any.children.push_back(TRY(conjunction(depth)));
    while (!at_end() && peek() != ')') {
      auto at = pos_;
      if (!take_or()) return error(at, "cannot be read");
      any.children.push_back(TRY(conjunction(depth)));
    }
    if (any.children.size() == 1) return std::move(any.children.front());
    return any;
  }

  Result<Query> conjunction(int depth) {
    Query all;
    while (!at_end() && peek() != ')') {
      auto at = pos_;
      if (take_or()) {
        pos_ = at;
        break;
      }
      all.children.push_back(TRY(unary(depth)));
      skip_spaces();
    }
    if (all.children.empty()) return error(pos_, "a search term is missing here");
    if (all.children.size() == 1) return std::move(all.children.front());
    return all;
  }

  Result<Query> unary(int depth) {
    if (depth > k_max_depth) return error(pos_, "nested deeper than 50 levels");
    if (++terms_ > k_max_terms) return error(pos_, "more than 200 terms");
    if (peek() == '-' && pos_ + 1 < text_.size() && !space(text_[pos_ + 1]) && text_[pos_ + 1] != ')') {
      ++pos_;
      Query negation{.node = Node::negation};
      negation.children.push_back(TRY(unary(depth + 1)));
      return negation;
    }
    if (peek() == '(') {
      auto opened = pos_++;
      skip_spaces();
      Query inner = TRY(disjunction(depth + 1));
      if (at_end()) return error(opened, "\"(\" is never closed");
      ++pos_;
      return inner;
    }
    if (peek() == '"') {
      auto at = pos_;
      auto phrase = TRY(quoted());
      return text_node(Node::phrase, std::move(phrase), at);
    }
    return word_or_field();
  }

  // After the opening quote; \" and \\ inside stand for themselves.
  Result<std::string> quoted() {
    auto opened = pos_++;
    std::string out;
    while (!at_end() && peek() != '"') {
      if (peek() == '\\' && pos_ + 1 < text_.size() && (text_[pos_ + 1] == '"' || text_[pos_ + 1] == '\\'))
        ++pos_;
      out += text_[pos_++];
    }
    if (at_end()) return error(opened, "the quote is never closed");
    ++pos_;
    return out;
  }

  std::string bare() {
    auto begin = pos_;
    while (!at_end() && !space(peek()) && peek() != '(' && peek() != ')' && peek() != '"') ++pos_;
    return std::string(text_.substr(begin, pos_ - begin));
  }

  Result<Query> text_node(Node node, std::string text, std::size_t at) {
    if (fold_tokens(text).empty()) return error(at, "no letter or digit in \"" + text + "\"");
    return Query{.node = node, .text = std::move(text)};
  }

  Result<Query> word_or_field() {
    auto begin = pos_;
    auto word = bare();
    auto colon = word.find(':');
    if (colon != std::string::npos && is_field_name(std::string_view(word).substr(0, colon)) &&
        !std::string_view(word).substr(colon).starts_with("://")) {
      pos_ = begin + colon + 1;
      return field(ascii_lower(std::string_view(word).substr(0, colon)), begin);
    }
    if (word.size() > 1 && word.back() == '*') {
      word.pop_back();
      return text_node(Node::prefix, std::move(word), begin);
    }
    return text_node(Node::word, std::move(word), begin);
  }

  Result<Query> field(std::string name, std::size_t at) {
    std::vector<std::string_view> names;
    for (const auto& known : query_fields()) names.push_back(known.name);
    if (std::ranges::find(names, name) == names.end()) {
      auto hint = did_you_mean(name, names, ":");
      if (hint.empty()) hint = " (put it in quotes to search for the words)";
      return error(at, "unknown field \"" + name + ":\"" + hint);
    }
    std::optional<Compare> compare;
    auto rest = text_.substr(pos_);
    if (rest.starts_with(">="))
      compare = Compare::greater_equal, pos_ += 2;
    else if (rest.starts_with("<="))
      compare = Compare::less_equal, pos_ += 2;
    else if (rest.starts_with(">"))
      compare = Compare::greater, pos_ += 1;
    else if (rest.starts_with("<"))
      compare = Compare::less, pos_ += 1;
    auto value_at = pos_;
    bool was_quoted = !at_end() && peek() == '"';
    auto value = was_quoted ? TRY(quoted()) : bare();
    if (value.empty()) return error(value_at, name + ": needs a value");
    if (!was_quoted && value.find(',') != std::string::npos && takes_list(name)) {
      Query any{.node = Node::any};
      for (auto part : split(value, ',')) {
        if (++terms_ > k_max_terms) return error(pos_, "more than 200 terms");
        any.children.push_back(TRY(one_value(name, compare, std::string(part), value_at)));
      }
      return any;
    }
    return one_value(name, compare, std::move(value), value_at);
  }

  static bool takes_list(std::string_view name) {
    constexpr std::array<std::string_view, 9> lists{"status",  "channel",  "priority", "tag", "queue",
                                                    "account", "assignee", "id",       "lang"};
    return std::ranges::find(lists, name) != lists.end();
  }

  template <class Values>
  Result<void> one_of(std::string_view name, std::string_view value, const Values& values, std::size_t at) {
    if (std::ranges::find(values, value) != values.end()) return {};
    auto hint = did_you_mean(value, views(values), "");
    std::string list;
    for (auto v : values) list += (list.empty() ? "" : ", ") + std::string(v);
    return error(at, std::string(name) + ": does not know \"" + std::string(value) + "\"" +
                         (hint.empty() ? "; one of " + list : hint));
  }

  Result<Query> one_value(const std::string& name, std::optional<Compare> compare, std::string value,
                          std::size_t at) {
    bool duration = name == "waiting" || name == "silent";
    if (compare && !duration && name != "priority")
      return error(at, name + ": cannot be compared with > or <; waiting:, silent: and priority: can");
    Query q{.node = Node::field,
            .name = name,
            .text = std::move(value),
            .compare = compare.value_or(Compare::equal)};
    if (duration) {
      q.compare = compare.value_or(Compare::greater_equal);
      auto parsed = parse_duration(q.text);
      if (!parsed) return error(at, name + ": " + parsed.error().message);
      q.micros = parsed->count();
    } else if (name == "before" || name == "after") {
      q.compare = name == "before" ? Compare::less : Compare::greater_equal;
      auto parsed = parse_instant(q.text, now_, zone_);
      if (!parsed) return error(at, name + ": " + parsed.error().message);
      q.micros = micros(*parsed);
    } else if (name == "status" || name == "channel" || name == "priority" || name == "needs_reply" ||
               name == "is" || name == "has") {
      q.text = ascii_lower(q.text);
      if (name == "status") TRY(one_of(name, q.text, model::EnumNames<model::Status>::value, at));
      if (name == "channel") TRY(one_of(name, q.text, model::EnumNames<model::Channel>::value, at));
      if (name == "priority") TRY(one_of(name, q.text, model::EnumNames<model::Priority>::value, at));
      if (name == "needs_reply") TRY(one_of(name, q.text, model::EnumNames<model::NeedsReply>::value, at));
      if (name == "is") TRY(one_of(name, q.text, k_is, at));
      if (name == "has") TRY(one_of(name, q.text, k_has, at));
    } else if (name == "lang") {
      q.text = ascii_lower(q.text);
    } else if (name == "id") {
      if (q.text.starts_with('#')) q.text.erase(0, 1);
      std::int64_t number = 0;
      auto [end, code] = std::from_chars(q.text.data(), q.text.data() + q.text.size(), number);
      if (code != std::errc{} || end != q.text.data() + q.text.size() || number <= 0)
        return error(at, "id: needs the number of a ticket, not \"" + q.text + "\"");
      q.text = std::to_string(number);
    } else if (name == "from" || name == "to" || name == "subject" || name == "person") {
      if (fold_tokens(q.text.ends_with('*') ? q.text.substr(0, q.text.size() - 1) : q.text).empty())
        return error(at, "no letter or digit in \"" + q.text + "\"");
    }
    return q;
  }
};

} // namespace

Result<Query> parse_query(std::string_view text, Instant now, const Zone& zone) {
  return Parser(clean_utf8(text), now, zone).run();
}

Query both(Query a, Query b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Query all;
  for (auto* side : {&a, &b}) {
    if (side->node == Node::all)
      for (auto& child : side->children) all.children.push_back(std::move(child));
    else
      all.children.push_back(std::move(*side));
  }
  return all;
}

} // namespace helpdesk::store
