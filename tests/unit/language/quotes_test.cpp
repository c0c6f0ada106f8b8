#include "base/text.hpp"
#include "language/quotes.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

std::string reply(std::string_view text) { return strip_quotes(text).reply; }

TEST(StripQuotes, introductions_in_many_languages) {
  const char* const intros[] = {
      "On Mon, 1 Feb 2016 at 10:00, Ann Olsen <ann@shop.example> wrote:",
      "On Mon, 1 Feb 2016 at 10:00, Ann Olsen <\nann@shop.example> wrote:",
      "On Feb 1, 2016,\nat 10:18,\nAnn Olsen <ann@shop.example> wrote:",
      "At 6/16/2016 08:32 PM, you wrote:",
      "Ann Olsen wrote on 3/5/20 10:00 AM:",
      "Le lun. 1 févr. 2016 à 10:00, Ann Olsen <ann@shop.example> a écrit :",
      "Le 1 févr. 2016 19:03, \"Ann Olsen\"\n<ann@shop.example>\na écrit :",
      "Am Mo., 1. Feb. 2016 um 10:00 Uhr schrieb Ann Olsen <ann@shop.example>:",
      "Am 01.02.2016 um 10:00 schrieb Ann Olsen:",
      "Ann Olsen <ann@shop.example> schrieb am Mo., 1. Feb. 2016\num 12:52 Uhr:",
      "El lun., 1 feb. 2016 a las 10:00, Ann Olsen (<ann@shop.example>) escribió:",
      "El jueves, 21 de noviembre de 2013, Ann Olsen escribió:",
      "Den man. 1. feb. 2016 kl. 10.00 skrev Ann Olsen <ann@shop.example>:",
      "man. 1. feb. 2016 kl. 10:00 skrev Ann Olsen <ann@shop.example>:",
      "Den mån 1 feb. 2016 kl 10:00 skrev Ann Olsen <ann@shop.example>:",
      "Den 1. februar 2016 skrev Ann Olsen <ann@shop.example\n>:",
      "Op ma 1 feb. 2016 om 10:00 schreef Ann Olsen <ann@shop.example>:",
      "Op 1 feb. 2016 om 05:28 heeft Ann Olsen <ann@shop.example> het volgende geschreven:",
      "Il giorno lun 1 feb 2016 alle ore 10:00 Ann Olsen <ann@shop.example> ha scritto:",
      "Em seg., 1 de fev. de 2016 às 10:00, Ann Olsen <ann@shop.example> escreveu:",
      "pon., 1 lut 2016 o 10:00 Ann Olsen <ann@shop.example> napisał(a):",
      "W dniu 2016-02-01 10:00, Ann Olsen pisze:",
      "Dnia 1 lutego 2016 10:00 Ann Olsen <ann@shop.example> napisał(a):",
      "po 1. 2. 2016 v 10:00 odesílatel Ann Olsen <ann@shop.example> napsal:",
      "пн, 1 февр. 2016 г. в 10:00, Ann Olsen <ann@shop.example>:",
      "понедельник, 1 февраля 2016 г. пользователь Ann Olsen написал:",
      "01.02.2016 10:00, Ann Olsen пишет:",
      "Понедельник, 1 февраля 2016, 10:00 +03:00 от Ann Olsen <ann@shop.example>:",
      "пн, 1 лют. 2016 р. о 10:00 Ann Olsen <ann@shop.example> пише:",
      "ma 1. helmik. 2016 klo 10.00 Ann Olsen (ann@shop.example) kirjoitti:",
      "Ann Olsen <ann@shop.example>, 1 Şub 2016 Pzt, 10:00 tarihinde şunu yazdı:",
      "2016年2月1日(月) 10:00 Ann Olsen <ann@shop.example>:",
      "在 2016年2月1日，上午10:00，Ann Olsen <ann@shop.example> 写道：",
      "2016년 2월 1일 (월) 오전 10:00, Ann Olsen <ann@shop.example>님이 작성:",
      "La 1-an de februaro 2016 Ann Olsen <ann@shop.example> skribis:",
      "2016-02-01 10:00 GMT+01:00 Ann Olsen <ann@shop.example>:",
      "---- On Mon, 01 Feb 2016 10:00:36 +0530 Ann Olsen <ann@shop.example> wrote ----",
      "-----Original Message-----\nFrom: Ann Olsen\nSent: Monday, February 1, 2016 10:00 AM\nTo: "
      "Bo\nSubject: x",
      "________________________________\nFrom: Ann Olsen <ann@shop.example>\nSent: Monday, February 1, 2016 "
      "10:00\nTo: Bo\nSubject: x",
      "-----Ursprüngliche Nachricht-----\nVon: Ann Olsen\nGesendet: Montag, 1. Februar 2016 10:00\nAn: "
      "Bo\nBetreff: x",
      "Von: Ann Olsen <ann@shop.example>\nGesendet: Montag, 1. Februar 2016 10:00\nAn: Bo\nBetreff: x",
      "De : Ann Olsen <ann@shop.example>\nEnvoyé : lundi 1 février 2016 10:00\nÀ : Bo\nObjet : x",
      "Fra: Ann Olsen <ann@shop.example>\nSendt: mandag 1. februar 2016 10:00\nTil: Bo\nEmne: x",
      "Från: Ann Olsen\nSkickat: den 1 februari 2016 10:00\nTill: Bo\nÄmne: x",
      "De: Ann Olsen\nEnviado el: lunes, 1 de febrero de 2016 10:00\nPara: Bo\nAsunto: x",
      "Da: Ann Olsen\nInviato: lunedì 1 febbraio 2016 10:00\nA: Bo\nOggetto: x",
      "Van: Ann Olsen\nVerzonden: maandag 1 februari 2016 10:00\nAan: Bo\nOnderwerp: x",
      "Od: Ann Olsen\nWysłano: 1 lutego 2016 10:00\nDo: Bo\nTemat: x",
      "От: Ann Olsen\nОтправлено: 1 февраля 2016 г. 10:00\nКому: Bo\nТема: x",
      "发件人: Ann Olsen\n发送时间: 2016年2月1日 10:00\n收件人: Bo\n主题: x",
      "差出人: Ann Olsen\n送信日時: 2016年2月1日 10:00\n宛先: Bo\n件名: x",
      "*From:* Ann Olsen\n*Sent:* 2016-02-01\n*To:* Bo\n*Subject:* x",
      "---------- Forwarded message ---------\nFrom: Ann Olsen <ann@shop.example>\nDate: Mon, 1 Feb "
      "2016\nSubject: x\nTo: <bo@b.example>",
      "##- Please type your reply above this line -##",
  };
  for (const char* intro : intros) {
    for (const char* quote : {"> Is it blue?\n> Or green?\n", "Is it blue?\n\nOr green?\n"}) {
      const std::string text = std::string("It is blue, and that is fine.\n\n") + intro + "\n\n" + quote;
      EXPECT_EQ(reply(text), "It is blue, and that is fine.") << text;
      EXPECT_TRUE(strip_quotes(text).had_quote);
    }
    const std::string above = std::string("It is blue, and that is fine.\n") + intro + "\n> Is it blue?\n";
    EXPECT_EQ(reply(above), "It is blue, and that is fine.") << above;
  }
}

