#include "config/config.hpp"

#include "base/text.hpp"
#include "config/schema.hpp"

#include <algorithm>
#include <charconv>

namespace helpdesk::config {

const Entry* Config::find(std::string_view key) const {
  auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

std::string Config::text(std::string_view key, std::string_view otherwise) const {
  const Entry* entry = find(key);
  return entry && !entry->values.empty() ? entry->values.front() : std::string(otherwise);
}

std::vector<std::string> Config::list(std::string_view key) const {
  const Entry* entry = find(key);
  return entry ? entry->values : std::vector<std::string>{};
}

bool Config::flag(std::string_view key, bool otherwise) const {
  const Entry* entry = find(key);
  return entry && !entry->values.empty() ? entry->values.front() == "true" : otherwise;
}

std::int64_t Config::integer(std::string_view key, std::int64_t otherwise) const {
  std::string value = text(key);
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc() && end == value.data() + value.size() && !value.empty() ? number : otherwise;
}

std::optional<Duration> Config::duration(std::string_view key) const {
  std::string value = text(key);
  if (value.empty()) return std::nullopt;
  Result<Duration> parsed = parse_duration(value);
  return parsed ? std::optional<Duration>(*parsed) : std::nullopt;
}

std::vector<std::string> Config::names(std::string_view prefix) const {
  std::string start = std::string(prefix) + ".";
  std::vector<std::string> found;
  auto add = [&](std::string_view key) {
    if (!key.starts_with(start)) return;
    key.remove_prefix(start.size());
    std::string name(key.substr(0, key.find('.')));
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(std::move(name));
  };
  for (const std::string& key : order_) add(key);
  for (const auto& [key, rows] : tables_) add(key);
  return found;
}

std::vector<std::map<std::string, std::vector<std::string>>> Config::tables(std::string_view key) const {
  auto found = tables_.find(key);
  return found == tables_.end() ? std::vector<std::map<std::string, std::vector<std::string>>>{}
                                : found->second;
}

std::vector<Entry> Config::all() const {
  std::vector<Entry> entries;
  for (const auto& [key, entry] : entries_) entries.push_back(entry);
  return entries;
}

} // namespace helpdesk::config
