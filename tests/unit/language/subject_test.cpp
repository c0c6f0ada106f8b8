#include "language/subject.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Subject, prefixes_go_in_any_language_and_number) {
  for (const char* subject : {"Order",          "Re: Order",          "RE: re: Order",
                              "AW: Order",      "Sv: SV: Order",      "VS: Order",
                              "Fwd: Order",     "FW: Re: Order",      "TR: Order",
                              "RV: Order",      "Odp: Order",         "Ответ: Order",
                              "Re[2]: Order",   "Re(3): Order",       "RE^4: Order",
                              "[shop] Order",   "[#123] Order",       "Re: [shop] [#123] Order",
                              "Order [#123]",   "Order (fwd)",        "WG: AW: Order",
                              "Antw: Order",    "回复: Order",        "回复：Order",
                              "  Re :Order ",   "R: Order",           "I: Order",
                              "Re:\u00A0Order", "Videresendt: Order", "(#77) Order"})
    EXPECT_EQ(normalise_subject(subject), "Order") << subject;
}

TEST(Subject, words_that_look_alike_stay) {
  for (const char* subject :
       {"Regarding: order", "Invoice: 12", "Question: r: what?", "[urgent]", "На: склад", "i: lower case",
        "Re order", "http://example.org", "12:30 meeting", "Resume: Ann"})
    EXPECT_EQ(normalise_subject(subject), subject);
}

TEST(Subject, key_folds) {
  EXPECT_EQ(subject_key("Re: Blåbær  ÉTÉ!"), subject_key("blåbær été"));
  EXPECT_NE(subject_key("Order 1"), subject_key("Order 2"));
  EXPECT_EQ(subject_key("Re: Fwd: "), "");
}

TEST(Subject, kinds) {
  EXPECT_TRUE(is_reply_subject("Re: x"));
  EXPECT_TRUE(is_reply_subject("Fwd: Re: x"));
  EXPECT_FALSE(is_reply_subject("Fwd: x"));
  EXPECT_FALSE(is_reply_subject("x"));
  EXPECT_TRUE(is_forward_subject("[shop] Fwd: x"));
  EXPECT_TRUE(is_forward_subject("x (fwd)"));
  EXPECT_FALSE(is_forward_subject("Re: Fwd: x"));
}

TEST(Subject, tokens) {
  EXPECT_THAT(find_ticket_tokens("Re: [#123] Order (#45) [Ticket #6] [#123]"), ElementsAre("123", "45", "6"));
  EXPECT_THAT(find_ticket_tokens("Order #123, [#12a], (#), # 5], [#1234567890123456789]"), IsEmpty());
}

TEST(Subject, hostile) {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "Re: ";
  EXPECT_LT(normalise_subject(many).size(), 2001U);
  normalise_subject(std::string(100'000, '['));
  find_ticket_tokens(std::string(100'000, '#'));
  normalise_subject("\xFF\xFE: \x80");
}

} // namespace
} // namespace helpdesk
