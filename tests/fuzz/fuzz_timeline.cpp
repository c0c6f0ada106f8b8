// Packed rows come from a file that may be damaged: decoding them never reads outside and never asks for more
// memory than they have.
#include "store/records.hpp"
#include "store/ticket_rest.hpp"
#include "store/timeline_codec.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  model::Timeline timeline, again;
  if (store::decode_timeline(bytes, timeline)) {
    if (!store::decode_timeline(store::encode_timeline(timeline), again)) std::abort();
  }
  store::each_in_segment(5, bytes, [&](std::int64_t, std::string_view packed) {
    (void)store::decode_timeline(packed, timeline);
    return true;
  });
  model::Ticket ticket;
  model::Message message;
  model::Person person;
  store::AccountState state;
  (void)store::decode_ticket(bytes, ticket);
  (void)store::decode_rest(bytes, ticket);
  (void)store::decode_head(bytes, message);
  (void)store::decode_body(bytes, message);
  (void)store::decode_person(bytes, person);
  (void)store::decode_account_state(bytes, state);
  return 0;
}
