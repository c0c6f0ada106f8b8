// From one ticket's rows to what TicketDecoder makes of them, in codes. Each rule stands there too, with
// texts; a test holds both against each other.
#pragma once

#include "backend/event_log.hpp"
#include "backend/table/event_log/kinds.hpp"
#include "backend/table/event_log/shelves.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace helpdesk::backend::table::event_log {

class Player {
 public:
  // unnamed_until: see EventLogReading.
  Player(const Plan& plan, const std::vector<RowKind>& kinds, const TermOf& term,
         std::optional<Instant> unnamed_until);
  // rows: of one ticket, in any order; ticket keeps its id.
  void play(std::vector<EventRow>& rows, LoggedTicket& ticket);

 private:
  // What stands behind the account and the ticket in the key of an event or message: the row's identity,
  // which of equal rows, and which of the row's events.
  struct Key {
    std::uint64_t identity = 0;
    std::uint32_t copy = 1;
    char suffix = 0;      // "": 0; ":0" … ":9", ":s" …: the character
    bool by_name = false; // a message's author has no address
  };
  struct List {
    std::vector<model::TimelineEntry>* entries = nullptr;
    std::vector<Key> keys; // of each

    model::TimelineEntry& add(const EventRow& row, char suffix);
    void sort();
    bool before(std::size_t a, std::size_t b) const;

   private:
    std::vector<std::uint32_t> order_;
    std::vector<model::TimelineEntry> sorted_;
    std::vector<Key> sorted_keys_;
  };
  const std::vector<RowKind>& kinds_;
  const std::vector<std::string>& fields_;
  std::optional<Instant> unnamed_until_;
  std::vector<model::Term> field_terms_;
  model::Term event_ = 0;
  std::array<model::Term, 5> priority_terms_{};
  List events_, letters_;
  std::vector<model::Term> field_values_;
  bool keeps_records_;
  std::vector<const std::string*> field_texts_; // null: none
  // of the ticket that is played
  model::Status status_ = model::Status::fresh;
  model::Priority priority_ = model::Priority::none;
  model::Term queue_ = 0, assignee_ = 0, requester_ = 0;
  bool spam_ = false, deleted_ = false;
  std::optional<Instant> created_;

  void take_words(const std::vector<EventRow>& rows, LoggedWords& words);
  void count_copies(std::vector<EventRow>& rows) const;
  bool take_attributes(const RowKind& kind, const EventRow& row, model::Timeline& head);
  model::TimelineEntry& event(const EventRow& row, const RowKind& kind, model::EventKind what, char suffix);
  void become(const EventRow& row, const RowKind& kind, model::Status to, char suffix);
  void play_state(const EventRow& row, const RowKind& kind);
  void act(const KindAction& action, const EventRow& row, const RowKind& kind, char suffix);
  void write(const EventRow& row, model::Direction direction);
};

} // namespace helpdesk::backend::table::event_log
