// S5: a thousand times a payload in a field of a mail that is written: it is refused, or the mail has exactly
// the headers and recipients that it would have had without it.
#include "base/text.hpp"
#include "mime/compose.hpp"
#include "mime/mail.hpp"

#include <functional>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::mime;

namespace {

Outgoing sample() {
  Outgoing mail;
  mail.from = {"Desk", "support@desk.example"};
  mail.to = {{"Kari", "kari@example.org"}};
  mail.cc = {{"Ola", "ola@example.org"}};
  mail.reply_to = {{"Desk", "support@desk.example"}};
  mail.subject = "Re: late";
  mail.message_id = "1@desk.example";
  mail.in_reply_to = "2@example.org";
  mail.references = {"3@example.org", "2@example.org"};
  mail.date = instant_of_seconds(1'767'600'000);
  mail.text = "It is on its way.\n";
  mail.extra_headers = {{"X-Kind", "answer"}};
  mail.attachments = {{"invoice.pdf", "application/pdf", "x"}};
  return mail;
}

// Names of the header lines as a naive receiver splits them: at every CR and every LF.
std::vector<std::string> header_names(std::string_view bytes) {
  std::vector<std::string> names;
  const std::string head =
      replace_all(replace_all(bytes.substr(0, bytes.find("\r\n\r\n")), "\r\n", "\n"), "\r", "\n");
  for (const std::string_view line : split_lines(head))
    if (!line.empty() && line.front() != ' ' && line.front() != '\t')
      names.push_back(ascii_lower(line.substr(0, line.find(':'))));
  return names;
}

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++n;
  return n;
}

} // namespace

TEST(Inject, AThousandPayloadsAddNoHeader) {
  const auto clean = compose(sample());
  ASSERT_TRUE(clean);
  const std::vector<std::string> expected = header_names(clean->bytes);
  const std::size_t parts = count_of(clean->bytes, "\r\nContent-Type:");
  std::vector<std::string> payloads;
  for (const std::string& end :
       {std::string("\r\n"), std::string("\n"), std::string("\r"), std::string("\0", 1), std::string("\v"),
        std::string("\f"), std::string("\xC2\x85"), std::string("\xE2\x80\xA8"), std::string("\r\n\r\n"),
        std::string("\n.\n"), std::string(">\r\n"), std::string("\"\r\n"), std::string("?=\r\n")})
    for (const char* then : {"Bcc: forged@evil.example", " Bcc: forged@evil.example",
                             "RCPT TO:<forged@evil.example>", "Content-Type: text/html\r\n\r\n<script>", ""})
      payloads.push_back("a" + end + then);
  payloads.insert(payloads.end(),
                  {"a>, <forged@evil.example", "a\" <forged@evil.example>, \"b", "a, forged@evil.example",
                   "=?utf-8?Q?a=0D=0ABcc:_forged@evil.example?=", "a(b", "a\\", "a;b:c,d",
                   std::string(2000, 'a') + "\r\n Bcc: forged@evil.example"});
  using Change = std::function<void(Outgoing&, const std::string&)>;
  const std::vector<std::pair<const char*, Change>> fields{
      {"subject", [](Outgoing& m, const std::string& p) { m.subject = p; }},
      {"from name", [](Outgoing& m, const std::string& p) { m.from.name = p; }},
      {"from", [](Outgoing& m, const std::string& p) { m.from.address = "x@y" + p; }},
      {"to name", [](Outgoing& m, const std::string& p) { m.to[0].name = p; }},
      {"to", [](Outgoing& m, const std::string& p) { m.to[0].address = p + "@b.example"; }},
      {"cc name", [](Outgoing& m, const std::string& p) { m.cc[0].name = p; }},
      {"cc", [](Outgoing& m, const std::string& p) { m.cc[0].address = "x@y" + p; }},
      {"reply-to name", [](Outgoing& m, const std::string& p) { m.reply_to[0].name = p; }},
      {"message id", [](Outgoing& m, const std::string& p) { m.message_id = p; }},
      {"in-reply-to", [](Outgoing& m, const std::string& p) { m.in_reply_to = p; }},
      {"references", [](Outgoing& m, const std::string& p) { m.references[1] = p; }},
      {"header name", [](Outgoing& m, const std::string& p) { m.extra_headers[0].first = p; }},
      {"header value", [](Outgoing& m, const std::string& p) { m.extra_headers[0].second = p; }},
      {"attachment name", [](Outgoing& m, const std::string& p) { m.attachments[0].name = p; }},
      {"attachment type", [](Outgoing& m, const std::string& p) { m.attachments[0].type = p; }},
  };
  int cases = 0, refused = 0;
  for (const auto& [what, change] : fields)
    for (const std::string& payload : payloads) {
      ++cases;
      Outgoing mail = sample();
      change(mail, payload);
      const auto composed = compose(mail);
      if (!composed) {
        ++refused;
        EXPECT_EQ(composed.error().kind, ErrorKind::usage) << what;
        continue;
      }
      const std::vector<std::string> names = header_names(composed->bytes);
      // An id that is none may be left out, and what is a legal name of a header is one; nothing is added.
      std::vector<std::string> allowed = expected;
      if (std::string_view(what) == "header name") allowed.push_back(ascii_lower(payload));
      EXPECT_LE(names.size(), expected.size()) << what << ": " << composed->bytes.substr(0, 800);
      for (const std::string& name : names)
        EXPECT_THAT(allowed, testing::Contains(name)) << what << ": " << composed->bytes.substr(0, 800);
      EXPECT_EQ(count_of(composed->bytes, "\r\nContent-Type:"), parts) << what << ": " << payload;
      const auto read = parse_mail(composed->bytes);
      ASSERT_TRUE(read);
      EXPECT_EQ(read->from.size(), 1U) << what << ": " << payload;
      EXPECT_EQ(read->to.size(), 1U) << what << ": " << payload;
      EXPECT_EQ(read->cc.size(), 1U) << what << ": " << payload;
      EXPECT_TRUE(read->bcc.empty()) << what << ": " << payload;
      EXPECT_EQ(read->parts.size(), 1U) << what << ": " << payload;
    }
  EXPECT_GE(cases, 1'000);
  EXPECT_GT(refused, 300);
  EXPECT_LT(refused, cases);
}
