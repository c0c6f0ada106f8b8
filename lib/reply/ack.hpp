// Acknowledgements: who may get one, and what it says.
#pragma once

#include "base/result.hpp"
#include "model/values.hpp"
#include "reply/queue.hpp"
#include "reply/templates.hpp"
#include "store/store.hpp"
#include "sync/policy.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::reply {

inline constexpr Duration k_ack_age = std::chrono::hours(24); // of a message; nothing older is acknowledged
inline constexpr int k_acks_a_run = 20;
inline constexpr int k_acks_a_day = 5; // to one address

// ---- who

using Headers = std::vector<std::pair<std::string, std::string>>; // of a mail, as written

// The header that says that a machine wrote, or that no machine may answer (RFC 3834 and the habits of real
// ones): "Auto-Submitted: auto-replied". Empty when there is none.
std::string machine_header(const Headers& headers);

struct AckMatter {
  const model::Ticket& ticket;
  const std::vector<model::Message>& messages; // of the ticket, in order
  const Headers& headers;                      // of the customer's message
  const sync::Policy& policy;
  Instant switched_on{}, now{};
};
// The message that an acknowledgement would answer: the first of the conversation. Null: there is none.
const model::Message* acknowledged_message(const std::vector<model::Message>& messages);
// Why this conversation gets none, in words; empty when it may get one.
std::string no_ack_because(const AckMatter& matter);

// What the queue says against one more: this conversation or this address has had enough. Empty: nothing.
std::string queued_objection(const std::vector<QueueItem>& all_items, const model::Ticket& ticket,
                             std::string_view address, Instant now);
// An acknowledgement in the queue that nobody needs any more: a person has answered, or a day has passed.
Result<std::string> ack_overtaken(store::Reader& store, const QueueItem& item, Instant now);

// ---- what

// A length of time that people say, never shorter: 15 and 30 minutes, 1, 2, 3, 4, 6, 8 and 12 hours, 1 to 6
// days, weeks.
struct Wait {
  enum class Unit : std::uint8_t { minutes, hours, days, weeks } unit = Unit::hours;
  int count = 1;
};
Wait rounded_up(double seconds);
// "4 hours" as it stands behind "within", "innen", "innerhalb von", "sous", "en un plazo de", "ene de",
// "в течение"; English in other languages.
std::string wait_words(const Wait& wait, std::string_view language);

// The shipped texts, one a language; those that the user's own of the name "ack" take the place of are left
// out.
std::vector<TemplateFile> with_ack_templates(std::vector<TemplateFile> own);

} // namespace helpdesk::reply
