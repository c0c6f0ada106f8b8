#include "store/new_tickets.hpp"

#include "store/packed.hpp"
#include "store/timeline_codec.hpp"

#include <utility>

namespace helpdesk::store {
namespace {

constexpr std::size_t k_most = 1'000; // tickets; records without a text are short
// As many bytes as a batch of records that come one by one, and packed alike: sqlite/raw_batches.cpp.
constexpr std::size_t k_batch = 64U << 10;
constexpr int k_level = 1;

} // namespace

void NewTickets::add(NewTicket&& ticket, std::string_view record) {
  ticket.offset = bytes_.size();
  ticket.size = record.size();
  bytes_ += record;
  tickets_.push_back(std::move(ticket));
}

bool NewTickets::is_full() const { return bytes_.size() >= k_batch || tickets_.size() >= k_most; }

void NewTickets::pack(Compressor& compressor) { frame_ = compressor.pack(bytes_, k_level); }

Result<void> put_new_tickets(Transaction& tx, const NewTickets& tickets) {
  if (auto* quick = dynamic_cast<TakesNewTickets*>(&tx)) return quick->put_new_tickets(tickets);
  model::Timeline timeline;
  for (const NewTicket& item : tickets.tickets()) {
    RawRecord record = item.record;
    record.bytes = tickets.bytes().substr(item.offset, item.size);
    TRY(tx.put_raw(record));
    timeline.ticket = TRY(tx.put_ticket(item.ticket));
    if (!decode_timeline(item.timeline, timeline)) return failed("a packed timeline is damaged");
    TRY(tx.put_timeline(item.ticket.key, timeline));
  }
  return {};
}

Result<std::vector<model::Term>> put_new_terms(Transaction& tx, const std::vector<std::string_view>& texts,
                                               model::Term newest) {
  if (auto* quick = dynamic_cast<TakesNewTickets*>(&tx)) return quick->put_new_terms(texts, newest);
  std::vector<model::Term> terms;
  for (std::string_view text : texts) terms.push_back(TRY(tx.term(text)));
  return terms;
}

} // namespace helpdesk::store
