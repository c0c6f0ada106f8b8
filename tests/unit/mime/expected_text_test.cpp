// The mails of a much used library's own tests, against what we read in them ourselves
// (data/mime-cpython.expected).
#include "base/text.hpp"
#include "mime/mail.hpp"
#include "unit/mime/support.hpp"

#include <map>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace helpdesk;
using namespace helpdesk::mime;

namespace {

using Facts = std::multimap<std::string, std::string>;

std::map<std::string, Facts> expected_facts() {
  std::map<std::string, Facts> all;
  Facts* current = nullptr;
  std::ifstream in(std::string(HELPDESK_SOURCE_DIR) + "/tests/unit/mime/data/mime-cpython.expected");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("== ")) {
      current = &all[line.substr(3)];
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (current && colon != std::string::npos)
      current->emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  return all;
}

std::string one(const Facts& facts, const std::string& key) {
  const auto it = facts.find(key);
  return it == facts.end() ? "" : it->second;
}

std::string shown(const std::vector<model::Contact>& contacts) {
  std::string text;
  for (const model::Contact& c : contacts)
    text +=
        (text.empty() ? "" : ", ") + (c.name.empty() ? c.address : fmt::format("{} <{}>", c.name, c.address));
  return text;
}

// What a person would read: the text, else the HTML without its tags.
std::string readable(const Mail& mail) {
  if (!mail.text.empty() || mail.html.empty()) return collapse_spaces(mail.text);
  std::string text;
  bool in_tag = false;
  for (const char c : mail.html) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>') {
      in_tag = false;
      text += ' ';
    }
  }
  return collapse_spaces(text);
}

std::vector<std::string> differences(const Facts& want, const Mail& mail, bool sizes) {
  std::vector<std::string> found;
  const auto same = [&](std::string_view what, const std::string& expected, const std::string& is) {
    if (expected != is) found.push_back(fmt::format("{}: \"{}\" != \"{}\"", what, expected, is));
  };
  same("subject", one(want, "subject"), collapse_spaces(mail.subject));
  same("from", one(want, "from"), shown(mail.from));
  same("to", one(want, "to"), shown(mail.to));
  same("cc", one(want, "cc"), shown(mail.cc));
  same("date", one(want, "date"), mail.date ? format_rfc3339(*mail.date, Zone::utc()) : "");
  const std::string text = readable(mail), begins = one(want, "text");
  const auto [first, last] = want.equal_range("has");
  if (!text.starts_with(begins) || (begins.empty() && first == last && !text.empty()))
    same("text", begins, text.substr(0, 200));
  for (auto it = first; it != last; ++it)
    if (text.find(it->second) == std::string::npos)
      found.push_back(fmt::format("not in the text: \"{}\" ({})", it->second, text.substr(0, 200)));
  if (const std::string bounce = one(want, "bounce"); !bounce.empty())
    same("bounce", bounce,
         !mail.bounce
             ? ""
             : mail.bounce->recipient + (bounce.find(' ') == bounce.npos ? "" : " " + mail.bounce->status));
  if (want.contains("files")) return found;
  std::vector<std::string> files, is;
  for (auto [it, end] = want.equal_range("file"); it != end; ++it) files.push_back(it->second);
  for (std::size_t i = 0; i < mail.parts.size(); ++i) {
    const Part& part = mail.parts[i];
    // A file without a name of its own may be given one.
    const bool named = i < files.size() && std::count(files[i].begin(), files[i].end(), ' ') == 2;
    is.push_back(fmt::format("{} {}{}", part.info.type, part.info.size, named ? " " + part.info.name : ""));
  }
  const auto without_sizes = [](std::vector<std::string>& list) {
    for (std::string& file : list) {
      const std::size_t size = file.find(' ') + 1;
      file.erase(size, file.find_first_not_of("0123456789", size) - size);
    }
  };
  if (!sizes) {
    without_sizes(files);
    without_sizes(is);
  }
  same("files", join(files, "; "), join(is, "; "));
  return found;
}

} // namespace

TEST(ExpectedText, MailsOfALibrarysTests) {
  const auto data = test::shared_data("mime-cpython");
  if (!data) GTEST_SKIP() << "shared data mime-cpython is not there";
  const auto expected = expected_facts();
  EXPECT_EQ(expected.size(), 47U);
  for (const auto& [name, facts] : expected) {
    const std::string raw = test::slurp(*data / name);
    ASSERT_FALSE(raw.empty()) << name;
    for (const bool crlf : {false, true}) {
      const auto mail = parse_mail(crlf ? test::with_crlf(raw) : raw);
      ASSERT_TRUE(mail) << name << ": " << mail.error().message;
      EXPECT_FALSE(mail->capped) << name;
      for (const std::string& difference : differences(facts, *mail, !crlf))
        ADD_FAILURE() << name << (crlf ? " with CRLF: " : ": ") << difference;
    }
  }
}
