// A Document as a mail: what `digest --to` hands to the queue.
#pragma once

#include "base/result.hpp"
#include "mime/compose.hpp"
#include "render/document.hpp"
#include "reply/letter.hpp"
#include "reply/queue.hpp"

#include <string>
#include <vector>

namespace helpdesk::digest {

struct Post {
  reply::QueueItem item;
  std::string bytes;
};

// Text and HTML of the same document. Marked as automatic (RFC 3834) and with X-Helpdesk-Digest, by which a
// pull knows it and makes no ticket of it. Usage error when an address cannot be written.
Result<Post> write_post(const render::Document& document, const reply::Identity& identity,
                        const std::vector<model::Contact>& to, std::string_view account,
                        std::string_view smtp, Instant now);

} // namespace helpdesk::digest
