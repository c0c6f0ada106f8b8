// What rows of an event log say beside their ticket, time, id and who: in most logs a few combinations of
// words that come again and again, each looked up once.
#pragma once

#include "backend/table/row.hpp"
#include "model/timeline.hpp"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace helpdesk::backend::table::event_log {

using TermOf = std::function<model::Term(std::string_view)>; // may be called by several threads

// An Action with its words looked up; for the meaning of each see TicketDecoder::act.
struct KindAction {
  Action::Kind kind = Action::Kind::none;
  model::EventKind event = model::EventKind::field;
  model::Term from = 0, to = 0;
  model::Status status = model::Status::open;         // of event status
  model::Priority priority = model::Priority::normal; // of event priority
  std::int64_t seconds = 0;                           // of event worklog
};

struct RowKind {
  static constexpr std::uint32_t k_too_long = 0; // as the value of a field: none that is broken down by
  struct FieldSaid {
    std::uint32_t field; // index in Plan::fields
    model::Term value;
    std::string text; // where records are kept
  };
  model::Term name = 0; // of the event
  model::Source source = model::Source::human;
  std::vector<KindAction> actions;
  std::optional<model::Status> status;
  bool says_deleted = false, says_spam = false; // instead of a status
  std::optional<model::Priority> priority;
  std::optional<model::Channel> channel;
  model::Term queue = 0, assignee = 0, language = 0;
  bool merged = false;
  std::optional<std::vector<model::Term>> tags; // sorted by their text
  std::vector<FieldSaid> fields;
  std::string unknown_status, unknown_priority; // words to tell
  std::string status_text, priority_text;       // where records are kept
  std::uint64_t place = 0;                      // of the first such row
};

// How one part's rows are read this way.
struct Plan {
  const Mapping* mapping = nullptr;
  const Part* part = nullptr;
  bool writes = false;        // some event stands for a message
  bool reads_from_to = false; // some event needs these columns
  bool keeps_records = false;
  std::vector<std::string> fields; // custom ones, sorted: names without the empty one, each once

  // nullopt: such rows need texts, or more than one file of them makes a ticket.
  static std::optional<Plan> of(const Mapping& mapping, bool needs_subjects, bool keeps_records);
  // Of the columns that decide a row's kind, where they stand: runs of neighbours, first and last.
  std::vector<std::pair<std::size_t, std::size_t>> runs(const Columns& columns) const;
  void add_fields(const Columns& columns);
};

// All kinds of one reading, shared by its threads.
class Kinds {
 public:
  static constexpr std::uint32_t k_no_use = 0; // rows without an event

  Kinds(const Plan& plan, TermOf term) : plan_(plan), term_(std::move(term)), kinds_(1) {}
  // The number of the kind that this row is the first of, as far as the caller knows. signature: the same for
  // rows of one kind only.
  std::uint32_t add(std::string_view signature, const Row& row, std::uint64_t place);
  // When no more are added.
  std::vector<RowKind> take() && { return std::move(kinds_); }

 private:
  const Plan& plan_;
  TermOf term_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<RowKind> kinds_;

  RowKind kind_of(const Row& row) const;
  KindAction action_of(const Action& action, const Row& row) const;
};

// As TicketDecoder::contact without people: the domain of an address in lower case.
std::string address_of(std::string_view id);

} // namespace helpdesk::backend::table::event_log
