// The real bounces, reports and vacation mails of the shared data, and those beside them that only look like
// it, as the desk judges them: who wrote it, and does it wait for an answer.
#include "backend/mail_record.hpp"
#include "sync/classify.hpp"
#include "unit/mime/support.hpp"

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

model::Message judged(const std::filesystem::path& file) {
  Policy policy;
  policy.account = "a";
  policy.us_addresses = {"support@desk.example"};
  const auto decoded =
      backend::decode_mail({}, backend::mail_record("a", test::slurp(file), instant_of_seconds(0)));
  EXPECT_TRUE(decoded && decoded->messages.size() == 1 && decoded->messages.front().mail) << file;
  if (!decoded || decoded->messages.empty() || !decoded->messages.front().mail) return {};
  model::Message message = decoded->messages.front().message;
  complete_mail(message, *decoded->messages.front().mail, policy, {"inbox"});
  return message;
}

TEST(Bounces, NoneWasWrittenByAHuman) {
  const auto data = test::shared_data("bounces-61");
  if (!data) GTEST_SKIP() << "shared data bounces-61 is not there";
  int files = 0, automatic = 0;
  for (const char* folder : {"bsd", "dos", "mac"})
    for (const auto& entry : std::filesystem::directory_iterator(*data / folder)) {
      const model::Message message = judged(entry.path());
      const bool machine = message.automation != model::Automation::none;
      ++files;
      automatic += machine;
      if (!machine) printf("%s: taken for a human's\n", entry.path().c_str());
      if (machine) {
        EXPECT_EQ(message.needs_reply, model::NeedsReply::no) << entry.path();
      }
    }
  EXPECT_EQ(files, 58);
  EXPECT_GE(automatic, 57);
}

TEST(Bounces, WhatOnlyLooksLikeOneIsAHumans) {
  const auto data = test::shared_data("bounces-61");
  if (!data) GTEST_SKIP() << "shared data bounces-61 is not there";
  for (const char* human : {"is-not-bounce-01.eml", "is-not-bounce-02.eml"}) {
    const model::Message message = judged(*data / "not" / human);
    EXPECT_EQ(message.automation, model::Automation::none) << human << ": " << message.needs_reply_reason;
    EXPECT_EQ(message.direction, model::Direction::in) << human;
    EXPECT_NE(message.needs_reply, model::NeedsReply::no) << human << ": " << message.needs_reply_reason;
  }
  const model::Message bounce = judged(*data / "not" / "rb-issue-368-bug.eml");
  EXPECT_NE(bounce.automation, model::Automation::none);
  EXPECT_EQ(bounce.needs_reply, model::NeedsReply::no);
}

} // namespace
} // namespace helpdesk::sync
