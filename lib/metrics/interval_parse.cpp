#include "base/text.hpp"
#include "metrics/interval.hpp"

#include <algorithm>
#include <array>

namespace helpdesk::metrics {
namespace {

constexpr std::array<std::string_view, 18> k_subjects{
    "created",  "message", "inbound", "outbound", "question", "reply",    "ai_reply", "receipt", "note",
    "anything", "event",   "status",  "priority", "queue",    "assignee", "tag",      "channel", "field"};

class Parser {
 public:
  explicit Parser(std::string_view text) : whole_(text), rest_(trim(text)) {}

  Result<Point> point() {
    Point point;
    std::string_view begin = rest_;
    std::string word = take_word();
    if (word == "last")
      point.last = true;
    else if (word != "first")
      rest_ = begin;
    while (true) {
      Condition condition = TRY(term());
      point.any_of.push_back(std::move(condition));
      if (rest_.empty()) return point;
      if (take_word() != "or") return wrong("expected \"or\" or the end");
    }
  }

 private:
  std::string_view whole_, rest_;

  Failure wrong(std::string_view what) const {
    return usage_error("\"" + std::string(whole_) + "\": " + std::string(what));
  }

  std::string take_word() {
    std::size_t n = 0;
    while (n < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[n])) || rest_[n] == '_' || rest_[n] == '.' ||
            rest_[n] == '-' || static_cast<unsigned char>(rest_[n]) >= 0x80))
      ++n;
    std::string word(rest_.substr(0, n));
    rest_ = trim_left(rest_.substr(n));
    return word;
  }

  Result<Condition> term() {
    std::string word = take_word();
    if (word.empty()) return wrong("expected what to wait for, such as created, reply or status");
    Condition c;
    if (word.starts_with("field.") && word.size() > 6) {
      c.subject = Subject::field;
      c.field = word.substr(6);
    } else {
      auto it = std::find(k_subjects.begin(), k_subjects.end() - 1, word);
      if (it == k_subjects.end() - 1) {
        std::vector<std::string_view> known(k_subjects.begin(), k_subjects.end() - 1);
        std::string hint(nearest(word, known));
        return wrong(
            "there is no \"" + word + "\"" +
            (hint.empty() ? "; it is one of " + all_subjects() : " (did you mean \"" + hint + "\"?)"));
      }
      c.subject = static_cast<Subject>(it - k_subjects.begin());
    }
    if (!rest_.starts_with("==") && !rest_.starts_with("!=")) return c;
    if (c.subject <= Subject::anything) return wrong("\"" + word + "\" has no value to compare");
    c.has_value = true;
    c.negated = rest_.front() == '!';
    rest_ = trim_left(rest_.substr(2));
    TRY(value(c));
    return c;
  }

  static std::string all_subjects() {
    std::string names;
    for (std::string_view name : k_subjects)
      names += (names.empty() ? "" : ", ") + std::string(name == "field" ? "field.NAME" : name);
    return names;
  }

  Result<void> value(Condition& c) {
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\''))
      return wrong("expected a value in quotes after the comparison");
    char quote = rest_.front();
    std::size_t end = rest_.find(quote, 1);
    if (end == std::string_view::npos) return wrong("the quotes are not closed");
    c.value = rest_.substr(1, end - 1);
    rest_ = trim_left(rest_.substr(end + 1));
    if (c.value.empty()) return wrong("the value is empty");
    if (c.subject == Subject::status) {
      auto status = model::parse<model::Status>(c.value);
      if (!status)
        return wrong("no status is called \"" + c.value +
                     "\"; they are new, open, pending, hold, solved, closed");
      c.status = *status;
    }
    if (c.subject == Subject::priority && !model::parse<model::Priority>(c.value))
      return wrong("no priority is called \"" + c.value + "\"; they are none, low, normal, high, urgent");
    return {};
  }
};

} // namespace

Result<Point> parse_point(std::string_view text) { return Parser(text).point(); }

Result<UserInterval> parse_interval(std::string name, std::string title, std::string_view from,
                                    std::string_view to) {
  if (parse_metric(name) || name == "all")
    return usage_error("\"" + name + "\" is a metric already: choose another name");
  if (from.empty() || to.empty()) return usage_error("an interval needs both from and to");
  UserInterval interval;
  auto begin = parse_point(from);
  if (!begin) return in_context("from", begin.error());
  auto end = parse_point(to);
  if (!end) return in_context("to", end.error());
  interval.from = std::move(*begin);
  interval.to = std::move(*end);
  interval.title = title.empty() ? name : std::move(title);
  interval.name = std::move(name);
  interval.meaning = "from " + std::string(trim(from)) + " to " + std::string(trim(to));
  return interval;
}

std::string_view MetricNames::key(Metric m) const {
  return index(m) < k_metric_count ? metrics::key(m) : (*intervals_)[index(m) - k_metric_count].name;
}
std::string_view MetricNames::title(Metric m) const {
  return index(m) < k_metric_count ? metrics::title(m) : (*intervals_)[index(m) - k_metric_count].title;
}
std::string_view MetricNames::meaning(Metric m) const {
  return index(m) < k_metric_count ? metrics::meaning(m) : (*intervals_)[index(m) - k_metric_count].meaning;
}

std::optional<Metric> MetricNames::parse(std::string_view name) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (key(static_cast<Metric>(i)) == name) return static_cast<Metric>(i);
  return std::nullopt;
}

std::vector<std::string_view> MetricNames::keys() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < size(); ++i) names.push_back(key(static_cast<Metric>(i)));
  return names;
}

} // namespace helpdesk::metrics
