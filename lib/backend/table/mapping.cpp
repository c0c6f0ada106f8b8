#include "backend/table/mapping.hpp"

#include "backend/table/ready.hpp"
#include "backend/table/values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> items;
  for (std::string_view item : split(text, '\n')) items.emplace_back(item);
  return items;
}

// Reads one part's settings; keys are those below the part.
class PartReader {
 public:
  PartReader(Part& part, std::string where) : part_(part), where_(std::move(where)) {}

  Result<void> take(std::string_view key, const std::string& value) {
    auto done = set(key, value);
    if (!done) return usage_error(fmt::format("{}{}: {}", where_, key, done.error().message));
    return {};
  }

 private:
  Part& part_;
  std::string where_;

  Result<void> set(std::string_view key, const std::string& value) {
    if (key.starts_with("columns.")) return set_column(key.substr(8), value);
    if (key.starts_with("times.")) return set_time(key.substr(6), value);
    if (key.starts_with("events.")) {
      part_.events[lower(trim(key.substr(7)))] = TRY(parse_actions(value));
      return {};
    }
    if (key.starts_with("values.")) return set_value(key.substr(7), value);
    if (key == "path") {
      part_.paths = {value};
    } else if (key == "paths") {
      part_.paths = lines(value);
    } else if (key == "rows") {
      return set_rows(value);
    } else if (key == "format") {
      part_.format = value;
    } else if (key == "encoding") {
      part_.encoding = value;
    } else if (key == "delimiter") {
      if (value.size() != 1 && value != "tab" && value != "\\t")
        return usage_error("expected one character, or \"tab\"");
      part_.delimiter = value.size() == 1 ? value : "\t";
    } else if (key == "header") {
      part_.header = lines(value);
    } else if (key == "zone") {
      part_.zone = TRY(Zone::load(value));
      part_.zone_name = value;
    } else if (key == "time_format") {
      part_.time_formats = lines(value);
    } else if (key == "date_order") {
      part_.date_order = value == "dmy"   ? DateOrder::day
                         : value == "mdy" ? DateOrder::month
                         : value == "ymd" ? DateOrder::year
                                          : DateOrder::unknown;
    } else if (key == "missing") {
      part_.missing = lines(value);
    } else if (key == "fields") {
      part_.fields.clear();
      for (const std::string& item : lines(value)) {
        std::size_t equals = item.find('=');
        if (item.empty()) continue;
        if (equals == std::string::npos || equals == 0)
          part_.fields.emplace_back(item, item);
        else
          part_.fields.emplace_back(trim(item.substr(0, equals)), trim(item.substr(equals + 1)));
      }
    }
    return {};
  }

  Result<void> set_rows(std::string_view value) {
    constexpr std::pair<std::string_view, Rows> k_rows[] = {{"ticket", Rows::ticket},
                                                            {"message", Rows::message},
                                                            {"event", Rows::event},
                                                            {"call", Rows::call},
                                                            {"person", Rows::person}};
    for (const auto& [name, rows] : k_rows)
      if (value == name) {
        part_.rows = rows;
        return {};
      }
    return usage_error(
        fmt::format("unknown kind of row \"{}\": ticket, message, event, call or person", value));
  }

  Result<void> set_column(std::string_view name, const std::string& column) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < k_fields; ++i) {
      known.push_back(text(static_cast<Field>(i)));
      if (known.back() != name) continue;
      part_.columns[i] = column;
      return {};
    }
    std::string_view near = nearest(name, known);
    std::string all;
    for (std::string_view one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    return usage_error(near.empty()
                           ? fmt::format("there is no field \"{}\": {}", name, all)
                           : fmt::format("there is no field \"{}\" (did you mean \"{}\"?)", name, near));
  }

  Result<void> set_time(std::string_view name, const std::string& column) {
    std::erase_if(part_.times, [&](const TimeColumn& time) { return time.name == name; });
    if (!column.empty()) part_.times.push_back({std::string(name), column, {}});
    return {};
  }

  Result<void> set_value(std::string_view key, const std::string& word) {
    std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) return usage_error("name the field and its value");
    std::string_view field = key.substr(0, dot);
    TRY(check_word(field, word));
    part_.values[std::string(field)][lower(trim(key.substr(dot + 1)))] = word;
    return {};
  }
};

// What times are called decides what they do, unless [events] says otherwise.
Result<void> settle_times(Part& part) {
  constexpr std::pair<std::string_view, std::string_view> k_usual[] = {{"created", "created"},
                                                                       {"opened", "created"},
                                                                       {"received", "created"},
                                                                       {"updated", "updated"},
                                                                       {"due", "due"},
                                                                       {"solved", "status solved"},
                                                                       {"resolved", "status solved"},
                                                                       {"closed", "status closed"},
                                                                       {"first_reply", "reply"},
                                                                       {"first_response", "reply"},
                                                                       {"reopened", "status open"}};
  for (TimeColumn& time : part.times) {
    auto named = part.events.find(lower(time.name));
    if (named != part.events.end()) {
      time.actions = named->second;
      continue;
    }
    for (const auto& [name, action] : k_usual)
      if (time.name == name) time.actions = TRY(parse_actions(action));
  }
  return {};
}

