// Taking big attachments out of a mail that stays: what `store prune` does to old ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace helpdesk::mime {

struct CutMail {
  std::string bytes;       // the mail without them; empty when nothing was cut
  std::size_t parts = 0;   // how many were cut
  std::uint64_t freed = 0; // bytes of the mail that went
};

// Leaves everything as it is but the bodies of leaf parts over limit bytes (as they lie in the mail) that are
// no text to be read: these become empty, and their header ends in "X-Helpdesk-Listed: N" with the decoded
// size. What is encrypted, and winmail.dat, holds text and stays. A mail that holds such a header already
// stays whole, since it may come from outside.
CutMail cut_big_parts(std::string_view raw, std::uint64_t limit);

} // namespace helpdesk::mime
