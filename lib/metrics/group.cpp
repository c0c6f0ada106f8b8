#include "metrics/group.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace helpdesk::metrics {
namespace {

constexpr std::string_view k_names[] = {"nothing", "channel",  "account",  "agent",        "queue",
                                        "tag",     "priority", "language", "organisation", "hour",
                                        "weekday", "day",      "week",     "month"};
constexpr std::size_t k_most_periods = 64;

bool is_period(GroupBy by) {
  return by == GroupBy::hour || by == GroupBy::weekday || by == GroupBy::day || by == GroupBy::week ||
         by == GroupBy::month;
}

} // namespace

std::string_view text(GroupBy by) {
  return by == GroupBy::field ? "field" : k_names[static_cast<std::size_t>(by)];
}

const std::vector<std::string_view>& group_names() {
  static const std::vector<std::string_view> names(std::begin(k_names) + 1, std::end(k_names));
  return names;
}

std::optional<GroupBy> parse_group_by(std::string_view name) {
  const auto& names = group_names();
  auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return static_cast<GroupBy>(it - names.begin() + 1);
}

std::string name(const Dimension& d) {
  return d.by == GroupBy::field ? "field." + d.field : std::string(text(d.by));
}

Result<std::vector<Dimension>> parse_dimensions(std::string_view list) {
  std::vector<Dimension> dimensions;
  for (std::string_view part : split(list, ',')) {
    part = trim(part);
    Dimension d;
    if (part.starts_with("field.") && part.size() > 6) {
      d.by = GroupBy::field;
      d.field = part.substr(6);
    } else if (auto by = parse_group_by(part)) {
      d.by = *by;
    } else {
      std::string hint(nearest(part, group_names()));
      std::string names;
      for (std::string_view known : group_names()) names += std::string(known) + ", ";
      return usage_error("\"" + std::string(part) + "\" is not one of " + names + "field.NAME" +
                         (hint.empty() ? "" : " (did you mean \"" + hint + "\"?)"));
    }
    for (const Dimension& other : dimensions)
      if (name(other) == name(d)) return usage_error("\"" + name(d) + "\" is named twice");
    dimensions.push_back(std::move(d));
  }
  if (dimensions.size() > k_most_dimensions) return usage_error("at most two at once, such as channel,week");
  return dimensions;
}

CodeKind code_kind(GroupBy by) {
  switch (by) {
  case GroupBy::nothing: return CodeKind::none;
  case GroupBy::channel: return CodeKind::channel;
  case GroupBy::priority: return CodeKind::priority;
  case GroupBy::hour: return CodeKind::hour;
  case GroupBy::weekday: return CodeKind::weekday;
  case GroupBy::day:
  case GroupBy::week:
  case GroupBy::month: return CodeKind::instant;
  case GroupBy::account:
  case GroupBy::agent:
  case GroupBy::queue:
  case GroupBy::tag:
  case GroupBy::language:
  case GroupBy::organisation:
  case GroupBy::field: return CodeKind::term;
  }
  return CodeKind::none;
}

Grouper::Grouper(std::vector<Dimension> dimensions, const Zone& zone, TermText text)
    : dimensions_(std::move(dimensions)), zone_(zone), terms_(std::move(text)) {
  if (dimensions_.size() > k_most_dimensions) dimensions_.resize(k_most_dimensions);
}

// Zones are slow to ask: what was asked lately is remembered as a span of time.
std::int64_t Grouper::period(std::size_t dimension, Instant t) {
  auto& known = periods_[dimension];
  auto holds = [&](const Period& p) { return t >= p.from && t < p.to; };
  std::size_t& last = last_period_[dimension];
  if (last < known.size() && holds(known[last])) return known[last].code;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (holds(known[i])) return known[last = i].code;
  Period p;
  switch (dimensions_[dimension].by) {
  case GroupBy::week:
    p.from = zone_.start_of_iso_week(t);
    p.to = zone_.add_days(p.from, 7);
    p.code = micros(p.from);
    break;
  case GroupBy::month:
    p.from = zone_.start_of_month(t);
    p.to = zone_.start_of_month(zone_.add_days(p.from, 32));
    p.code = micros(p.from);
    break;
  case GroupBy::hour: {
    Civil c = zone_.civil(t);
    p.code = c.hour;
    // No change of offset is finer than a quarter of an hour.
    p.from = t - Duration((c.minute % 15) * 60'000'000LL + c.second * 1'000'000LL + c.microsecond);
    p.to = p.from + std::chrono::minutes(15);
    break;
  }
  default:
    p.from = zone_.start_of_day(t);
    p.to = zone_.start_of_day(zone_.add_days(p.from, 1));
    p.code = dimensions_[dimension].by == GroupBy::weekday ? zone_.civil(t).weekday : micros(p.from);
  }
  if (t < p.from || t >= p.to) return p.code; // a day that a zone left out
  if (known.size() < k_most_periods) {
    last = known.size();
    known.push_back(p);
  } else {
    last = next_period_[dimension]++ % k_most_periods;
    known[last] = p;
  }
  return p.code;
}

void Grouper::codes(std::size_t dimension, const model::Timeline& timeline, const Measurement& m,
                    std::vector<std::int64_t>& out) {
  out.clear();
  const Dimension& d = dimensions_[dimension];
  if (is_period(d.by)) return out.push_back(period(dimension, m.start));
  switch (d.by) {
  case GroupBy::channel:
    return out.push_back(static_cast<std::int64_t>(channel_at(timeline, m.as_of, terms_)));
  case GroupBy::account: return out.push_back(timeline.account);
  case GroupBy::agent: return out.push_back(m.agent);
  case GroupBy::queue: return out.push_back(queue_at(timeline, m.as_of));
  case GroupBy::tag:
    for (model::Term tag : tags_at(timeline, m.as_of)) out.push_back(tag);
    if (out.empty()) out.push_back(0);
    return;
  case GroupBy::priority:
    return out.push_back(static_cast<std::int64_t>(priority_at(timeline, m.as_of, terms_)));
  case GroupBy::language: return out.push_back(timeline.language);
  case GroupBy::organisation: return out.push_back(timeline.organisation);
  case GroupBy::field: return out.push_back(field_at(timeline, d.field, m.as_of, terms_));
  default: return out.push_back(0);
  }
}

void Grouper::keys(const model::Timeline& timeline, const Measurement& m, std::vector<GroupKey>& out) {
  out.clear();
  if (dimensions_.empty()) return out.push_back({});
  codes(0, timeline, m, first_);
  if (dimensions_.size() == 1) {
    for (std::int64_t code : first_) out.push_back({code, 0});
    return;
  }
  codes(1, timeline, m, second_);
  for (std::int64_t a : first_)
    for (std::int64_t b : second_) out.push_back({a, b});
}

} // namespace helpdesk::metrics
