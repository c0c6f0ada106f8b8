#include "reply/checklist.hpp"
#include "reply/letter.hpp"

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

const std::vector<std::string> k_questions = {"When can you send another one?",
                                              "And how much does shipping cost?",
                                              "Gibt es das Häuschen auch in Blau?"};
const std::string k_text = "Hi Martha,\n\nI send it tomorrow.\n";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// No word of the block is left, whatever is left of the text.
void expect_clean(const std::string& left) {
  for (std::string_view rest : {"#?", "[ ]", "[x]", "another one", "shipping", "Häuschen", "customer asks"})
    EXPECT_EQ(left.find(rest), std::string::npos) << rest << " in:\n" << left;
}

TEST(Checklist, comes_out_as_it_went_in) {
  std::string edited = with_checklist(k_questions, k_text);
  EXPECT_TRUE(edited.starts_with("#? The customer asks"));
  EXPECT_NE(edited.find("\n#? [ ] When can you send another one?\n"), std::string::npos);
  EXPECT_EQ(without_checklist(edited, k_questions), k_text);
}

TEST(Checklist, is_not_there_when_nothing_is_asked) {
  EXPECT_EQ(with_checklist({}, k_text), k_text);
  EXPECT_EQ(without_checklist(k_text, {}), k_text);
  EXPECT_EQ(with_checklist({}, ""), "");
}

TEST(Checklist, an_empty_reply_stays_empty) {
  EXPECT_EQ(without_checklist(with_checklist(k_questions, ""), k_questions), "");
}

// What people and editors do to it; the text below is untouched.
TEST(Checklist, goes_when_it_was_edited_by_half) {
  const std::string whole = with_checklist(k_questions, k_text);
  const std::vector<std::string> edited = {
      replaced(whole, "[ ] When", "[x] When"),
      replaced(whole, "[ ] When", "[X]When"),
      replaced(whole, "#? [ ] When", "[ ] When"),
      replaced(whole, "#? [ ] When", "? [x] When"),
      replaced(whole, "#? [ ] When", "When"),
      replaced(whole, "#? [ ] When", "#?When"),
      replaced(whole, "#? [ ] When", "  #? [ ] When"),
      replaced(whole, "#? [ ] When", "\t#?\xC2\xA0[x] When"),
      replaced(whole, "#? The customer asks (lines that begin with #? are not sent):\n", ""),
      replaced(whole, "#? The customer asks (lines that begin with #? are not sent):\n#? [ ] ", ""),
      replaced(whole, "#? The", "The"),
      replaced(whole, "#? The customer asks (lines", "The customer asks"),
      replaced(whole, "When can you send another one?", "tomorrow"),
      replaced(whole, "#? [ ] When can you send another one?", "[x] done, see another one"),
      replaced(whole, "#? [ ] When can you send another one?", "[ ] When can you send"),
      replaced(whole, "#? [ ] When can you send another one?", "you send another one?"),
      replaced(whole, "#? [ ] When can you send another one?", "#? [ ] When can\nyou send another one?"),
      replaced(whole, "#? [ ] When can you send another one?", "#"),
      replaced(whole, "one?\n#? [ ] And", "one? #? [ ] And"),
      replaced(whole, "Blau?\n\nHi", "Blau?\nHi"),
      replaced(whole, "Blau?\n\nHi", "Blau?\n\n\n\nHi"),
      replaced(whole, "Blau?\n\nHi", "Blau?Hi"),
      replaced(whole, "\n\nHi", "\n\n#? [ ] my own note\nHi"),
      "\xEF\xBB\xBF" + whole,
      "\n\n" + whole,
  };
  for (const std::string& one : edited) {
    std::string left = without_checklist(one, k_questions);
    expect_clean(left);
    EXPECT_TRUE(left.ends_with(k_text)) << one << "\nleft:\n" << left;
    EXPECT_EQ(left.find_first_not_of('\n'), left.find("Hi")) << left;
  }
}

