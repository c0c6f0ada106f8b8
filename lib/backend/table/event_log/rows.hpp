// One thread's share of an event log's rows: taken apart, looked at, and put aside by ticket.
#pragma once

#include "backend/table/event_log/codes.hpp"
#include "backend/table/event_log/kinds.hpp"
#include "backend/table/event_log/shelves.hpp"
#include "backend/table/event_log/split.hpp"
#include "base/spool.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace helpdesk::backend::table::event_log {

// A file of the log as all threads see it.
struct LogSource {
  std::string name; // for people
  std::size_t number = 0;
  std::uint64_t before = 0; // bytes of the files before it
  std::uint64_t line = 1;   // of its first row
  Columns columns;
  std::vector<std::pair<std::size_t, std::size_t>> runs; // Plan::runs
  char delimiter = ',';
  bool is_latin = false;
  bool is_plain = true; // it may be read on from where it ends today
};

class RowTaker {
 public:
  RowTaker(const Plan& plan, Kinds& kinds, const TermOf& term, std::size_t memory)
      : shelves(plan.keeps_records ? memory / 2 : memory), texts(Shelves::k_count, memory / 2), plan_(plan),
        kinds_(kinds), term_(term), times_(*plan.part), start_(identity_start(*plan.part)),
        has_ids_(plan.part->has(Field::id)) {}

  // False: such rows are read better in the usual way.
  Result<bool> take(const LogSource& source, const Block& block);

  struct Bad {
    std::uint64_t place = 0;
    const LogSource* source = nullptr;
    std::uint64_t block = 0, line = 0; // its place, and the line ends there before the row
    std::string why;
    std::string text; // where records are kept
  };
  struct Lines {
    std::uint64_t place = 0, count = 0; // of a block
    Splitter::RowEnd row_end;
  };
  static constexpr std::size_t k_shown_bad = 3;
  Shelves shelves;
  Spool texts;              // of the rows on the shelves, in their order: size, and what a record keeps
  Counts counts;            // of unknown words: none, see rows_of_kind
  std::vector<Bad> bad;     // the first k_shown_bad, all where records are kept
  std::vector<Lines> lines; // of all blocks
  std::vector<std::uint64_t> rows_of_kind;

 private:
  const Plan& plan_;
  Kinds& kinds_;
  const TermOf& term_;
  TimeReader times_;
  const std::uint64_t start_; // identity_start
  const bool has_ids_;
  Codes codes_, actors_, requesters_;
  std::string signature_, packed_;
  Row row_;
  // Kinds that were met lately, by a hash of all that decides them.
  struct alignas(64) KnownKind {
    static constexpr std::size_t k_room = 52;
    std::uint64_t seed = 0; // of which file and charset, and one more; 0: none
    std::uint32_t kind = 0;
    std::array<char, k_room> runs{}; // of each its size in a byte, and its text
  };
  static constexpr unsigned k_known_bits = 10;
  std::vector<KnownKind> known_kinds_ = std::vector<KnownKind>(std::size_t{1} << k_known_bits);
  std::vector<std::string_view> runs_; // of the row
  // Where the fields stand that every row is asked for.
  struct Asked {
    int column = -1;
    std::string_view fixed; // where there is no column
  };
  // Rows whose actor's code is looked up a little later, when it has come from memory.
  struct Waiting {
    EventRow row;
    std::string_view id, actor; // of the block
    std::uint64_t hash = 0;     // of the actor
  };
  static constexpr std::size_t k_waiting = 16;
  std::vector<Waiting> waiting_;
  Asked ticket_, time_, id_, actor_, author_, author_name_, requester_;

  enum class Use : unsigned char { good, bad, odd };
  Use look_at(const LogSource& source, const Splitter& split, Waiting& row);
  Use look_at_bad(const LogSource& source, const Splitter& split, std::uint64_t place);
  void ask(const LogSource& source);
  std::string_view get(const Asked& field) const {
    return field.column < 0 ? field.fixed : row_.at(field.column);
  }
  std::uint32_t kind_of(const LogSource& source, const Splitter& split, std::uint64_t place);
  void sign(const LogSource& source, const Splitter& split);
  void say_who(Waiting& row);
  Result<void> put_on_shelves(); // those that wait
  Result<void> keep_text(std::string_view id);
};

} // namespace helpdesk::backend::table::event_log
