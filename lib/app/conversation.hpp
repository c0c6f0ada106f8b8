// A ticket with its messages and events as a Document, and as JSON.
#pragma once

#include "app/reply_states.hpp"
#include "cli/command.hpp"
#include "model/timeline.hpp"
#include "model/values.hpp"
#include "render/document.hpp"
#include "report/promises.hpp"

#include <functional>
#include <string>
#include <vector>

namespace helpdesk::app {

inline constexpr cli::FieldDoc k_conversation_fields[] = {
    {"number", "the ticket's number"},
    {"subject", "its subject"},
    {"status", "its status"},
    {"requester", "who asks"},
    {"messages", "messages with text"},
    {"events", "what happened between them"},
    {"tags", "tags"},
    {"assignee", "who works on it"},
    {"key", "the key that is the same in every store"},
    {"promises", "what we promised in our replies: state, due, promised, by, promise"},
    {"replies", "our replies on their way: state, words, draft, item, leaves"},
};

struct ConversationOptions {
  bool quotes = false; // show quoted text and signatures
  Instant now{};
  Zone zone = Zone::utc();
  std::function<std::string(model::Term)> term;
  std::vector<ReplyState> replies;
  std::vector<report::Promise> promises;
};
render::Document conversation(const model::Ticket& ticket, const std::vector<model::Message>& messages,
                              const model::Timeline* timeline, const ConversationOptions& options);

// "Ada Lovelace <ada@example.org>", "ada@example.org"; a display name that holds an address other than the
// real one is shown with it.
std::string shown_contact(const model::Contact& contact);

} // namespace helpdesk::app
