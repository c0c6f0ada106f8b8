// Zones by absl::time, which reads the system's zone files.
#include "base/text.hpp"
#include "base/time.hpp"

#include <cstdlib>

#include <absl/time/civil_time.h>
#include <absl/time/time.h>
#include <dirent.h>

namespace helpdesk {
namespace {

absl::Time to_absl(Instant t) { return absl::FromUnixMicros(micros(t)); }
Instant from_absl(absl::Time t) { return instant_of_micros(absl::ToUnixMicros(t)); }

// Years that int64 microseconds hold with room to spare: outside of them arithmetic would overflow.
constexpr std::int64_t k_year_limit = 250'000;

bool plausible_zone_name(std::string_view name) {
  return !name.empty() && name.size() < 100 && name[0] != '/' && name[0] != '.' &&
         name.find("..") == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

void collect_zone_names(const std::string& directory, const std::string& prefix,
                        std::vector<std::string>& out, int depth) {
  DIR* dir = ::opendir(directory.c_str());
  if (!dir) return;
  while (const dirent* entry = ::readdir(dir)) {
    std::string name = entry->d_name;
    // Directories of zones and zones begin with a capital; posix/, right/, zone.tab do not.
    if (name[0] < 'A' || name[0] > 'Z') continue;
    out.push_back(prefix + name);
    if (depth > 0 && entry->d_type == DT_DIR)
      collect_zone_names(directory + "/" + name, prefix + name + "/", out, depth - 1);
  }
  ::closedir(dir);
}

std::string suggestion(std::string_view name) {
  std::vector<std::string> names{"UTC"};
  collect_zone_names("/usr/share/zoneinfo", "", names, 2);
  std::string wanted = ascii_lower(replace_all(name, " ", "_"));
  std::vector<std::string> keys;
  for (const std::string& full : names) {
    std::string key = ascii_lower(full);
    if (key == wanted || key.ends_with("/" + wanted)) return full;
    keys.push_back(std::move(key));
  }
  std::vector<std::string_view> views(keys.begin(), keys.end());
  std::string_view near = nearest(wanted, views);
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (!near.empty() && keys[i] == near) return names[i];
  return {};
}

absl::CivilSecond civil_second(const Civil& c) {
  std::int64_t year = std::min<std::int64_t>(std::max<std::int64_t>(c.year, -k_year_limit), k_year_limit);
  return absl::CivilSecond(year, c.month, c.day, c.hour, c.minute, c.second);
}

} // namespace

struct Zone::Impl {
  absl::TimeZone zone;
  std::string name;
  Instant at(const absl::CivilSecond& cs) const {
    auto info = zone.At(cs);
    // Gap: the clock reading moves forward by the gap's length (pre). Overlap: the first of the two (pre as
    // well).
    return from_absl(info.pre);
  }
};

Zone::Zone(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Zone Zone::utc() {
  static const auto impl = std::make_shared<const Impl>(Impl{absl::UTCTimeZone(), "UTC"});
  return Zone(impl);
}

Result<Zone> Zone::load(std::string_view name) {
  if (name == "UTC" || name == "Z" || name == "Etc/UTC" || name == "GMT") return utc();
  absl::TimeZone zone;
  if (plausible_zone_name(name) && absl::LoadTimeZone(absl::string_view(name.data(), name.size()), &zone))
    return Zone(std::make_shared<const Impl>(Impl{zone, std::string(name)}));
  std::string near = suggestion(name);
  std::string hint = near.empty() ? "name one like Europe/Oslo" : "did you mean \"" + near + "\"?";
  return usage_error("unknown time zone \"" + ellipsize(clean_utf8(name), 60) + "\" (" + hint + ")");
}

Zone Zone::local() {
  if (const char* tz = std::getenv("TZ"); tz && *tz) {
    std::string_view name = tz;
    if (name.starts_with(':')) name.remove_prefix(1);
    if (std::size_t at = name.find("/zoneinfo/"); name.starts_with('/') && at != std::string_view::npos)
      name.remove_prefix(at + 10);
    if (auto zone = load(name)) return *zone;
    return utc();
  }
  char* target = ::realpath("/etc/localtime", nullptr);
  if (!target) return utc();
  std::string path = target;
  std::free(target);
  if (std::size_t at = path.find("/zoneinfo/"); at != std::string::npos)
    if (auto zone = load(std::string_view(path).substr(at + 10))) return *zone;
  // A copy of a zone file has no name to tell.
  absl::TimeZone zone;
  if (absl::LoadTimeZone("localtime", &zone))
    return Zone(std::make_shared<const Impl>(Impl{zone, "localtime"}));
  return utc();
}

std::string_view Zone::name() const { return impl_->name; }

Civil Zone::civil(Instant t) const {
  auto info = impl_->zone.At(to_absl(t));
  Civil c;
  c.year = static_cast<std::int32_t>(info.cs.year());
  c.month = info.cs.month();
  c.day = info.cs.day();
  c.hour = info.cs.hour();
  c.minute = info.cs.minute();
  c.second = info.cs.second();
  std::int64_t us = micros(t) % 1'000'000;
  c.microsecond = static_cast<int>(us < 0 ? us + 1'000'000 : us);
  c.weekday = static_cast<int>(absl::GetWeekday(info.cs)) + 1;
  c.offset_seconds = info.offset;
  return c;
}

Instant Zone::instant(const Civil& c) const { return impl_->at(civil_second(c)) + Duration(c.microsecond); }

Instant Zone::start_of_day(Instant t) const {
  absl::CivilDay day(impl_->zone.At(to_absl(t)).cs);
  auto info = impl_->zone.At(absl::CivilSecond(day));
  // Where midnight itself is skipped the day begins at the transition.
  return from_absl(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre);
}

Instant Zone::start_of_iso_week(Instant t) const {
  absl::CivilDay day(impl_->zone.At(to_absl(t)).cs);
  absl::CivilDay monday = day - static_cast<int>(absl::GetWeekday(day));
  return start_of_day(impl_->at(absl::CivilSecond(monday.year(), monday.month(), monday.day(), 12)));
}

Instant Zone::start_of_month(Instant t) const {
  absl::CivilMonth month(impl_->zone.At(to_absl(t)).cs);
  return start_of_day(impl_->at(absl::CivilSecond(month.year(), month.month(), 1, 12)));
}

Instant Zone::add_days(Instant t, int days) const {
  absl::CivilSecond cs = impl_->zone.At(to_absl(t)).cs;
  absl::CivilDay day = absl::CivilDay(cs) + days;
  std::int64_t us = micros(t) % 1'000'000;
  return impl_->at(
             absl::CivilSecond(day.year(), day.month(), day.day(), cs.hour(), cs.minute(), cs.second())) +
         Duration(us < 0 ? us + 1'000'000 : us);
}

IsoWeek iso_week(const Civil& c) {
  absl::CivilDay day(c.year, c.month, c.day);
  absl::CivilDay thursday = day - static_cast<int>(absl::GetWeekday(day)) + 3;
  return {static_cast<std::int32_t>(thursday.year()), (absl::GetYearDay(thursday) - 1) / 7 + 1};
}

Instant system_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

} // namespace helpdesk