TEST(StripQuotes, answers_between_and_below) {
  EXPECT_EQ(reply("On 1 Feb 2016, A <a@b.example> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n"),
            "> One?\n\nYes.\n\n> Two?\n\nNo.");
  EXPECT_EQ(reply("On 1 Feb 2016, A <a@b.example> wrote:\n> One?\n\nYes.\n"), "Yes.");
  EXPECT_EQ(reply("Hi,\nOn 1 Feb 2016, A <a@b.example> wrote:\n> Which order?\n\nNumber twelve.\n"),
            "Hi,\n> Which order?\n\nNumber twelve.");
  EXPECT_EQ(reply("Thanks for the quick answer.\n\nOn 1 Feb 2016, A <a@b.example> wrote:\n> Send the "
                  "number\n\nIt is 12345\n"),
            "Thanks for the quick answer.\n\n> Send the number\n\nIt is 12345");
  EXPECT_EQ(reply("> Which one?\n\nThe blue one.\n"), "> Which one?\n\nThe blue one.");
  EXPECT_EQ(reply("The blue one.\n\n> Which one?\n"), "The blue one.");
  EXPECT_EQ(reply("> Only a quote\n"), "");
  EXPECT_EQ(reply("Mine.\n\nOn 1 Feb 2016, A <a@b.example> wrote:\n> This long line was wrapped by the "
                  "program that sent it after the\n"
                  "marks were set.\n> More.\n"),
            "Mine.");
  EXPECT_EQ(reply("> Colour?\nBlue.\n> Size?\nLarge.\n"), "> Colour?\nBlue.\n> Size?\nLarge.");
}

TEST(StripQuotes, forwarded_with_nothing_added_keeps_the_text) {
  EXPECT_EQ(reply("---------- Forwarded message ----------\nFrom: A <a@b.example>\nDate: Thu, Jan 28, "
                  "2016\nSubject: long\nsubject\nTo: c\n\n\nThe text.\n"),
            "The text.");
}

TEST(StripQuotes, signatures) {
  const Stripped s =
      strip_quotes("It works.\n\nBest regards,\nAnn\n\n-- \nAnn Olsen\nShop AS\n+47 22 00 00 00\n");
  EXPECT_EQ(s.reply, "It works.\n\nBest regards,\nAnn");
  EXPECT_TRUE(s.had_signature);
  EXPECT_EQ(reply("Text.\n--\nrick"), "Text.");
  EXPECT_EQ(reply("Thanks\n\n—————\nSarah\nManager\nsarah@b.example\n"), "Thanks");
  EXPECT_EQ(reply("Text.\n\n__\nlist mailing list\nlist@b.example\nhttp://b.example"), "Text.");
  for (const char* device :
       {"Sent from my iPhone", "Envoyé depuis mon iPhone", "Von meinem iPhone gesendet",
        "Sendt fra min iPhone", "Skickat från min iPhone", "Enviado desde mi iPhone", "Inviato da iPhone",
        "Verzonden vanaf mijn iPhone", "Wysłane z iPhone'a", "Отправлено с iPhone", "從我的 iPhone 傳送",
        "iPhoneから送信", "Lähetetty iPhonesta", "Get Outlook for iOS<https://aka.ms/o0ukef>"}) {
    const Stripped d =
        strip_quotes(std::string("Fine.\n\n") + device + "\n\nOn 1 Feb 2016, A <a@b.example> wrote:\n> x\n");
    EXPECT_EQ(d.reply, "Fine.") << device;
    EXPECT_TRUE(d.had_signature) << device;
  }
  EXPECT_EQ(reply("Fine.\n\nThis e-mail and any attachments may be confidential. If you are not "
                  "the\nintended recipient, delete it.\n"),
            "Fine.");
}

