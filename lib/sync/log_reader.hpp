// A log as a Reader, straight from its files and without a store: every ticket's timeline, packed, and the
// texts behind the codes. For reports about a file; all else that a store holds is empty in it.
#pragma once

#include "backend/backend.hpp"
#include "store/store.hpp"
#include "sync/policy.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace helpdesk::sync {

struct LogOptions {
  Instant now{};
  bool keep_subjects = false; // ticket() knows them
  bool keep_names =
      true; // of the log's events: without, timelines may tell of a ticket's first and last only
  std::size_t threads = 2; // that decode
};

class LogReader : public store::Reader {
 public:
  // settings: of the kind table, or another whose records tell their tickets whole. settings and policy are
  // read only while this runs. Failed when more rows cannot be used than the mapping allows.
  static Result<std::unique_ptr<LogReader>> read(const backend::Settings& settings, const Policy& policy,
                                                 const LogOptions& options);

  // Rows that cannot be used: how many, and the first of them with place and reason.
  virtual std::uint64_t bad_rows() const = 0;
  virtual const std::vector<std::string>& first_bad() const = 0;
  // What else was counted: times in a gap, unknown words, rows without a ticket.
  virtual std::vector<backend::Remark> remarks() const = 0;
  virtual std::int64_t ticket_count() const = 0;
};

} // namespace helpdesk::sync
