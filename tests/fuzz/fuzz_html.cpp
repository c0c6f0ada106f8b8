// HTML bodies: any bytes give valid UTF-8 text, and a fragment without anything that runs or fetches.
#include "base/text.hpp"
#include "language/html.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(html_to_text(html)) || !is_valid_utf8(html_reply_only(html))) std::abort();
  const std::string safe = sanitise_html(html);
  if (!is_valid_utf8(safe)) std::abort();
  for (const std::string_view bad :
       {"<script", "<style", "<iframe", "<svg", "<object", "<link", "<meta", "<base", "<form"})
    if (safe.find(bad) != safe.npos) std::abort();
  // What was made safe once stays as it is.
  if (safe.size() < (1U << 20) && !is_valid_utf8(sanitise_html(safe))) std::abort();
  return 0;
}