TEST(Checklist, goes_wherever_it_was_moved_to) {
  std::string block = with_checklist(k_questions, "");
  expect_clean(without_checklist(k_text + block, k_questions));
  EXPECT_EQ(without_checklist(k_text + block, k_questions), k_text + "\n");
  std::string between = "Hi Martha,\n#? [ ] When can you send another one?\ntomorrow.\n";
  EXPECT_EQ(without_checklist(between, k_questions), "Hi Martha,\ntomorrow.\n");
  std::string joined = "Hi Martha, #? [ ] When can you send it\nTomorrow.\n";
  EXPECT_EQ(without_checklist(joined, k_questions), "Hi Martha, \nTomorrow.\n");
  std::string ticked = "Hi Martha,\n\n[x] And how much does shipping cost?\n\nNothing.\n";
  EXPECT_EQ(without_checklist(ticked, k_questions), "Hi Martha,\n\n\nNothing.\n");
}

TEST(Checklist, goes_with_other_line_ends) {
  std::string edited;
  for (char c : with_checklist(k_questions, k_text))
    edited += c == '\n' ? std::string("\r\n") : std::string(1, c);
  expect_clean(without_checklist(edited, k_questions));
  EXPECT_TRUE(without_checklist(edited, k_questions).starts_with("Hi Martha,\r\n"));
}

TEST(Checklist, a_long_question_is_one_line_and_goes) {
  std::string asked = "Can you";
  for (int i = 0; i < 60; ++i) asked += "\n tell me more";
  std::string edited = with_checklist({asked}, k_text);
  EXPECT_EQ(std::count(edited.begin(), edited.end(), '\n'),
            3 + std::count(k_text.begin(), k_text.end(), '\n'));
  EXPECT_EQ(without_checklist(edited, {asked}), k_text);
}

TEST(Checklist, leaves_what_the_author_wrote) {
  const std::vector<std::string> texts = {
      "Hi Martha,\n\n> When can you send another one?\n\nTomorrow.\n",
      "> And how much does shipping cost?\n\nNothing.\n",
      "Hi Martha,\n\nWhen can you send another one?\nTomorrow.\n",
      "Hi,\n\n[ ] red\n[x] blue\n",
      "# Heading\n\n- one\n- two\n",
      "[ ] red\n[x] blue\n",
      "One word.\n",
      "",
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(without_checklist(text, {}), text);
    if (text.starts_with("[ ]")) continue; // in the block's place a box is the block's
    EXPECT_EQ(without_checklist(text, k_questions), text) << text;
    EXPECT_EQ(without_checklist(with_checklist(k_questions, text), k_questions), text) << text;
  }
}

// Any single character of the block deleted, doubled or broken off.
TEST(Checklist, survives_every_slip_of_one_key) {
  const std::string whole = with_checklist(k_questions, k_text);
  const std::size_t end = whole.find("\n\nHi");
  for (std::size_t at = 0; at < end; ++at) {
    if ((static_cast<unsigned char>(whole[at]) & 0x80) != 0) continue; // half a letter is no edit
    for (std::string_view put : {"", "\n", "x"}) {
      std::string edited = whole;
      edited.replace(at, put.empty() ? 1 : 0, put);
      std::string left = without_checklist(edited, k_questions);
      EXPECT_TRUE(left.ends_with(k_text)) << edited << "\nleft:\n" << left;
      EXPECT_LE(left.size(), k_text.size() + 12) << edited << "\nleft:\n" << left;
    }
  }
}

TEST(Checklist, never_leaves_with_a_mail) {
  EXPECT_EQ(unresolved_placeholder("Hi,\n#? [ ] When?\nbye"), "#? [ ] When?");
  EXPECT_EQ(unresolved_placeholder("Hi, what is #? here?"), "");
}

} // namespace
} // namespace helpdesk::reply
