#include "report/gate.hpp"

#include "base/text.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace helpdesk::report {
namespace {

struct Word {
  std::string_view key;
  GateSubject subject;
};
constexpr Word k_words[] = {
    {"oldest_waiting", GateSubject::oldest_waiting},
    {"waiting", GateSubject::waiting},
    {"backlog", GateSubject::unsolved},
    {"unsolved", GateSubject::unsolved},
    {"sla.attainment", GateSubject::attainment},
    {"sla.breached", GateSubject::breached},
    {"inbox.age", GateSubject::inbox_age},
};
constexpr Word k_statistics[] = {
    {"median", GateSubject::quantile},
    {"mean", GateSubject::mean},
    {"n", GateSubject::n},
    {"waiting", GateSubject::waiting_of},
    {"waiting_share", GateSubject::waiting_share},
    {"answered_share", GateSubject::answered_share},
};
constexpr std::string_view k_statistic_list =
    "median, p50, p75, p90, p95, p99, mean, n, waiting, waiting_share, answered_share, within(4h)";
constexpr std::pair<std::string_view, Relation> k_relations[] = {{"<=", Relation::at_most},
                                                                 {">=", Relation::at_least},
                                                                 {"==", Relation::equal},
                                                                 {"<", Relation::below},
                                                                 {">", Relation::above}};
constexpr std::size_t k_longest = 500; // of a gate

std::string quoted(std::string_view word) { return "\"" + ellipsize(clean_utf8(word), 60) + "\""; }

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view near = nearest(word, known);
  return near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near);
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_sign(char c) { return c == '<' || c == '>' || c == '=' || c == '!' || c == '~'; }

std::optional<double> number(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value < 0)
    return std::nullopt;
  return value;
}

class Parser {
 public:
  Parser(std::string_view text, const metrics::MetricNames& names) : text_(text), names_(names) {}

  Result<Gate> parse() {
    if (text_.size() > k_longest)
      return usage_error(
          fmt::format("column {}: a check has at most {} characters", k_longest + 1, k_longest));
    skip();
    if (pos_ == text_.size()) return at(pos_, "a check is missing; write for example: frt.p90 < 4h");
    std::size_t begin = pos_;
    int depth = 0;
    while (pos_ < text_.size() && (depth > 0 || (!is_blank(text_[pos_]) && !is_sign(text_[pos_])))) {
      depth += text_[pos_] == '(' ? 1 : text_[pos_] == ')' ? -1 : 0;
      ++pos_;
    }
    std::string_view subject = text_.substr(begin, pos_ - begin);
    TRY(read_subject(begin, subject));
    skip();
    TRY(read_relation());
    skip();
    std::string_view value = TRY(read_value());
    skip();
    std::string_view clock = TRY(read_clock());
    gate_.text =
        fmt::format("{} {} {}{}{}", subject, sign(gate_.relation), value, clock.empty() ? "" : " ", clock);
    gate_.name = gate_.text;
    return gate_;
  }

 private:
  std::string_view text_;
  const metrics::MetricNames& names_;
  std::size_t pos_ = 0;
  Gate gate_;

  void skip() {
    while (pos_ < text_.size() && is_blank(text_[pos_])) ++pos_;
  }
  static Failure at(std::size_t pos, const std::string& what) {
    return usage_error(fmt::format("column {}: {}", pos + 1, what));
  }

  Result<void> read_subject(std::size_t begin, std::string_view word) {
    for (const Word& w : k_words)
      if (w.key == word) {
        gate_.subject = w.subject;
        return {};
      }
    // The statistic follows the last point outside of parentheses.
    std::size_t dot = word.substr(0, word.find('(')).rfind('.');
    std::vector<std::string_view> keys = names_.keys();
    if (dot == std::string_view::npos) {
      if (names_.parse(word))
        return at(begin + word.size(), fmt::format("say which statistic of {}: {}", word, k_statistic_list));
      std::vector<std::string_view> known;
      for (const Word& w : k_words) known.push_back(w.key);
      std::string hint = suggestion(word, known);
      if (hint.empty()) hint = suggestion(word, keys);
      return at(begin, fmt::format("unknown {}{}{}", quoted(word), hint,
                                   hint.empty() ? "; write METRIC.STATISTIC such as frt.p90, or one of "
                                                  "oldest_waiting, waiting, backlog, unsolved, "
                                                  "sla.attainment, sla.breached, inbox.age"
                                                : ""));
    }
    std::string_view name = word.substr(0, dot), statistic = word.substr(dot + 1);
    auto metric = names_.parse(name);
    if (!metric) {
      std::vector<std::string_view> words;
      for (const Word& w : k_words) words.push_back(w.key);
      std::string hint = suggestion(name, keys);
      if (std::string whole = suggestion(word, words); !whole.empty()) hint = whole;
      if (hint.empty()) hint = fmt::format("; they are {}, sla, inbox", fmt::join(keys, ", "));
      return at(begin, fmt::format("unknown metric {}{}", quoted(name), hint));
    }
    gate_.metric = *metric;
    return read_statistic(begin + dot + 1, statistic);
  }

