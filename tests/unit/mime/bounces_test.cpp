// The real bounces, reports and vacation mails of the shared data: none of them was written by a human.
#include "base/text.hpp"
#include "mime/mail.hpp"
#include "unit/mime/support.hpp"

#include <vector>

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::mime;

namespace {

// By the headers alone, as RFC 3834 says; what sync decides with more knowledge starts from the same facts.
bool headers_say_automatic(const Mail& mail) {
  const std::string submitted = ascii_lower(mail.header("auto-submitted"));
  if (!submitted.empty() && submitted != "no") return true;
  return trim(mail.header("return-path")) == "<>" || !mail.header("x-autoreply").empty() ||
         !mail.header("x-autorespond").empty() || starts_with_ignoring_case(mail.subject, "auto");
}

bool is_automatic(const Mail& mail) {
  return mail.bounce || mail.is_feedback_report || mail.is_disposition_notification ||
         headers_say_automatic(mail);
}

} // namespace

TEST(Bounces, RealOnesAreNotHuman) {
  const auto data = test::shared_data("bounces-61");
  if (!data) GTEST_SKIP() << "shared data bounces-61 is not there";
  int files = 0, automatic = 0, bounces = 0, with_recipient = 0, with_reason = 0, with_id = 0, permanent = 0;
  for (const char* folder : {"bsd", "dos", "mac"})
    for (const auto& entry : std::filesystem::directory_iterator(*data / folder)) {
      const auto mail = parse_mail(test::slurp(entry.path()));
      ASSERT_TRUE(mail) << mail.error().message;
      ++files;
      automatic += is_automatic(*mail);
      EXPECT_TRUE(is_automatic(*mail)) << entry.path();
      EXPECT_FALSE(mail->capped);
      if (std::getenv("HELPDESK_SHOW"))
        printf("%s|%d %d|%s|%s|%s|%s\n", entry.path().filename().c_str(),
               mail->bounce ? 1 + mail->bounce->permanent + 10 * mail->bounce->delayed : 0,
               mail->is_feedback_report, mail->bounce ? mail->bounce->recipient.c_str() : "",
               mail->bounce ? mail->bounce->status.c_str() : "",
               mail->bounce ? mail->bounce->reason.substr(0, 80).c_str() : "",
               mail->bounce ? mail->bounce->original_message_id.c_str() : "");
      if (!mail->bounce) continue;
      ++bounces;
      with_recipient += !mail->bounce->recipient.empty();
      with_reason += !mail->bounce->reason.empty();
      with_id += !mail->bounce->original_message_id.empty();
      permanent += mail->bounce->permanent;
    }
  EXPECT_EQ(files, 58);
  EXPECT_GE(automatic, 57);
  EXPECT_GE(bounces, 49);
  EXPECT_GE(with_recipient, 48);
  EXPECT_GE(with_reason, 48);
  EXPECT_GE(with_id, 44);
  EXPECT_GE(permanent, 35);
}
