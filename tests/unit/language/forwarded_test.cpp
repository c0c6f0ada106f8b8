#include "language/forwarded.hpp"

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

struct Case {
  const char* name;
  const char* address;
  const char* subject;
  const char* date;
  const char* text;
};

TEST(FindForwarded, programs_and_languages) {
  for (const Case& c : std::initializer_list<Case>{
           {"Ann Olsen", "ann@b.example", "Lid broken", "Tue, Jan 01, 2019 at 12:00 PM",
            "Can you take this?\n\n---------- Forwarded message ---------\nFrom: Ann Olsen "
            "<Ann@b.example>\nDate: Tue, Jan 01, 2019 at 12:00 PM\nSubject: Lid "
            "broken\nTo: <us@c.example>\n\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Lid broken", "Monday, February 1, 2016 10:00 AM",
            "________________________________\nFrom: Ann Olsen <ann@b.example>\nSent: Monday, February 1, "
            "2016 10:00 AM\nTo: Us <us@c.example>\nSubject: Lid "
            "broken\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Lid broken", "1 February 2016 at 10:00:00 CET",
            "Begin forwarded message:\n\n> From: Ann Olsen <ann@b.example>\n> Subject: Lid broken\n> Date: 1 "
            "February 2016 at 10:00:00 CET\n> To: us@c.example\n> \n> The lid.\n"},
           {"Ann Olsen", "ann@b.example", "Lid broken", "Mon, 1 Feb 2016 10:00:00 +0100",
            "-------- Forwarded Message --------\nSubject: \tLid broken\nDate: \tMon, 1 Feb 2016 10:00:00 "
            "+0100\nFrom: \tAnn Olsen <ann@b.example>\nTo: \tus@c.example\n\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Deckel", "Montag, 1. Februar 2016 10:00",
            "Von: Ann Olsen <ann@b.example>\nGesendet: Montag, 1. Februar 2016 10:00\nAn: Wir "
            "<us@c.example>\nBetreff: Deckel\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Couvercle", "lun. 1 févr. 2016 à 10:00",
            "---------- Message transféré ---------\nDe : Ann Olsen <ann@b.example>\nDate: lun. 1 févr. 2016 "
            "à 10:00\nSubject: Couvercle\nTo: <us@c.example>\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Tapa", "lun, 1 feb 2016 a las 10:00",
            "---------- Mensaje reenviado ---------\nDe: Ann Olsen <ann@b.example>\nFecha: lun, 1 feb 2016 a "
            "las 10:00\nAsunto: Tapa\nPara: <us@c.example>\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Lokk", "mandag 1. februar 2016 10:00",
            "Fra: Ann Olsen <ann@b.example>\nSendt: mandag 1. februar 2016 10:00\nTil: Oss "
            "<us@c.example>\nEmne: Lokk\n\nThe lid.\n"},
           {"Анна Ольсен", "ann@b.example", "Крышка", "1 февраля 2016 г. 10:00",
            "-------- Пересылаемое сообщение --------\nОт: Анна Ольсен <ann@b.example>\nДата: 1 февраля 2016 "
            "г. 10:00\nТема: Крышка\nКому: us@c.example\n\nThe lid.\n"},
           {"Ann Olsen", "ann@b.example", "Lid", "Monday, February 1, 2016 10:00 AM",
            "FYI\n\nFrom: Ann Olsen [mailto:ann@b.example]\nSent: Monday, February 1, 2016 10:00 AM\nTo: "
            "Us\nSubject: Lid\n\nThe lid.\n"},
           {"Olsen, Ann", "ann@b.example", "Lid", "2016-02-01 10:00",
            "*From:* \"Olsen, Ann\" <ann@b.example>\n*Sent:* 2016-02-01 10:00\n*To:* Us\n*Subject:* "
            "Lid\n\nThe lid.\n"},
       }) {
    const auto found = find_forwarded(c.text);
    ASSERT_TRUE(found) << c.text;
    EXPECT_EQ(found->name, c.name) << c.text;
    EXPECT_EQ(found->address, c.address) << c.text;
    EXPECT_EQ(found->subject, c.subject) << c.text;
    EXPECT_EQ(found->date, c.date) << c.text;
    EXPECT_EQ(found->body, "The lid.") << c.text;
  }
}

TEST(FindForwarded, none) {
  EXPECT_FALSE(find_forwarded("Where is my order?\n\nFrom: Oslo\nTo: Bergen\n"));
  EXPECT_FALSE(find_forwarded(""));
  EXPECT_FALSE(find_forwarded("On 1 Feb 2016, A <a@b.example> wrote:\n> x\n"));
  find_forwarded(std::string(300'000, '@'));
}

} // namespace
} // namespace helpdesk
