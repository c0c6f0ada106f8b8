#include "backend/backend.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::backend;

namespace {

DecodedMessage decode(std::string bytes, Instant received = {}, std::string hint = "") {
  store::RawRecord record{.account = "shop",
                          .key = sha256_hex(bytes),
                          .version = "1",
                          .format = "mail",
                          .bytes = bytes,
                          .received = received,
                          .hint = hint};
  auto decoded = decode_mail({}, record);
  EXPECT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->messages.size(), 1U);
  return decoded->messages.at(0);
}

} // namespace

TEST(DecodeMail, KeyTimeAndFacts) {
  const std::string mail = "Received: from a by b; Mon, 05 Jan 2026 10:00:05 +0000\nReceived: from c by a; "
                           "Mon, 05 Jan 2026 09:59:00 +0000\n"
                           "Date: Mon, 05 Jan 2026 08:00:00 +0000\nFrom: Anna <anna@Example.com>\nTo: "
                           "desk@example.org\nMessage-ID: <x@y>\n"
                           "Auto-Submitted: auto-replied\nList-Unsubscribe: "
                           "<mailto:u@example.com>\nX-Spam-Flag: NO\nReturn-Path: <>\n"
                           "Subject: Away\nX-Secret: 1\n\nI am away.\n";
  const DecodedMessage m = decode(mail);
  EXPECT_EQ(m.message.key, "x@y");
  EXPECT_EQ(m.message.author, (model::Contact{"Anna", "anna@example.com"}));
  EXPECT_EQ(m.message.time, instant_of_seconds(1'767'607'205)) << "the topmost Received header";
  ASSERT_TRUE(m.mail);
  EXPECT_EQ(m.mail->header("auto-submitted"), "auto-replied");
  EXPECT_EQ(m.mail->header("list-unsubscribe"), "<mailto:u@example.com>");
  EXPECT_EQ(m.mail->header("x-spam-flag"), "NO");
  EXPECT_EQ(m.mail->header("return-path"), "<>");
  EXPECT_EQ(m.mail->header("x-secret"), "");
  EXPECT_FALSE(m.mail->is_bounce);
  EXPECT_EQ(decode(mail, instant_of_seconds(5)).message.time, instant_of_seconds(5))
      << "what the server says comes first";
}

TEST(DecodeMail, AMoveToAnotherServerIsNoDelivery) {
  const Instant moved = instant_of_seconds(1'780'000'000), written = instant_of_seconds(1'767'600'000);
  const std::string dated = "Date: Mon, 05 Jan 2026 08:00:00 +0000\n";
  const std::string received = "Received: from a by b; Mon, 05 Jan 2026 10:00:05 +0000\n";
  EXPECT_EQ(decode(received + dated + "\nx\n", moved).message.time, instant_of_seconds(1'767'607'205))
      << "when the last server received it, not when the mailbox was moved";
  EXPECT_EQ(decode(dated + "\nx\n", moved).message.time, written)
      << "a sent copy: no server received it, it was filed after it was written";
  EXPECT_EQ(decode("Date: Mon, 05 Jan 2099 08:00:00 +0000\n\nx\n", moved).message.time, moved)
      << "nothing is filed before it was written";
  EXPECT_EQ(decode("Date: Thu, 01 Jan 1970 00:00:07 +0000\n\nx\n", moved).message.time, moved)
      << "a clock without a battery";
  EXPECT_EQ(decode("Subject: no date\n\nx\n", moved).message.time, moved);
}

TEST(DecodeMail, WithoutMessageIdTheHashIsTheKey) {
  const std::string mail = "Subject: x\n\nbody\n";
  EXPECT_EQ(decode(mail).message.key, "sha256-" + sha256_hex(mail));
  EXPECT_EQ(decode("").message.key, "sha256-" + sha256_hex(""));
}

TEST(DecodeMail, PartsThatStayedOnTheServerAreListed) {
  const std::string mail =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhi\n"
      "--b\nContent-Type: video/mp4\nContent-Disposition: attachment; filename=film.mp4\nX-Helpdesk-Listed: "
      "20000000\n\n\n--b--\n";
  const DecodedMessage ours = decode(mail, {}, R"({"listed":true})");
  ASSERT_EQ(ours.message.attachments.size(), 1U);
  EXPECT_EQ(ours.message.attachments[0].state, model::AttachmentState::listed);
  EXPECT_EQ(ours.message.attachments[0].size, 20'000'000U);
  // From outside such a header means nothing.
  const DecodedMessage foreign = decode(mail);
  EXPECT_EQ(foreign.message.attachments.at(0).state, model::AttachmentState::stored);
  EXPECT_EQ(foreign.message.attachments[0].size, 0U);
}
