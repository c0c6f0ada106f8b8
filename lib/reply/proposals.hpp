// Which templates may answer a ticket, and why: by its language, channel and tags, by the words of the
// customer, and by what was sent to similar questions whose tickets were closed by it and stayed closed.
#pragma once

#include "model/values.hpp"
#include "reply/templates.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace helpdesk::reply {

struct ProposalQuestion {
  const model::Ticket& ticket;
  std::string language;               // of the reply
  std::vector<std::string> words;     // of the customer that carry content, lower case
  std::vector<std::string> rare;      // those of them that are looked for in the store; rare ones say most
  std::vector<std::string> fallbacks; // languages, in order
  Instant now{};
};

struct Proposal {
  std::string name, language, title;
  double score = 0;
  std::string why; // one line: "tag refund; like the reply that closed #12"
};

// Best first, at most five; a template that nothing speaks for is none of them. Looks at no more of the store
// than the 40 messages most like this one and the 500 newest steps of the queue.
Result<std::vector<Proposal>> propose_templates(store::Reader& store, const std::vector<TemplateFile>& files,
                                                const ProposalQuestion& question);

} // namespace helpdesk::reply