  Result<void> read_statistic(std::size_t begin, std::string_view word) {
    for (const Word& w : k_statistics)
      if (w.key == word) {
        gate_.subject = w.subject;
        return {};
      }
    if (word.starts_with('p')) {
      int p = 0;
      auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), p);
      if (error == std::errc() && end == word.data() + word.size() && p >= 1 && p <= 99) {
        gate_.subject = GateSubject::quantile;
        gate_.p = p / 100.0;
        return {};
      }
    }
    if (word.starts_with("within(") && word.ends_with(')')) {
      auto limit = parse_duration(trim(word.substr(7, word.size() - 8)));
      if (!limit) return at(begin + 7, limit.error().message);
      if (*limit <= Duration::zero()) return at(begin + 7, "nothing happens within no time");
      gate_.subject = GateSubject::within;
      gate_.within = *limit;
      return {};
    }
    std::vector<std::string_view> known{"p50", "p75", "p90", "p95", "p99", "within(4h)"};
    for (const Word& w : k_statistics) known.push_back(w.key);
    return at(begin, fmt::format("unknown statistic {}{}; they are {}", quoted(word), suggestion(word, known),
                                 k_statistic_list));
  }

  Result<void> read_relation() {
    for (const auto& [key, relation] : k_relations)
      if (text_.substr(pos_).starts_with(key)) {
        pos_ += key.size();
        gate_.relation = relation;
        if (pos_ < text_.size() && is_sign(text_[pos_])) break;
        return {};
      }
    return at(pos_, "expected <, <=, >, >= or ==");
  }

  Result<std::string_view> read_value() {
    std::size_t begin = pos_;
    while (pos_ < text_.size() && !is_blank(text_[pos_])) ++pos_;
    std::size_t end = pos_;
    skip(); // "95 %"
    if (pos_ < text_.size() && text_[pos_] == '%' && end > begin && text_[end - 1] != '%')
      end = ++pos_;
    else
      pos_ = end;
    std::string_view value = text_.substr(begin, end - begin);
    if (value.empty()) return at(begin, "a value is missing: a duration, a number or a percentage");
    bool percentage = value.ends_with('%');
    auto plain = number(trim(value.substr(0, value.size() - (percentage ? 1 : 0))));
    switch (unit(gate_.subject)) {
    case GateUnit::time: {
      auto duration = parse_duration(value);
      if (!duration)
        return at(begin,
                  fmt::format("{} is compared with a time such as 4h, not with {}", what(), quoted(value)));
      gate_.bound = static_cast<double>(duration->count()) / 1e6;
      break;
    }
    case GateUnit::count:
      if (!plain || percentage || *plain != std::floor(*plain))
        return at(begin, fmt::format("{} is compared with a whole number such as 20, not with {}", what(),
                                     quoted(value)));
      gate_.bound = *plain;
      break;
    case GateUnit::share:
      if (!plain || !percentage)
        return at(begin, fmt::format("{} is compared with a percentage such as 95%, not with {}", what(),
                                     quoted(value)));
      if (*plain > 100) return at(begin, "a share is at most 100%");
      gate_.bound = *plain / 100;
      break;
    }
    return value;
  }

  std::string_view what() const {
    switch (unit(gate_.subject)) {
    case GateUnit::time: return "a time";
    case GateUnit::count: return "a number of tickets";
    case GateUnit::share: return "a share";
    }
    return "";
  }

  Result<std::string_view> read_clock() {
    std::string_view rest = trim(text_.substr(pos_));
    if (rest.empty()) return rest;
    if (rest != "biz" && rest != "cal")
      return at(pos_, fmt::format("unexpected {}{}; cal or biz may stand here, and nothing after it",
                                  quoted(rest), suggestion(rest, {"cal", "biz"})));
    if (is_of_sla(gate_.subject)) return at(pos_, "promises are measured by the calendars of their policies");
    if (gate_.subject == GateSubject::within ||
        (unit(gate_.subject) == GateUnit::time && gate_.subject != GateSubject::inbox_age)) {
      gate_.business = rest == "biz";
      return rest;
    }
    return at(pos_, fmt::format("{} is no working time: leave {} out",
                                gate_.subject == GateSubject::inbox_age ? "this" : what(), rest));
  }
};

} // namespace

GateUnit unit(GateSubject subject) {
  switch (subject) {
  case GateSubject::quantile:
  case GateSubject::mean:
  case GateSubject::oldest_waiting:
  case GateSubject::inbox_age: return GateUnit::time;
  case GateSubject::waiting_share:
  case GateSubject::answered_share:
  case GateSubject::within:
  case GateSubject::attainment: return GateUnit::share;
  case GateSubject::n:
  case GateSubject::waiting_of:
  case GateSubject::waiting:
  case GateSubject::unsolved:
  case GateSubject::breached: return GateUnit::count;
  }
  return GateUnit::count;
}

std::string_view sign(Relation relation) {
  for (const auto& [key, r] : k_relations)
    if (r == relation) return key;
  return "";
}

bool compare(double value, const Gate& gate) {
  // Shares are quotients and sums of them: what equals on paper must equal here.
  double bound = gate.bound;
  if (unit(gate.subject) == GateUnit::share) {
    value = std::round(value * 1e12);
    bound = std::round(bound * 1e12);
  }
  switch (gate.relation) {
  case Relation::below: return value < bound;
  case Relation::at_most: return value <= bound;
  case Relation::above: return value > bound;
  case Relation::at_least: return value >= bound;
  case Relation::equal: return value == bound;
  }
  return false;
}

Result<Gate> parse_gate(std::string_view text, const metrics::MetricNames& names) {
  return Parser(text, names).parse();
}

} // namespace helpdesk::report