TEST(StripQuotes, what_only_looks_like_a_quote_stays) {
  for (const char* text : {
           "On the surface, this looks like a quote.\n\nOn average, it works well.",
           "I wrote on 12.03.2024 the following:\n\nWhere is it?",
           "On 3 May 2024 at 10:30 I wrote to you:\n\nno answer came.",
           "Here are times:\n\n2024-01-15 14:30:25\n15.01.2024 14:30\n\nThat is all.",
           "The data comes From: our database, not From: others.\n\nText.",
           "I need to travel.\nFrom: Oslo\nTo: Bergen\nDate: 3 May\nThanks",
           "Sent from my desk, which is easier.\n\nMore text here.",
           "Reasons:\n-- first\n-- second\n\nThanks!",
           "Service Date\n-------------\nshop.example Jun 27, 2018\n\nAll dates are fine.",
           "| a | b |\n| 1 | 2 |",
           "This was sent from our system, not Sent from my iPad.\n\nBye",
           "With regards to the invoice, it is wrong.",
       })
    EXPECT_EQ(reply(text), text);
}

TEST(StripQuotes, line_ends_and_strange_bytes) {
  EXPECT_EQ(reply("a\r\nb\r\n\r\nOn 1 Feb 2016, A <a@b.example> wrote:\r\n> c\r\n"), "a\nb");
  EXPECT_EQ(reply("a\rb"), "a\nb");
  EXPECT_EQ(reply(""), "");
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  strip_quotes(all);
}

TEST(StripQuotes, every_line_lands_somewhere) {
  const Stripped s = strip_quotes("Mine.\n\nOn 1 Feb 2016, A <a@b.example> wrote:\n> theirs\n");
  EXPECT_EQ(s.reply, "Mine.");
  EXPECT_EQ(s.rest, "On 1 Feb 2016, A <a@b.example> wrote:\n> theirs");
}

TEST(StripQuotes, linear_time) {
  const auto repeat = [](std::string_view s, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += s;
    return out;
  };
  for (const char* unit : {"a",
                           "> ",
                           ">",
                           "x\n",
                           "---\n",
                           "___\n",
                           "--\n",
                           "-- \nx\n",
                           "On 1/1/2011 a@b.c wrote:\n> x\n",
                           "On 1/1/2011 a@b.c wrote:\n",
                           "From: a\n",
                           "From: a@b.c\nTo: b\nSubject: c\n",
                           "wrote:\n",
                           "x:\n",
                           "x\n\n\n\n",
                           "this email and any attachments?\n\n",
                           "Sent from my iPhone\n\nx\n",
                           "wrote ",
                           ": ",
                           "@",
                           "a@",
                           "1:",
                           "> x\ny\n",
                           "On 1/1/2011 a@b.c wrote:\n> x\ny\n",
                           "\xC2\xA0",
                           "*",
                           "| ",
                           "-----Original Message-----\n"})
    strip_quotes(repeat(unit, 200'000)); // what is not linear here runs into the time-out of the test
}

// The pairs of a much used library, when the shared data is there.
TEST(StripQuotes, pairs_of_a_known_library) {
  namespace fs = std::filesystem;
  const char* shared = std::getenv("HELPDESK_SHARED");
  const fs::path root = shared ? fs::path(shared) : fs::path(HELPDESK_SOURCE_DIR) / ".." / "shared";
  const fs::path data = root / "data" / "reply-trimmer";
  if (!fs::exists(data / "emails")) GTEST_SKIP() << "the reply-trimmer pairs are not here";
  const auto read = [](const fs::path& p) {
    std::ifstream in(p, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  int total = 0, exact = 0;
  for (const auto& entry : fs::directory_iterator(data / "emails")) {
    if (entry.path().extension() != ".txt") continue;
    ++total;
    const std::string want(trim(read(data / "trimmed" / entry.path().filename())));
    if (reply(read(entry.path())) == want)
      ++exact;
    else
      ADD_FAILURE() << entry.path().filename();
  }
  EXPECT_GE(exact, 36) << "of " << total;
  EXPECT_GT(total, 0);
}

TEST(WithoutQuotedLines, drops_them) { EXPECT_EQ(without_quoted_lines("> a\n\nb\n>> c\nd"), "b\nd"); }

} // namespace
} // namespace helpdesk
