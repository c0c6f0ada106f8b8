#include "app/sla.hpp"

#include "app/calendars.hpp"
#include "base/text.hpp"
#include "metrics/calendar_text.hpp"
#include "model/enums.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

using metrics::SlaMetric;

// A clock that stays alive as long as it is owned: the wall clock behind an own address.
class OwnedWallClock final : public metrics::Clock {
 public:
  Duration elapsed(Instant a, Instant b) const override { return wall_.elapsed(a, b); }
  std::optional<Instant> due_close(Instant a, Duration d) const override { return wall_.due_close(a, d); }
  std::optional<Instant> due_next(Instant a, Duration d) const override { return wall_.due_next(a, d); }
  std::vector<metrics::OpenInterval> open(Instant a, Instant b) const override { return wall_.open(a, b); }
  std::string_view name() const override { return wall_.name(); }

 private:
  const metrics::Clock& wall_ = metrics::wall_clock();
};

template <class E> Result<void> check_words(const std::vector<std::string>& words) {
  std::vector<std::string_view> known(model::EnumNames<E>::value.begin(), model::EnumNames<E>::value.end());
  for (const std::string& word : words) {
    if (model::parse<E>(word)) continue;
    std::string_view near = nearest(word, known);
    return usage_error(fmt::format("\"{}\" is not one of {}{}", ellipsize(clean_utf8(word), 60),
                                   fmt::join(known, ", "),
                                   near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near)));
  }
  return {};
}

class Loader {
 public:
  Loader(App& app, const config::Config& config, std::optional<Instant> oldest, SlaPolicies& out)
      : app_(app), config_(config), oldest_(oldest), out_(out) {}

  Result<const metrics::Clock*> clock(const std::string& name) {
    auto it = out_.clocks.find(name);
    if (it == out_.clocks.end()) {
      std::unique_ptr<metrics::Clock> made;
      if (name.empty()) {
        made = std::make_unique<OwnedWallClock>();
      } else {
        metrics::CalendarClock calendar = TRY(calendar_clock(app_, name, oldest_));
        made = std::make_unique<metrics::CalendarClock>(std::move(calendar));
      }
      it = out_.clocks.emplace(name, std::move(made)).first;
    }
    return it->second.get();
  }

  Result<std::string> default_calendar() {
    std::vector<std::string> names = TRY(calendar_names(app_));
    bool there = std::find(names.begin(), names.end(), k_standard_calendar) != names.end();
    return there ? std::string(k_standard_calendar) : std::string();
  }

  Result<metrics::SlaPolicy> policy(const std::string& name) {
    name_ = name;
    metrics::SlaPolicy p;
    p.name = name;
    TRY(with("match.priority", [&](auto& v) { return take_words<model::Priority>(v, p.match.priority); }));
    TRY(with("match.channel", [&](auto& v) { return take_words<model::Channel>(v, p.match.channel); }));
    TRY(with("match.account", [&](auto& v) -> Result<void> {
      if (!v.empty()) TRY(app_.accounts(v));
      p.match.account = v;
      return {};
    }));
    struct Plain {
      const char* key;
      std::vector<std::string>* list;
    };
    for (auto [key, list] : {Plain{"match.queue", &p.match.queue},
                             {"match.organisation", &p.match.organisation},
                             {"match.tags_any", &p.match.tags_any},
                             {"match.tags_all", &p.match.tags_all},
                             {"match.tags_none", &p.match.tags_none}})
      TRY(with(key, [&](auto& v) -> Result<void> {
        *list = v;
        return {};
      }));
    std::string calendar = TRY(default_calendar());
    TRY(with("calendar", [&](auto& v) -> Result<void> {
      calendar = v.front();
      TRY(clock(calendar));
      return {};
    }));
    p.clock = TRY(clock(calendar));
    TRY(targets(p));
    TRY(pauses(p));
    TRY(with("warn", [&](auto& v) { return take_warn(v.front(), p.warn); }));
    TRY(with("grace", [&](auto& v) -> Result<void> {
      p.grace = TRY(parse_duration(v.front()));
      return {};
    }));
    TRY(with("valid_from", [&](auto& v) { return take_valid_from(v.front(), p); }));
    return p;
  }

 private:
  App& app_;
  const config::Config& config_;
  std::optional<Instant> oldest_;
  SlaPolicies& out_;
  std::string name_;

  // Calls f with the key's values when it is set; its error says where.
  template <class F> Result<void> with(const std::string& key, F f) {
    std::string full = fmt::format("sla.{}.{}", name_, key);
    const config::Entry* entry = config_.find(full);
    if (!entry || entry->values.empty()) return {};
    Result<void> taken = f(entry->values);
    if (!taken) return in_context(fmt::format("{}: {}", config::to_text(entry->origin), full), taken.error());
    return {};
  }

