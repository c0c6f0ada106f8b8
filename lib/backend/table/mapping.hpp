// What the columns of a log mean: one part for each kind of file, from an account's settings and the ready
// mapping that they name.
#pragma once

#include "backend/backend.hpp"
#include "base/time.hpp"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::backend::table {

// What one row tells about.
enum class Rows : unsigned char { ticket, message, event, call, person };

// The fields that columns can be mapped to, by the names they have in [accounts.NAME.columns].
enum class Field : unsigned char {
  ticket,
  id,
  time,
  event,
  from,
  to,
  actor,
  author,
  author_name,
  role,
  visibility,
  direction,
  subject,
  text,
  html,
  status,
  priority,
  queue,
  assignee,
  requester,
  requester_name,
  channel,
  tags,
  url,
  language,
  merged_into,
  answered,
  ended,
  duration,
  talked,
  name,
  email,
  phone,
  organisation
};
constexpr std::size_t k_fields = 34;
std::string_view text(Field field);

// What an event of the log does to its ticket, beside standing in the timeline under its name.
struct Action {
  enum class Kind : unsigned char { none, created, updated, due, reply, note, ask, event };
  Kind kind = Kind::none;
  model::EventKind event = model::EventKind::field;
  std::string value; // what it sets, when the row's "to" does not say
};
// "status solved", "assign", "reply", "none"; several are separated by semicolons.
Result<std::vector<Action>> parse_actions(std::string_view text);

enum class DateOrder : unsigned char { unknown, year, day, month };

struct TimeColumn {
  std::string name, column; // name of the event it makes
  std::vector<Action> actions;
};

using ValueMap = std::map<std::string, std::string, std::less<>>; // in lower case -> our word

struct Part {
  std::string name;
  Rows rows = Rows::ticket;
  std::vector<std::string> paths;
  std::string format = "auto", encoding = "auto", delimiter;
  std::vector<std::string> header; // of files that have none
  std::string zone_name = "UTC";
  Zone zone = Zone::utc();
  std::vector<std::string> time_formats;
  DateOrder date_order = DateOrder::unknown;
  std::vector<std::string> missing;
  std::array<std::string, k_fields> columns; // "=text" is a constant
  std::vector<TimeColumn> times;
  std::vector<std::pair<std::string, std::string>> fields; // custom field, column; "*" is every other column
  std::map<std::string, ValueMap, std::less<>> values;     // "status" -> …
  std::map<std::string, std::vector<Action>, std::less<>> events; // by the event's name
  std::uint64_t serial = 0; // of no other part of this process; 0: made by hand

  const std::string& column(Field field) const { return columns[static_cast<std::size_t>(field)]; }
  bool has(Field field) const { return !column(field).empty(); }
};

struct Mapping {
  std::vector<Part> parts; // tickets before what belongs to them, people first
  double max_bad = 0.05;
  bool lenient = false;      // a ready mapping: columns that a file lacks are missing values, not mistakes
  bool sends_status = false; // the log says what became of its tickets
  std::string fingerprint;   // of everything that decides what a row means

  bool is_joined() const { return parts.size() > 1; }
  // Rows of other parts are orphans without a row of one of these. Null: every row makes its ticket.
  bool needs_parent() const;
};

// Usage error naming the key.
Result<std::shared_ptr<const Mapping>> mapping_of(const Settings& settings);
// The same, remembered from call to call in each thread: decode asks for every record.
Result<std::shared_ptr<const Mapping>> cached_mapping(const Settings& settings);

} // namespace helpdesk::backend::table
