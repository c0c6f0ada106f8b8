#include "backend/table/pull.hpp"

#include <map>
#include <set>

namespace helpdesk::backend::table {
namespace {

using Which = std::pair<std::uint64_t, int>; // what a row says, and which of equal ones it is

Result<std::vector<Which>> whiches(const Mapping& mapping, const std::vector<StoredLine>& lines) {
  std::vector<Which> found;
  std::map<std::uint64_t, int> seen;
  for (const StoredLine& line : lines) {
    auto rows = StoredRows::read(mapping, {line});
    if (!rows || rows->rows().empty()) { // of a mapping that is no longer: it means nothing now
      found.emplace_back(0, 0);
      continue;
    }
    std::uint64_t hash = identity_of(rows->rows().front());
    found.emplace_back(hash, ++seen[hash]);
  }
  return found;
}

bool is_person(const Mapping& mapping, const StoredLine& line) {
  for (const Part& part : mapping.parts)
    if (part.name == line.part) return part.rows == Rows::person;
  return false;
}

} // namespace

Result<std::vector<StoredLine>> united(const Mapping& mapping, const std::vector<StoredLine>& now,
                                       const std::vector<StoredLine>& stored) {
  auto now_is = TRY(whiches(mapping, now));
  auto stored_is = TRY(whiches(mapping, stored));
  std::set<Which> has(now_is.begin(), now_is.end());
  std::vector<StoredLine> all;
  // Part by part, so that a record does not depend on which file grew first.
  std::set<std::string> done;
  auto add_part = [&](const std::string& part) {
    if (!done.insert(part).second) return;
    for (std::size_t i = 0; i < stored.size(); ++i)
      if (stored[i].part == part && stored_is[i].second > 0 && !has.contains(stored_is[i]) &&
          !is_person(mapping, stored[i]))
        all.push_back(stored[i]);
    for (const StoredLine& line : now)
      if (line.part == part) all.push_back(line);
  };
  for (const Part& part : mapping.parts)
    if (part.rows != Rows::person) add_part(part.name);
  for (const StoredLine& line : now) add_part(line.part);
  return all;
}

} // namespace helpdesk::backend::table
