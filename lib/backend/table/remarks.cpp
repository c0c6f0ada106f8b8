#include "backend/table/remarks.hpp"

#include "backend/table/cursor.hpp"

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

std::string rows(std::uint64_t n) { return n == 1 ? "1 row" : fmt::format("{} rows", n); }
std::string times(std::uint64_t n) { return n == 1 ? "1 time" : fmt::format("{} times", n); }

} // namespace

Result<std::vector<Remark>>
remarks(const std::function<Result<std::string>(std::string_view stream)>& cursor) {
  auto read = Cursor::parse(TRY(cursor(k_stream)));
  std::vector<Remark> said;
  if (!read || !read->complete) return said;
  const Counts& c = read->counts;
  said.push_back({"rows",
                  fmt::format("{} read, {} ticket{}", rows(c.rows), c.tickets, c.tickets == 1 ? "" : "s"),
                  false});
  if (c.bad > 0)
    said.push_back(
        {"quarantine",
         fmt::format("{} cannot be read and {} kept aside; each is named below with its line and reason",
                     rows(c.bad), c.bad == 1 ? "is" : "are"),
         true});
  for (const auto& [part, n] : c.orphans)
    said.push_back(
        {"orphans",
         fmt::format("{} of {} belong to no ticket: kept, and joined when their ticket comes ({} joined)",
                     rows(n), part, c.joined.contains(part) ? c.joined.at(part) : 0),
         true});
  if (c.negative > 0)
    said.push_back({"order", fmt::format("{} before the creation of their ticket", times(c.negative)), true});
  if (c.date_only > 0)
    said.push_back(
        {"dates", fmt::format("{} without a time of day: taken as the start of the day", times(c.date_only)),
         true});
  if (c.in_gap > 0)
    said.push_back(
        {"zone", fmt::format("{} that the zone's clock never showed: moved forward", times(c.in_gap)), true});
  if (c.in_overlap > 0)
    said.push_back(
        {"zone",
         fmt::format("{} that the zone's clock showed twice: the first is taken", times(c.in_overlap)),
         true});
  for (const auto& [word, n] : c.unknown)
    said.push_back({"words", fmt::format("unknown {} in {}: map it in values", word, rows(n)), true});
  return said;
}

} // namespace helpdesk::backend::table
