// Tickets of a first pull by the thousand: put without asking for each what is known of it, and with what
// takes time made ready on another thread.
#pragma once

#include "base/result.hpp"
#include "store/compress.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

// No record and no ticket of these keys was ever in the store, and no ticket has aliases.
struct NewTicket {
  model::Ticket ticket;               // its number is given when it is put
  RawRecord record;                   // without bytes
  std::string timeline;               // packed, in terms of the store
  std::uint64_t offset = 0, size = 0; // of the record in its batch's bytes
};

// Tickets in the order of their numbers, with their records in one frame.
class NewTickets {
 public:
  void add(NewTicket&& ticket, std::string_view record);
  bool is_full() const;
  bool empty() const { return tickets_.empty(); }
  void pack(Compressor& compressor); // the last thing to be done before they are put

  const std::vector<NewTicket>& tickets() const { return tickets_; }
  const std::string& bytes() const { return bytes_; }
  const std::string& frame() const { return frame_; } // of bytes; of no use when they are empty

 private:
  std::vector<NewTicket> tickets_;
  std::string bytes_, frame_;
};

// A transaction that has a quick way.
class TakesNewTickets {
 public:
  virtual ~TakesNewTickets() = default;
  virtual Result<void> put_new_tickets(const NewTickets& tickets) = 0;
  virtual Result<std::vector<model::Term>> put_new_terms(const std::vector<std::string_view>& texts,
                                                         model::Term newest) = 0;
};

Result<void> put_new_tickets(Transaction& tx, const NewTickets& tickets);
// The terms of texts that differ from each other. newest: 0, or the last that the call before gave; as long
// as the store has none but those that were put this way, nobody looks for them.
Result<std::vector<model::Term>> put_new_terms(Transaction& tx, const std::vector<std::string_view>& texts,
                                               model::Term newest);

} // namespace helpdesk::store
