#include "app/calendars.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "metrics/calendar_text.hpp"
#include "metrics/icalendar.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

using TableRow = std::map<std::string, std::vector<std::string>>;

constexpr std::uint64_t k_largest_holiday_file = 4ULL << 20;
// Repetitions without an end are followed so far.
constexpr int k_years_ahead = 10;

// Where the values of one key come from: the calendar's own table, or one of its changes.
struct Values {
  std::vector<std::string> values;
  std::string where; // "config.toml:12: calendars.shop.open"
};

class Loader {
 public:
  Loader(App& app, const config::Config& config, std::string_view name, std::vector<std::string>* remarks)
      : app_(app), config_(config), name_(name), remarks_(remarks) {}

  Result<metrics::Calendar> load() {
    metrics::Calendar calendar;
    calendar.name = name_;
    metrics::CalendarVersion version;
    version.zone = app_.zone();
    for (std::string_view key : k_keys)
      if (auto values = own(key)) TRY(take(key, *values, version));
    calendar.versions.push_back(version);
    for (const TableRow& row : config_.tables("calendars." + name_ + ".changes")) {
      std::string where = fmt::format("{}: [[calendars.{}.changes]]", place(row), name_);
      auto from = row.find("valid_from");
      if (from == row.end() || from->second.empty())
        return usage_error(where + " has no \"valid_from\": from which day on does it hold?");
      auto date = metrics::parse_date(from->second.front());
      if (!date) return in_context(where + ": valid_from", date.error());
      if (date->year == 0)
        return usage_error(where + ": valid_from: \"" + from->second.front() + "\" has no year");
      version.valid_from = *date;
      for (std::string_view key : k_keys)
        if (auto it = row.find(std::string(key)); it != row.end())
          TRY(take(key, {it->second, fmt::format("{}: {}", where, key)}, version));
      calendar.versions.push_back(version);
    }
    std::string where = fmt::format("[calendars.{}]", name_);
    if (auto open = own("open")) where = open->where;
    if (auto checked = metrics::check(calendar); !checked) return in_context(where, checked.error());
    return calendar;
  }

 private:
  static constexpr std::string_view k_keys[] = {"zone", "open", "holidays", "holiday_files", "special"};
  App& app_;
  const config::Config& config_;
  std::string name_;
  std::vector<std::string>* remarks_;
  std::vector<metrics::Holiday> listed_, from_files_; // of the version being read

  static std::string place(const TableRow& row) {
    auto it = row.find("");
    return it == row.end() || it->second.size() < 2 ? std::string("configuration") : it->second[1];
  }

  std::optional<Values> own(std::string_view key) const {
    for (std::string_view group : {"calendars", "hours"}) {
      std::string full = fmt::format("{}.{}.{}", group, name_, key);
      if (const config::Entry* entry = config_.find(full))
        return Values{entry->values, fmt::format("{}: {}", config::to_text(entry->origin), full)};
    }
    return std::nullopt;
  }

  Result<void> take(std::string_view key, const Values& values, metrics::CalendarVersion& version) {
    auto taken = take_values(key, values.values, version);
    if (!taken) return in_context(values.where, taken.error());
    return {};
  }

  Result<void> take_values(std::string_view key, const std::vector<std::string>& values,
                           metrics::CalendarVersion& version) {
    if (key == "zone") {
      if (!values.empty()) version.zone = TRY(Zone::load(values.front()));
    } else if (key == "open") {
      version.week = {};
      version.always = false;
      for (const std::string& line : values) TRY(metrics::add_hours(line, version));
      if (version.always && values.size() > 1)
        return usage_error("\"24/7\" leaves nothing to add: let it stand alone");
    } else if (key == "special") {
      version.special.clear();
      for (const std::string& line : values) version.special.push_back(TRY(metrics::parse_special(line)));
    } else {
      std::vector<metrics::Holiday>& days = key == "holidays" ? listed_ : from_files_;
      days.clear();
      for (const std::string& value : values) {
        std::vector<metrics::Holiday> more =
            TRY(key == "holidays" ? metrics::parse_holidays(value) : read_file_holidays(value));
        days.insert(days.end(), more.begin(), more.end());
      }
      version.holidays = listed_;
      version.holidays.insert(version.holidays.end(), from_files_.begin(), from_files_.end());
    }
    return {};
  }

  Result<std::vector<metrics::Holiday>> read_file_holidays(const std::string& file) {
    std::string path = expand_home(file);
    // A relative path is meant from the configuration's own directory, wherever the command runs.
    if (!path.starts_with('/')) {
      const std::string& own = config_.user_file();
      std::size_t slash = own.rfind('/');
      if (slash != std::string::npos) path = join_path(own.substr(0, slash), path);
    }
    auto text = read_file(path, k_largest_holiday_file);
    if (!text) return usage_error(text.error().message);
    int last_year = Zone::utc().civil(app_.now()).year + k_years_ahead;
    auto found = metrics::read_icalendar(*text, last_year);
    if (!found) return usage_error(path + ": " + found.error().message);
    if (remarks_ && found->not_whole_days > 0)
      remarks_->push_back(found->not_whole_days == 1
                              ? path + ": 1 event is not of whole days and no holiday"
                              : fmt::format("{}: {} events are not of whole days and no holidays", path,
                                            found->not_whole_days));
    return std::move(found->days);
  }
};

Duration days(int n) { return std::chrono::hours(24 * n); }

} // namespace

Result<std::vector<std::string>> calendar_names(App& app) {
  const config::Config& config = *TRY(app.config());
  std::vector<std::string> names = config.names("calendars");
  for (std::string& name : config.names("hours"))
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  return names;
}

Result<metrics::Calendar> calendar_named(App& app, std::string_view name, std::vector<std::string>* remarks) {
  if (name == k_always_calendar) return metrics::always_open();
  std::vector<std::string> names = TRY(calendar_names(app));
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::vector<std::string_view> known(names.begin(), names.end());
    known.push_back(k_always_calendar);
    std::string_view near = nearest(name, known);
    std::string hint = !near.empty()   ? fmt::format(" (did you mean \"{}\"?)", near)
                       : names.empty() ? ": [calendars.standard] open = [\"mon-fri 09:00-17:00\"] makes one"
                                       : ": helpdesk calendar show names them";
    return usage_error(fmt::format("no calendar \"{}\"{}", ellipsize(clean_utf8(name), 60), hint));
  }
  const config::Config& config = *TRY(app.config());
  return Loader(app, config, name, remarks).load();
}

Result<metrics::CalendarClock> calendar_clock(App& app, std::string_view name, std::optional<Instant> oldest,
                                              std::vector<std::string>* remarks) {
  metrics::Calendar calendar = TRY(calendar_named(app, name, remarks));
  Instant from = std::min(oldest.value_or(app.now() - days(5 * 365)), app.now()) - days(7);
  return metrics::CalendarClock::compile(std::move(calendar), from, app.now() + days(400));
}

Result<std::optional<metrics::CalendarClock>> standard_clock(App& app, std::optional<Instant> oldest) {
  std::vector<std::string> names = TRY(calendar_names(app));
  if (std::find(names.begin(), names.end(), k_standard_calendar) == names.end())
    return std::optional<metrics::CalendarClock>();
  return std::optional(TRY(calendar_clock(app, k_standard_calendar, oldest)));
}

} // namespace helpdesk::app
