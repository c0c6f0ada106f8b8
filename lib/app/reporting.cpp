#include "app/reporting.hpp"

#include "app/calendars.hpp"
#include "base/text.hpp"
#include "sync/freshness.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace helpdesk::app {

Result<report::Desk> open_desk(App& app, const cli::Invocation& call) {
  std::vector<std::string> named = call.all("account");
  if (!named.empty()) named = TRY(app.accounts(named));
  store::Store* store = TRY(app.store(store::Access::read));
  std::vector<std::string> warnings;
  for (const std::string& account : TRY(store->accounts())) {
    if (!named.empty() && std::find(named.begin(), named.end(), account) == named.end()) continue;
    if (TRY(sync::is_outgoing_unknown(*store, account)))
      warnings.push_back(
          account +
          ": no outgoing message is known, so every ticket looks unanswered; is the Sent folder pulled?");
    if (auto quiet = TRY(sync::find_quiet(*store, account, app.now(), app.zone())))
      warnings.push_back(
          fmt::format("{}: quiet since {}, where {:.0f} messages would be usual; run: helpdesk doctor",
                      account, format_minute(quiet->newest, app.zone()), quiet->expected));
  }
  return report::Desk::open(*store, app.now(), app.zone(), std::move(named), std::move(warnings));
}

Result<std::optional<Instant>> instant_of(App& app, const cli::Invocation& call, std::string_view flag) {
  auto text = call.get(flag);
  if (!text) return std::optional<Instant>();
  auto instant = parse_instant(*text, app.now(), app.zone());
  if (!instant) return in_context("--" + std::string(flag), instant.error());
  return std::optional<Instant>(*instant);
}

Result<AskedPeriod> asked_period(App& app, const cli::Invocation& call) {
  AskedPeriod period;
  period.since = TRY(instant_of(app, call, "since"));
  period.until = TRY(instant_of(app, call, "until"));
  if (period.since && period.until && *period.until <= *period.since)
    return usage_error("--until is not after --since: there is nothing between them");
  return period;
}

Result<std::vector<metrics::Dimension>> asked_dimensions(const cli::Invocation& call) {
  auto by = call.get("by");
  if (!by) return std::vector<metrics::Dimension>();
  auto parsed = metrics::parse_dimensions(*by);
  if (!parsed) return in_context("--by", parsed.error());
  return parsed;
}

Result<std::vector<metrics::UserInterval>> intervals_of(App& app) {
  const config::Config& config = *TRY(app.config());
  std::vector<metrics::UserInterval> intervals;
  for (const std::string& name : config.names("intervals")) {
    std::string prefix = "intervals." + name + ".";
    const config::Entry* at = config.find(prefix + "from");
    if (!at || at->values.empty()) at = config.find(prefix + "to");
    auto interval = metrics::parse_interval(name, config.text(prefix + "title"), config.text(prefix + "from"),
                                            config.text(prefix + "to"));
    if (!interval) {
      std::string where = at ? config::to_text(at->origin) : "configuration";
      // The line of the end that is wrong.
      if (const auto* to = config.find(prefix + "to"); to && interval.error().message.starts_with("to: "))
        where = config::to_text(to->origin);
      return in_context(where + ": intervals." + name, interval.error());
    }
    intervals.push_back(std::move(*interval));
  }
  if (intervals.size() > metrics::k_most_intervals)
    return usage_error(fmt::format("{} intervals are configured; at most {} work", intervals.size(),
                                   metrics::k_most_intervals));
  return intervals;
}

Result<metrics::Metric> metric_named(const metrics::MetricNames& names, std::string_view name,
                                     const std::vector<std::string_view>& also) {
  if (auto metric = names.parse(name)) return *metric;
  std::vector<std::string_view> known = names.keys();
  known.insert(known.end(), also.begin(), also.end());
  std::string hint(nearest(name, known));
  std::string list;
  for (std::string_view key : known) list += (list.empty() ? "" : ", ") + std::string(key);
  return usage_error("--metric: unknown metric \"" + std::string(name) + "\"" +
                     (hint.empty() ? "; they are " + list : " (did you mean \"" + hint + "\"?)"));
}

Result<std::optional<metrics::CalendarClock>> business_clock(App& app, const cli::Invocation& call) {
  if (call.get("calendar") == "none") return std::optional<metrics::CalendarClock>();
  return business_clock(app, call, *TRY(app.store(store::Access::read)));
}

Result<std::optional<metrics::CalendarClock>> business_clock(App& app, const cli::Invocation& call,
                                                             store::Reader& data) {
  auto name = call.get("calendar");
  if (name && *name == "none") return std::optional<metrics::CalendarClock>();
  auto oldest = TRY(data.info()).oldest;
  if (!name) return standard_clock(app, oldest);
  return std::optional<metrics::CalendarClock>(TRY(calendar_clock(app, *name, oldest)));
}

Result<std::pair<Instant, Instant>> period_of(App& app, std::string_view text, std::optional<Instant> since,
                                              std::optional<Instant> until) {
  if (text == "previous") {
    if (!since) return usage_error("--compare previous needs --since: it is the time right before, as long");
    Duration length = until.value_or(app.now()) - *since;
    return std::pair(*since - length, *since);
  }
  if (auto dots = text.find(".."); dots != std::string_view::npos) {
    auto from = parse_instant(text.substr(0, dots), app.now(), app.zone());
    if (!from) return in_context("--compare", from.error());
    auto to = parse_instant(text.substr(dots + 2), app.now(), app.zone());
    if (!to) return in_context("--compare", to.error());
    if (*to <= *from) return usage_error("--compare: \"" + std::string(text) + "\" ends before it begins");
    return std::pair(*from, *to);
  }
  return usage_error("--compare: \"" + std::string(text) +
                     "\" is no period; write previous, or FROM..UNTIL such as 2026-01-01..2026-02-01");
}

} // namespace helpdesk::app
