// A generated support mailbox: sixty parts noise, forty parts customers who ask, in seven languages.
#pragma once

#include <string>
#include <vector>

namespace helpdesk::sync::test {

struct NoiseMail {
  std::string bytes;
  std::string folder = "INBOX"; // or "Sent"
};

struct NoiseConversation {
  std::string kind; // "newsletter", "bare thanks", "question through a form" …
  bool waits = false;
  std::vector<NoiseMail> mails;
};

// The same seed gives the same mailbox. Of total conversations three fifths are noise.
std::vector<NoiseConversation> noise_mailbox(unsigned seed, int total);

} // namespace helpdesk::sync::test
