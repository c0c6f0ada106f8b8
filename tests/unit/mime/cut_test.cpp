#include "mime/cut.hpp"
#include "mime/mail.hpp"

#include <random>

#include <gtest/gtest.h>

namespace helpdesk::mime {
namespace {

std::string mail_with(std::string_view big, std::string_view eol = "\r\n") {
  std::string text =
      "From: a@example.org\nSubject: papers\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b "
      "1\"\n\npreamble\n"
      "--b 1\nContent-Type: text/plain\n\nHere they are.\n--b 1\nContent-Type: application/pdf; "
      "name=\"a.pdf\"\n"
      "Content-Disposition: attachment; filename=\"a.pdf\"\nContent-Transfer-Encoding: base64\n\n" +
      std::string(big) + "\n--b 1\nContent-Type: image/png\n\nsmall\n--b 1--\nepilogue\n";
  if (eol == "\n") return text;
  std::string crlf;
  for (char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  return crlf;
}

TEST(Cut, TheBigAttachmentGoesAndTheRestStays) {
  for (const char* eol : {"\r\n", "\n"}) {
    std::string raw = mail_with(std::string(4000, 'A'), eol);
    CutMail cut = cut_big_parts(raw, 1000);
    EXPECT_EQ(cut.parts, 1U);
    EXPECT_EQ(cut.freed, raw.size() - cut.bytes.size());
    auto before = parse_mail(raw), after = parse_mail(cut.bytes);
    if (!before || !after) GTEST_SKIP() << "GMime is not installed";
    EXPECT_EQ(after->text, before->text);
    EXPECT_EQ(after->subject, "papers");
    ASSERT_EQ(after->parts.size(), before->parts.size());
    EXPECT_EQ(after->parts[0].info.name, "a.pdf");
    EXPECT_EQ(after->parts[0].listed_size, before->parts[0].info.size) << "the size is remembered";
    EXPECT_EQ(after->parts[1].info.sha256, before->parts[1].info.sha256);
    EXPECT_EQ(cut_big_parts(cut.bytes, 1000).parts, 0U) << "a second time there is nothing to cut";
  }
}

TEST(Cut, WhatIsTextOrSealedStays) {
  std::string text(5000, 'x');
  EXPECT_EQ(cut_big_parts("Subject: x\r\nContent-Type: text/plain\r\n\r\n" + text, 100).parts, 0U);
  EXPECT_EQ(cut_big_parts("Subject: x\r\n\r\n" + text, 100).parts, 0U);
  std::string sealed = "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\nContent-Type: "
                       "application/octet-stream\r\n\r\n" +
                       text + "\r\n--b--\r\n";
  EXPECT_EQ(cut_big_parts(sealed, 100).parts, 0U);
  std::string tnef =
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/ms-tnef\r\n\r\n" +
      text + "\r\n--b--\r\n";
  EXPECT_EQ(cut_big_parts(tnef, 100).parts, 0U);
}

TEST(Cut, AHeaderFromOutsideIsNotTrusted) {
  std::string raw = mail_with(std::string(4000, 'A'));
  raw.insert(raw.find("Content-Type: image/png"), "X-Helpdesk-Listed: 999999\r\n");
  EXPECT_EQ(cut_big_parts(raw, 1000).parts, 0U);
}

TEST(Cut, NestedUnclosedAndDamagedMailsComeThrough) {
  std::string part = "Content-Type: application/zip\r\n\r\n" + std::string(3000, 'z');
  std::string unclosed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + part;
  CutMail cut = cut_big_parts(unclosed, 1000);
  EXPECT_EQ(cut.parts, 1U);
  EXPECT_NE(cut.bytes.find("X-Helpdesk-Listed: 3000"), std::string::npos);
  std::string deep = part;
  for (int i = 0; i < 200; ++i)
    deep = "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
           std::to_string(i) + "\r\n" + deep;
  EXPECT_EQ(cut_big_parts(deep, 1000).parts, 0U) << "too deep: left alone";
  std::mt19937 random(7);
  std::string raw = mail_with(std::string(3000, 'A'));
  for (int i = 0; i < 300; ++i) {
    std::string damaged = raw;
    for (int k = 0; k < 5; ++k) damaged[random() % damaged.size()] = static_cast<char>(random());
    CutMail result = cut_big_parts(damaged, 500);
    if (result.parts != 0) {
      EXPECT_EQ(result.bytes.size() + result.freed, damaged.size());
      EXPECT_LT(result.bytes.size(), damaged.size());
    }
  }
}

} // namespace
} // namespace helpdesk::mime
