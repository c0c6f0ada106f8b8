#include "backend/mbox/split.hpp"
#include "base/text.hpp"
#include "unit/backend/mailbox_support.hpp"

#include <cstring>

#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::test;
using helpdesk::backend::mbox::Span;

namespace {

std::vector<Span> split_text(std::string_view text) {
  const backend::mbox::ReadAt read = [text](std::uint64_t offset, char* buffer,
                                            std::size_t size) -> Result<std::size_t> {
    const std::size_t n =
        std::min<std::size_t>(size, text.size() - std::min<std::size_t>(offset, text.size()));
    std::copy_n(text.data() + offset, n, buffer);
    return n;
  };
  auto spans = backend::mbox::split(read, 0, text.size());
  EXPECT_TRUE(spans);
  return *spans;
}

std::string in_mbox(int n) {
  return "From anna@example.com Mon Jan  5 09:00:00 2026\n" + sample_mail(n) + "\n";
}

std::vector<std::string> subjects(const MemorySink& sink) {
  std::vector<std::string> all;
  for (const auto& [key, record] : sink.records) all.push_back(mime::parse_headers(record.bytes).subject);
  std::sort(all.begin(), all.end());
  return all;
}

} // namespace

TEST(Mbox, SeparatorsAreToldFromProse) {
  const std::string text =
      in_mbox(1) +
      "From bob@example.com Mon Jan  5 10:00:00 2026\nSubject: two\n\n"
      "From 10:30 on we are closed.\n\nFrom 10:30 on we are closed.\nnot: here either\nFrom here too\n\n" +
      in_mbox(3);
  const std::vector<Span> spans = split_text(text);
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0].begin, 0U);
  EXPECT_EQ(spans[0].time, instant_of_seconds(1'767'603'600));
  EXPECT_EQ(spans.back().end, text.size());
}

TEST(Mbox, ContentLengthProtectsUnquotedBodies) {
  const std::string body =
      "text\n\nFrom evil@example.com Mon Jan  5 10:00:00 2026\nSubject: inside\n\nmore\n";
  const std::string text =
      "From a@b Mon Jan  5 10:00:00 2026\nSubject: outer\nContent-Length: " + std::to_string(body.size()) +
      "\n\n" + body + "\n" + in_mbox(2);
  EXPECT_EQ(split_text(text).size(), 2U);
  // A length that lies is not believed.
  EXPECT_EQ(
      split_text("From a@b Mon Jan  5 10:00:00 2026\nContent-Length: 7\n\nlonger than that\n\n" + in_mbox(2))
          .size(),
      2U);
  EXPECT_EQ(split_text("From a@b Mon Jan  5 10:00:00 2026\nContent-Length: 99999999999999999999\n\nx\n\n" +
                       in_mbox(2))
                .size(),
            2U);
}

TEST(Mbox, UnpackRestoresWhatWasWritten) {
  const auto mail = backend::mbox::unpack(
      "Subject: x\nStatus: RO\nX-Status: A\nContent-Length: 5\n\n>From me\n>>From you\nno >From\n\n");
  EXPECT_EQ(mail.bytes, "Subject: x\n\nFrom me\n>From you\nno >From\n");
  EXPECT_EQ(mail.labels, (std::vector<std::string>{"\\Answered", "\\Seen"}));
  EXPECT_EQ(backend::mbox::unpack("").bytes, "");
  EXPECT_EQ(backend::mbox::unpack(">From x").bytes, ">From x") << "headers are not quoted";
}

TEST(Mbox, LineEndsOfEitherKind) {
  std::string text;
  for (const char c : in_mbox(1) + in_mbox(2)) {
    if (c == '\n') text += '\r';
    text += c;
  }
  const std::vector<Span> spans = split_text(text);
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_TRUE(
      backend::mbox::unpack(std::string_view(text).substr(spans[0].mail, spans[0].end - spans[0].mail))
          .bytes.ends_with("Hello 1\r\n"));
}

TEST(Mbox, GrowsAndIsWrittenAnew) {
  TemporaryDirectory dir;
  const auto file = dir.path() / "inbox";
  std::string text;
  for (int i = 0; i < 1300; ++i) text += in_mbox(i);
  write(file, text);
  MemorySink sink;
  ASSERT_TRUE(pull("mbox", file, sink));
  EXPECT_EQ(sink.records.size(), 1300U);
  EXPECT_NE(sink.records[sink.order.front()].bytes.find("question 1299"), std::string::npos);
  const int pages = sink.pages;
  ASSERT_TRUE(pull("mbox", file, sink));
  EXPECT_EQ(sink.pages, pages);
  // Grown by one and a half: the half is read, and read again when it is whole.
  const std::string last = in_mbox(5001);
  write(file, text + in_mbox(5000) + last.substr(0, last.size() - 8));
  ASSERT_TRUE(pull("mbox", file, sink));
  EXPECT_EQ(sink.order.size(), 1302U);
  write(file, text + in_mbox(5000) + last);
  ASSERT_TRUE(pull("mbox", file, sink));
  EXPECT_EQ(sink.places.size(), 1302U);
  const auto& whole = sink.places.at({"inbox", std::to_string(text.size() + in_mbox(5000).size())});
  EXPECT_TRUE(sink.records.at(whole.record).bytes.ends_with("Hello 5001\n"));
  // Another program removed the first message: nothing of it is placed any more, nothing is fetched twice.
  const std::size_t fetched = sink.order.size();
  write(file, text.substr(in_mbox(0).size()) + in_mbox(5000) + last);
  ASSERT_TRUE(pull("mbox", file, sink));
  EXPECT_EQ(sink.places.size(), 1301U);
  EXPECT_EQ(sink.order.size(), fetched);
}

TEST(Mbox, InterruptedPullGoesOn) {
  TemporaryDirectory dir;
  std::string text;
  for (int i = 0; i < 1600; ++i) text += in_mbox(i);
  write(dir.path() / "box", text);
  MemorySink undisturbed;
  ASSERT_TRUE(pull("mbox", dir.path() / "box", undisturbed));
  for (int stop = 0; stop < undisturbed.pages; ++stop) {
    MemorySink sink;
    sink.stop_after = stop;
    ASSERT_FALSE(pull("mbox", dir.path() / "box", sink));
    sink.stop_after = -1;
    ASSERT_TRUE(pull("mbox", dir.path() / "box", sink));
    EXPECT_EQ(sink.placed(), undisturbed.placed());
    EXPECT_EQ(sink.order.size(), 1600U);
    EXPECT_EQ(sink.cursors, undisturbed.cursors);
  }
}

TEST(Mbox, DirectoryOfBoxes) {
  TemporaryDirectory dir;
  write(dir.path() / "Inbox", in_mbox(1));
  write(dir.path() / "Sent.mbox", in_mbox(2));
  write(dir.path() / "notes.txt", "no mail\n");
  MemorySink sink;
  ASSERT_TRUE(pull("mbox", dir.path(), sink));
  EXPECT_EQ(subjects(sink), (std::vector<std::string>{"question 1", "question 2"}));
  EXPECT_EQ(sink.places.at({"Sent.mbox", "0"}).role, "sent");
  EXPECT_EQ(sink.places.at({"Inbox", "0"}).role, "inbox");
}

TEST(Mbox, FilesOverFourGigabytes) {
  // A made-up file: one message, 4.5 GiB of nothing, another message at its 64-bit offset.
  constexpr std::uint64_t k_far = 9ULL << 29;
  const std::string head = in_mbox(1), tail = "\n\n" + in_mbox(2);
  const backend::mbox::ReadAt read = [&](std::uint64_t offset, char* buffer,
                                         std::size_t size) -> Result<std::size_t> {
    std::memset(buffer, 'x', size);
    const auto place = [&](std::uint64_t at, const std::string& bytes) {
      for (std::size_t i = 0; i < bytes.size(); ++i)
        if (at + i >= offset && at + i < offset + size) buffer[at + i - offset] = bytes[i];
    };
    place(0, head);
    place(k_far, tail);
    return size;
  };
  const auto spans = backend::mbox::split(read, 0, k_far + tail.size());
  ASSERT_TRUE(spans);
  ASSERT_EQ(spans->size(), 2U);
  EXPECT_EQ((*spans)[1].begin, k_far + 2);
  EXPECT_EQ((*spans)[1].end, k_far + tail.size());
}
