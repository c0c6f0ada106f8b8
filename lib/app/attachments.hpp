// What was attached to a conversation: numbered over its messages as show prints them, and read from the
// stored mail, or from the server when a part was left there.
#pragma once

#include "app/app.hpp"
#include "model/values.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace helpdesk::app {

struct Attached {
  int number;                    // 1-based over the conversation
  const model::Message* message; // of the messages that were asked about
  const model::Attachment* attachment;
};

// The key of the record that tells what a message says, the first of those it has.
std::string_view first_record(const model::Message& message);
std::vector<Attached> attachments_of(const std::vector<model::Message>& messages);
// Its decoded bytes. Failed when the mail that held it is gone, from here or from the server.
Result<std::string> attachment_content(App& app, store::Reader& store, const model::Ticket& ticket,
                                       const Attached& item);

} // namespace helpdesk::app
