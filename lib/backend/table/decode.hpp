// From the rows that speak of one ticket to the ticket, its messages and its events. Pure.
#pragma once

#include "backend/backend.hpp"
#include "backend/table/record.hpp"

namespace helpdesk::backend::table {

Result<Decoded> decode(const Settings& settings, const store::RawRecord& record);

// The people that the rows name by an id of their own system.
struct Known {
  std::string name, email, phone, organisation;
  model::Role role = model::Role::unknown;
};

class TicketDecoder {
 public:
  TicketDecoder(const Settings& settings, const Mapping& mapping, std::string_view id);
  // False: no row makes it a ticket (orphans).
  Result<bool> decode(const std::vector<Row>& rows, Decoded& out);

 private:
  struct Happened { // a row or a column with its time, in the order of the log
    Instant time{};
    std::size_t order = 0;
    const Row* row = nullptr;
    std::string_view name; // of the event, empty for a message
    const std::vector<Action>* actions = nullptr;
    std::string key;
    bool from_column = false;
  };
  const Settings& settings_;
  const Mapping& mapping_;
  std::string id_, key_;
  model::Ticket ticket_;
  std::vector<Happened> happened_;
  std::map<std::string, Known, std::less<>> people_;
  std::map<std::uint64_t, int> seen_;
  std::optional<Instant> created_, first_, last_, updated_;
  model::Status status_ = model::Status::fresh;
  model::Priority priority_ = model::Priority::none;
  std::string queue_, assignee_, first_author_;
  bool said_status_ = false, deleted_ = false, spam_ = false, asked_ = false, replied_by_column_ = false;
  std::vector<model::Event> events_;
  std::vector<DecodedMessage> messages_;

  void know(const Row& row);
  void take_attributes(const Row& row);
  Result<void> collect(const Row& row);
  Result<void> collect_times(const Row& row, const std::string& identity);
  void play(const Happened& what);
  void play_state(const Happened& what);
  void play_call(const Happened& what);
  void act(const Action& action, const Happened& what, std::size_t number);
  void message(const Happened& what);
  void written(const Happened& what, model::Direction direction, model::Visibility visibility,
               model::Role role, std::string text);
  void first_question();
  model::Event& event(const Happened& what, model::EventKind kind, std::string_view suffix);
  void status(const Happened& what, model::Status to, std::string_view suffix);
  model::Contact contact(std::string_view id, std::string_view name = {}) const;
  model::Contact actor_of(const Row& row) const;
  std::string identity(const Row& row);
  void finish(Decoded& out);
};

} // namespace helpdesk::backend::table