  template <class E>
  Result<void> take_words(const std::vector<std::string>& words, std::vector<std::string>& out) {
    TRY(check_words<E>(words));
    out = words;
    return {};
  }

  Result<void> take_target(const std::vector<std::string>& values, std::optional<Duration>& out) {
    Duration target = TRY(parse_duration(values.front()));
    if (target <= Duration::zero()) return usage_error("a target of no time cannot be met");
    out = target;
    return {};
  }

  Result<void> targets(metrics::SlaPolicy& p) {
    std::string group = fmt::format("sla.{}.targets", name_);
    bool any = false;
    for (const std::string& word : config_.names(group)) {
      auto metric = metrics::parse_sla_metric(word);
      if (metric) {
        TRY(with("targets." + word,
                 [&](auto& v) { return take_target(v, p.targets[static_cast<std::size_t>(*metric)][0]); }));
        any = true;
        continue;
      }
      auto priority = model::parse<model::Priority>(word);
      for (std::string_view key : metrics::sla_metric_keys()) {
        std::string full = fmt::format("targets.{}.{}", word, key);
        TRY(with(full, [&](auto& v) -> Result<void> {
          if (!priority) return check_words<model::Priority>({word});
          auto of = static_cast<std::size_t>(*metrics::parse_sla_metric(key));
          return take_target(v, p.targets[of][1 + static_cast<std::size_t>(*priority)]);
        }));
      }
      any = true;
    }
    if (!any)
      return usage_error(fmt::format("[sla.{0}] has no target: set sla.{0}.targets.frt, or another of {1}",
                                     name_, fmt::join(metrics::sla_metric_keys(), ", ")));
    return {};
  }

  Result<void> pauses(metrics::SlaPolicy& p) {
    for (SlaMetric metric : {SlaMetric::first_reply, SlaMetric::next_reply, SlaMetric::first_resolution,
                             SlaMetric::full_resolution})
      TRY(with("pause." + std::string(metrics::key(metric)), [&](auto& v) -> Result<void> {
        TRY(check_words<model::Status>(v));
        for (const std::string& word : v)
          p.pause_on[static_cast<std::size_t>(metric)]
                    [static_cast<std::size_t>(*model::parse<model::Status>(word))] = true;
        return {};
      }));
    return {};
  }

  static Result<void> take_warn(const std::string& text, metrics::SlaWarn& out) {
    std::string_view trimmed = trim(text);
    if (trimmed.ends_with('%')) {
      std::string_view number = trim(trimmed.substr(0, trimmed.size() - 1));
      auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out.percent);
      if (error != std::errc() || end != number.data() + number.size() || out.percent < 1 || out.percent > 99)
        return usage_error(fmt::format("\"{}\" is no share from 1% to 99%", text));
      return {};
    }
    auto before = parse_duration(trimmed);
    if (!before)
      return usage_error(fmt::format("\"{}\" is neither a share such as 75% nor a time such as 1h", text));
    out.before = *before;
    return {};
  }

  Result<void> take_valid_from(const std::string& text, metrics::SlaPolicy& p) {
    metrics::Date date = TRY(metrics::parse_date(text));
    if (date.year == 0) return usage_error(fmt::format("\"{}\" has no year", text));
    Civil day;
    day.year = date.year;
    day.month = date.month;
    day.day = date.day;
    day.hour = day.minute = day.second = 0;
    p.valid_from = app_.zone().instant(day);
    return {};
  }
};

} // namespace

Result<SlaPolicies> sla_policies(App& app, std::optional<Instant> oldest) {
  const config::Config& config = *TRY(app.config());
  SlaPolicies out;
  Loader loader(app, config, oldest, out);
  std::vector<std::pair<std::int64_t, metrics::SlaPolicy>> ordered;
  for (const std::string& name : config.names("sla")) {
    metrics::SlaPolicy policy = TRY(loader.policy(name));
    ordered.emplace_back(config.integer("sla." + name + ".order", INT64_MAX), std::move(policy));
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [order, policy] : ordered) out.policies.push_back(std::move(policy));
  out.configured = !out.policies.empty();
  if (out.configured) return out;
  metrics::SlaPolicy standard;
  standard.name = k_standard_calendar;
  std::string calendar = TRY(loader.default_calendar());
  standard.clock = TRY(loader.clock(calendar));
  if (auto target = config.duration("reply.target"))
    for (SlaMetric metric : {SlaMetric::first_reply, SlaMetric::next_reply})
      standard.targets[static_cast<std::size_t>(metric)][0] = *target;
  out.policies.push_back(std::move(standard));
  return out;
}

} // namespace helpdesk::app
