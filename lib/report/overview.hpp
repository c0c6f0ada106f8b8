// The document of report and digest: who waits, what came and went, how fast, per channel, and what was asked
// most.
#pragma once

#include "render/document.hpp"
#include "report/desk.hpp"

#include <cstdint>
#include <string_view>

namespace helpdesk::report {

// How much of customers' words a document that leaves the desk may hold.
enum class Detail : unsigned char {
  none,     // numbers of tickets only
  subjects, // first names and subjects
  full,     // whole names, addresses and the beginning of what they wrote
};
Result<Detail> parse_detail(std::string_view text);

struct OverviewOptions {
  Instant since{}; // the period ends now
  Detail detail = Detail::subjects;
  int most_waiting = 50; // rows of the first table
};

struct Overview {
  render::Document document;
  bool anything = false; // somebody waits, or something came or went
};
Result<Overview> overview(const Desk& desk, std::string kind, std::string title,
                          const OverviewOptions& options);

// "Ada" of "Ada Lovelace" and of "Lovelace, Ada"; empty for an address.
std::string first_name(std::string_view name);

} // namespace helpdesk::report
