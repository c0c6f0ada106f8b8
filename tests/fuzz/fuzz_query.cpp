// Any text is a query or a message; what is a query reads back the same and can be evaluated.
#include "model/values.hpp"
#include "store/query.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto now = instant_of_seconds(1'767'600'000);
  auto zone = Zone::utc();
  auto query = store::parse_query(text, now, zone);
  if (!query) return 0;
  auto again = store::parse_query(store::to_text(*query), now, zone);
  // Quoting makes a text longer: only the limit of the length may refuse what it wrote itself.
  if (!again && size < 4'000) std::abort();
  if (again && !(*again == *query)) std::abort();
  model::Ticket ticket;
  model::Message message;
  message.subject = message.text = "blue printer";
  (void)store::matches(*query, ticket, nullptr, now);
  (void)store::matches(*query, ticket, &message, now);
  return 0;
}
