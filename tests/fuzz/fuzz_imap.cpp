// Any bytes as the answers of an IMAP server: reader, parser, BODYSTRUCTURE, names, dates, sets.
#include "backend/imap/cursor.hpp"
#include "backend/imap/listed.hpp"
#include "net/flat_json.hpp"
#include "net/imap_client.hpp"
#include "net/imap_utf7.hpp"
#include "net/smtp_dialogue.hpp"
#include "support/memory_stream.hpp"

#include <cstdint>

using namespace helpdesk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const net::ImapLimits limits{.line_bytes = 1 << 16,
                               .literal_bytes = 1 << 16,
                               .response_bytes = 1 << 18,
                               .values = 10'000,
                               .depth = 100};
  {
    test::MemoryStream stream(input, 1 + size % 7);
    net::ImapReader reader(stream, 1000, limits);
    for (int i = 0; i < 1000; ++i) {
      auto raw = reader.next();
      if (!raw) break;
      auto response = net::parse_imap_response(*std::move(raw), limits);
      if (!response) continue;
      if (const auto* structure = response->item("BODYSTRUCTURE"))
        (void)backend::imap::parse_body_structure(*structure);
      for (const net::ImapValue& v : response->values) (void)backend::imap::parse_body_structure(v);
    }
  }
  {
    auto client = net::ImapClient::over(std::make_unique<test::MemoryStream>(input),
                                        {.connect_ms = 10, .idle_ms = 10}, limits);
    if (client) {
      auto folders = client->list();
      if (folders && !folders->empty()) {
        (void)client->open(folders->front(), net::OpenMode::examine);
        (void)client->fetch("1:*", "UID FLAGS", [](net::ImapMessage&&) { return Result<void>(); });
      }
    }
  }
  test::MemoryStream stream(input);
  net::SmtpDialogue smtp(stream, 10);
  while (smtp.reply(10)) {
  }
  const std::string name = net::from_modified_utf7(input);
  if (net::from_modified_utf7(net::to_modified_utf7(name)) != name) __builtin_trap();
  (void)net::parse_internal_date(input);
  (void)net::parse_uid_set(input);
  (void)net::parse_flat_json(input);
  if (const auto cursor = backend::imap::parse_cursor(input))
    if (backend::imap::to_text(*backend::imap::parse_cursor(backend::imap::to_text(*cursor))) !=
        backend::imap::to_text(*cursor))
      __builtin_trap();
  return 0;
}
