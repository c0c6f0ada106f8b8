#include "base/text.hpp"
#include "mime/compose.hpp"
#include "mime/mail.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::mime;

namespace {

Outgoing sample() {
  Outgoing mail;
  mail.from = {"Desk", "desk@example.org"};
  mail.to = {{"Anna Berg", "anna@example.com"}};
  mail.subject = "Your order";
  mail.message_id = "abc.1@example.org";
  mail.date = instant_of_seconds(1'767'600'000);
  mail.text = "Hello\n";
  return mail;
}

Mail round_trip(const Outgoing& mail) {
  const auto composed = compose(mail);
  EXPECT_TRUE(composed) << composed.error().message;
  // The wire takes CRLF only, 7 bits and no long lines.
  for (std::size_t i = 0; i < composed->bytes.size(); ++i) {
    if (composed->bytes[i] == '\n') {
      EXPECT_EQ(composed->bytes[i - 1], '\r');
    }
    if (composed->bytes[i] == '\r') {
      EXPECT_EQ(composed->bytes[i + 1], '\n');
    }
  }
  for (const std::string_view line : split_lines(composed->bytes)) EXPECT_LE(line.size(), 998U);
  const auto parsed = parse_mail(composed->bytes);
  EXPECT_TRUE(parsed);
  EXPECT_TRUE(parsed->defects.empty());
  return *parsed;
}

} // namespace

TEST(Compose, PlainMailReadsBackAsItWas) {
  Outgoing mail = sample();
  mail.in_reply_to = "q@x";
  mail.references = {"r@x", "q@x"};
  mail.cc = {{"", "c@example.com"}};
  const Mail read = round_trip(mail);
  EXPECT_EQ(read.subject, "Your order");
  EXPECT_EQ(read.from, std::vector{mail.from});
  EXPECT_EQ(read.to, mail.to);
  EXPECT_EQ(read.cc, mail.cc);
  EXPECT_EQ(read.message_id, mail.message_id);
  EXPECT_EQ(read.references, mail.references);
  EXPECT_EQ(read.in_reply_to, "q@x");
  EXPECT_EQ(read.date, mail.date);
  EXPECT_EQ(read.text, "Hello\n");
  EXPECT_TRUE(read.text_is_flowed);
}

TEST(Compose, ForeignScriptsAndLongLinesSurvive) {
  Outgoing mail = sample();
  mail.subject = "Æøå 注文について " + std::string(300, 'x') + " ĉĝĥ и так далее";
  mail.to = {{"Ægir \"Øl\" Ås, Jr.", "aegir@xn--r-0fah.example"}, {"Bo, B.", "bo@example.com"}};
  mail.text = "Kjære Anna,\n\n";
  for (int i = 0; i < 60; ++i) mail.text += "ord nummer " + std::to_string(i) + " ";
  mail.text += "\n\n> quoted " + std::string(200, 'q') +
               "\n> more\n  indented\nFrom here\n>not a quote? it is\n.\n..\n-- \nDesk\n";
  const Mail read = round_trip(mail);
  EXPECT_EQ(read.subject, mail.subject);
  ASSERT_EQ(read.to.size(), 2U);
  EXPECT_EQ(read.to[0].name, mail.to[0].name);
  EXPECT_EQ(read.to[1].name, "Bo, B.");
  EXPECT_EQ(collapse_spaces(read.text), collapse_spaces(replace_all(mail.text, ">not", "> not")));
  EXPECT_NE(read.text.find("\n  indented\nFrom here\n"), std::string::npos);
  EXPECT_NE(read.text.find("\n.\n..\n-- \nDesk\n"), std::string::npos);
}

TEST(Compose, AttachmentsAndAlternative) {
  Outgoing mail = sample();
  mail.html = "<p>Hallå</p>";
  std::string bytes;
  for (int i = 0; i < 70'000; ++i) bytes += static_cast<char>(i * 7);
  mail.attachments = {{"faktura år 2026 – nr 17 med et ganske langt navn som må deles opp.pdf", "", bytes},
                      {"a.txt", "text/plain", "x\n"},
                      {"in.eml", "", "Subject: inside\n\nbody\n"}};
  const Mail read = round_trip(mail);
  EXPECT_EQ(read.text, "Hello\n");
  EXPECT_EQ(trim(read.html), "<p>Hallå</p>");
  ASSERT_EQ(read.parts.size(), 3U);
  EXPECT_EQ(read.parts[0].info.name, mail.attachments[0].name);
  EXPECT_EQ(read.parts[0].info.type, "application/pdf");
  EXPECT_EQ(read.parts[0].content, bytes);
  EXPECT_EQ(read.parts[1].content, "x\n");
  EXPECT_EQ(read.parts[2].info.type, "message/rfc822");
}

TEST(Compose, RefusesEverythingThatCouldSlipInAHeaderLine) {
  for (const std::string_view payload : {"\r\nBcc: x@evil", "\nBcc: x@evil", "\rBcc: x@evil"}) {
    const std::string bad = "a" + std::string(payload);
    std::vector<std::pair<const char*, Outgoing>> cases;
    const auto with = [&](const char* what, auto&& change) {
      Outgoing mail = sample();
      change(mail);
      cases.emplace_back(what, std::move(mail));
    };
    with("subject", [&](Outgoing& m) { m.subject = bad; });
    with("from name", [&](Outgoing& m) { m.from.name = bad; });
    with("from", [&](Outgoing& m) { m.from.address = "a@b" + bad; });
    with("to name", [&](Outgoing& m) { m.to[0].name = bad; });
    with("to", [&](Outgoing& m) { m.to[0].address = bad + "@b"; });
    with("cc", [&](Outgoing& m) { m.cc = {{bad, "a@b"}}; });
    with("reply-to", [&](Outgoing& m) { m.reply_to = {{"", "a@b" + bad}}; });
    with("message id", [&](Outgoing& m) { m.message_id = bad; });
    with("in-reply-to", [&](Outgoing& m) { m.in_reply_to = bad; });
    with("references", [&](Outgoing& m) { m.references = {"x@y", bad}; });
    with("header name", [&](Outgoing& m) { m.extra_headers = {{bad, "x"}}; });
    with("header value", [&](Outgoing& m) { m.extra_headers = {{"X-A", bad}}; });
    with("attachment name", [&](Outgoing& m) { m.attachments = {{bad, "", "x"}}; });
    with("attachment type", [&](Outgoing& m) { m.attachments = {{"x", bad, "x"}}; });
    for (const auto& [what, mail] : cases) {
      const auto composed = compose(mail);
      ASSERT_FALSE(composed) << what;
      EXPECT_EQ(composed.error().kind, ErrorKind::usage) << what;
    }
  }
  Outgoing mail = sample();
  mail.subject = std::string("a\0b", 3);
  EXPECT_FALSE(compose(mail));
}

TEST(Compose, AddressesThatCannotBeWritten) {
  for (const char* address :
       {"", "anna", "@b", "a@", "a@b c", "a@b,c@d", "a@b>", "a@.b", "a@b..c", "a@b\x01"}) {
    Outgoing mail = sample();
    mail.to = {{"", address}};
    EXPECT_FALSE(compose(mail)) << address;
  }
  Outgoing mail = sample();
  mail.extra_headers = {{"Bcc", "x@y"}};
  EXPECT_FALSE(compose(mail));
}

TEST(Compose, InternationalAddresses) {
  Outgoing mail = sample();
  mail.to = {{"", "anna@blåbær.example"}};
  auto composed = compose(mail);
  ASSERT_TRUE(composed);
  EXPECT_FALSE(composed->needs_smtputf8);
  EXPECT_NE(composed->bytes.find("anna@xn--blbr-roah.example"), std::string::npos);
  EXPECT_EQ(parse_mail(composed->bytes)->to[0].address, "anna@blåbær.example");
  mail.to = {{"", "ånna@example.org"}, {"", "a b@example.org"}};
  composed = compose(mail);
  ASSERT_TRUE(composed);
  EXPECT_TRUE(composed->needs_smtputf8);
  EXPECT_NE(composed->bytes.find("\"a b\"@example.org"), std::string::npos);
}

TEST(Compose, MessageIdsDiffer) {
  const std::string a = make_message_id("Desk@Example.org", instant_of_seconds(1)),
                    b = make_message_id("desk@example.org", instant_of_seconds(1));
  EXPECT_NE(a, b);
  EXPECT_TRUE(a.ends_with("@example.org"));
  EXPECT_TRUE(make_message_id("nonsense", instant_of_seconds(1)).ends_with("@localhost"));
}
