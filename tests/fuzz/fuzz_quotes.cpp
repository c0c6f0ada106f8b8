// Plain text bodies and subjects: no crash, nothing invented, and everything that looks at the reply copes
// with it.
#include "base/text.hpp"
#include "language/auto_reply.hpp"
#include "language/classify.hpp"
#include "language/forwarded.hpp"
#include "language/quotes.hpp"
#include "language/subject.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Stripped stripped = strip_quotes(text);
  if (stripped.reply.size() + stripped.rest.size() > text.size() + 1) std::abort();
  const std::string_view subject = text.substr(0, text.find('\n'));
  read_signals(stripped.reply, subject, {});
  read_signals(stripped.reply, subject, "nb");
  find_forwarded(text);
  automatic_subject(subject);
  if (!is_valid_utf8(normalise_subject(subject))) std::abort();
  subject_key(subject);
  find_ticket_tokens(subject);
  return 0;
}
