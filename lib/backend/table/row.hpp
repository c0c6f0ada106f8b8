// One row as the mapping sees it: fields by what they mean.
#pragma once

#include "backend/table/mapping.hpp"
#include "backend/table/time_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::table {

// Where a part's columns stand in one header.
class Columns {
 public:
  // lenient: columns that are not there are missing values, but for those without which no row can be used.
  static Result<Columns> resolve(const Part& part, const std::vector<std::string>& header, bool lenient);

  int of(Field field) const { return fields_[static_cast<std::size_t>(field)]; }
  int time(std::size_t i) const { return times_[i]; }
  const std::vector<std::pair<std::string, int>>& custom() const { return custom_; }
  std::size_t count() const { return count_; }
  // False: no word that means "missing" has so many bytes.
  bool has_missing_of(std::size_t size) const {
    return missing_sizes_ >> std::min<std::size_t>(size, 63) & 1;
  }

 private:
  std::array<int, k_fields> fields_{}; // -1: none
  std::vector<int> times_;
  std::vector<std::pair<std::string, int>> custom_; // key, column
  std::size_t count_ = 0;
  std::uint64_t missing_sizes_ = 0; // bit 63: and more
};

struct Row {
  const Part* part = nullptr;
  const Columns* columns = nullptr;
  std::vector<std::string_view> values;

  // Trimmed; empty when it is missing.
  std::string_view get(Field field) const;
  std::string_view at(int column) const {
    if (column < 0 || static_cast<std::size_t>(column) >= values.size()) return {};
    const std::string_view value = values[static_cast<std::size_t>(column)];
    auto is_plain = [](char c) { return c > ' ' && c < 0x7f; };
    const bool is_usual = !value.empty() && is_plain(value.front()) && is_plain(value.back()) &&
                          !columns->has_missing_of(value.size());
    return is_usual ? value : unusual(value);
  }
  bool is_missing(std::string_view value) const;

 private:
  std::string_view unusual(std::string_view value) const; // trimmed; empty when it is missing
};

// What a pull counts, shown by doctor; the sum over the rows that are stored.
struct Counts {
  std::uint64_t rows = 0, tickets = 0, bad = 0, in_gap = 0, in_overlap = 0, date_only = 0, negative = 0,
                doubled = 0, other_charset = 0;
  std::optional<Instant> oldest;                        // what happened first in the rows of this pull
  std::map<std::string, std::uint64_t> unknown;         // "status: Parked" -> rows; the first 20 words
  std::map<std::string, std::uint64_t> orphans, joined; // by part

  void add(const Counts& more); // but for orphans and joined, which a whole pull counts
};
void count_time(const ReadTime& time, Counts& counts);
void count_unknown(std::string_view field, std::string_view value, Counts& counts, std::uint64_t rows = 1);

// Looks at all that decoding will need, and returns the id of the row's ticket, of a person's row that of the
// person; empty: the row itself is its ticket. Failed says why the row cannot be used.
Result<std::string> examine(const Row& row, Counts& counts);
std::uint64_t identity_of(const Row& row); // the same for rows that say the same thing
// One more field of those that make a number of them.
inline std::uint64_t mix(std::uint64_t hash, std::string_view bytes) {
  for (char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  hash ^= 0xff; // between fields
  return hash * 1099511628211ULL;
}
// identity_of, begun with what all rows of a part share. A row with an id: mix(identity_start(part), id).
std::uint64_t identity_start(const Part& part);
std::uint64_t identity_of(const Row& row, std::uint64_t start);
std::uint64_t hash_of(const std::vector<std::string_view>& values);

} // namespace helpdesk::backend::table