Result<void> check(const Part& part, const std::string& where) {
  auto needs = [&](Field field) -> Result<void> {
    if (part.has(field)) return {};
    return usage_error(fmt::format("{}columns.{}: is missing: name the column", where, text(field)));
  };
  switch (part.rows) {
  case Rows::ticket:
    if (part.times.empty())
      return usage_error(where + "times: is missing: name the column with the time of creation: "
                                 "times.created = \"…\"");
    return {};
  case Rows::message: TRY(needs(Field::ticket)); return needs(Field::time);
  case Rows::event:
    TRY(needs(Field::ticket));
    TRY(needs(Field::time));
    if (part.has(Field::event) || part.has(Field::status)) return {};
    return usage_error(where + "columns.event: is missing: name the column that says what happened");
  case Rows::call: return needs(Field::time);
  case Rows::person: return needs(Field::id);
  }
  return {};
}

bool tells_status(const Part& part) {
  if (part.rows == Rows::person) return false;
  if (part.has(Field::status) || part.rows == Rows::call) return true;
  auto is_status = [](const std::vector<Action>& actions) {
    return std::any_of(actions.begin(), actions.end(), [](const Action& action) {
      return action.kind == Action::Kind::event && action.event == model::EventKind::status;
    });
  };
  for (const auto& [name, actions] : part.events)
    if (is_status(actions)) return true;
  return std::any_of(part.times.begin(), part.times.end(),
                     [&](const TimeColumn& time) { return is_status(time.actions); });
}

// The ready mapping's settings below the user's own.
Result<Values> all_values(const Settings& settings) {
  Values values;
  if (std::string name = settings.get("mapping"); !name.empty()) {
    const ReadyMapping* ready = TRY(find_ready(name));
    for (const auto& [key, value] : ready->settings) values[std::string(key)] = value;
  }
  for (const auto& [key, value] : settings.values) values[key] = value;
  return values;
}

Result<double> parse_share(std::string_view text) {
  std::string_view number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  double share = 0;
  auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), share);
  if (error != std::errc() || end != number.data() + number.size() || share < 0)
    return usage_error(fmt::format("\"{}\" is no share: write 5%", text));
  return text.ends_with('%') ? share / 100 : share;
}

} // namespace

bool Mapping::needs_parent() const {
  return std::any_of(parts.begin(), parts.end(), [](const Part& p) { return p.rows == Rows::ticket; });
}

Result<std::shared_ptr<const Mapping>> mapping_of(const Settings& settings) {
  Values values = TRY(all_values(settings));
  std::string where = "accounts." + settings.account + ".";
  auto mapping = std::make_shared<Mapping>();
  mapping->lenient = !settings.get("mapping").empty();
  Part general;
  general.name = "rows";
  general.missing = {"", "?", "NULL", "null", "\\N"};
  PartReader reader(general, where);
  std::map<std::string, Values, std::less<>> files;
  for (const auto& [key, value] : values) {
    if (key.starts_with("files.")) {
      std::string_view rest = std::string_view(key).substr(6);
      std::size_t dot = rest.find('.');
      if (dot != std::string_view::npos)
        files[std::string(rest.substr(0, dot))][std::string(rest.substr(dot + 1))] = value;
    } else {
      TRY(reader.take(key, value));
    }
    if (key != "path" && key != "paths") mapping->fingerprint += key + "\x1f" + value + "\x1e";
  }
  mapping->fingerprint = sha256_hex(mapping->fingerprint).substr(0, 16);
  if (auto it = values.find("max_bad"); it != values.end() && !it->second.empty()) {
    auto share = parse_share(it->second);
    if (!share) return usage_error(where + "max_bad: " + share.error().message);
    mapping->max_bad = *share;
  }
  if (files.empty()) {
    TRY(settle_times(general));
    TRY(check(general, where));
    mapping->parts.push_back(general);
  }
  for (const auto& [name, own] : files) {
    Part part = general;
    part.name = name;
    part.paths.clear();
    PartReader part_reader(part, where + "files." + name + ".");
    for (const auto& [key, value] : own) TRY(part_reader.take(key, value));
    // A file is looked for below the account's own path.
    for (std::string& path : part.paths)
      if (!general.paths.empty() && !path.starts_with('/') && !path.starts_with('~'))
        path = general.paths.front() + "/" + path;
    TRY(settle_times(part));
    TRY(check(part, where + "files." + name + "."));
    mapping->parts.push_back(std::move(part));
  }
  auto rank = [](const Part& part) {
    return part.rows == Rows::person ? 0 : part.rows == Rows::ticket ? 1 : 2;
  };
  std::stable_sort(mapping->parts.begin(), mapping->parts.end(),
                   [&](const Part& a, const Part& b) { return rank(a) < rank(b); });
  static std::atomic<std::uint64_t> serials{0};
  for (Part& part : mapping->parts) part.serial = ++serials;
  mapping->sends_status = std::any_of(mapping->parts.begin(), mapping->parts.end(), tells_status);
  return std::shared_ptr<const Mapping>(std::move(mapping));
}

Result<std::shared_ptr<const Mapping>> cached_mapping(const Settings& settings) {
  struct Known {
    std::string account;
    Values values;
    std::shared_ptr<const Mapping> mapping;
  };
  thread_local Known known;
  if (known.mapping && known.account == settings.account && known.values == settings.values)
    return known.mapping;
  auto mapping = TRY(mapping_of(settings));
  known = {settings.account, settings.values, mapping};
  return mapping;
}

} // namespace helpdesk::backend::table
