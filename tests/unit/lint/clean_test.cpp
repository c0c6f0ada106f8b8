// Replies that people wrote and meant: at most one warning in five.
#include "base/file.hpp"
#include "base/text.hpp"
#include "cases.hpp"
#include "language/quotes.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_replies = 50;

std::vector<std::string> files_in(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error))
    files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Clean, PublicRepliesGetHardlyAWarning) {
  auto given = environment("HELPDESK_SHARED");
  std::string shared = given ? *given : join_path(HELPDESK_SOURCE_DIR, "../shared");
  std::vector<std::string> files;
  for (const char* part : {"data/reply-trimmer/trimmed", "data/reply-parser-inputs/crisp"})
    for (std::string& file : files_in(join_path(shared, part))) files.push_back(std::move(file));
  if (files.empty()) GTEST_SKIP() << "no public replies: set HELPDESK_SHARED";
  std::size_t replies = 0;
  int warnings = 0;
  for (const std::string& file : files) {
    auto bytes = read_file(file);
    if (!bytes || !is_valid_utf8(*bytes)) continue;
    std::string reply = strip_quotes(*bytes).reply;
    if (split(collapse_spaces(reply), ' ').size() < 3) continue;
    if (contains_ignoring_case(reply, "lorem ipsum")) continue; // filler: nobody's reply
    if (++replies > k_replies) break;
    Input input;
    input.text = reply;
    Report report = check(input);
    for (const Finding& finding : report.findings)
      if (finding.severity != Severity::suggestion) {
        ++warnings;
        std::cout << fmt::format("{}:{}: {} {}\n", file.substr(file.rfind('/') + 1), finding.line,
                                 finding.rule, finding.message);
      }
  }
  replies = std::min(replies, k_replies);
  std::cout << fmt::format("{} warnings in {} replies\n", warnings, replies);
  EXPECT_LE(warnings * 5, static_cast<int>(replies));
}

// The reply templates we ship, without their tags: in four languages nothing may be found but a suggestion.
TEST(Clean, OurOwnTemplatesGetNone) {
  int templates = 0;
  for (const std::string& file : files_in(join_path(HELPDESK_SOURCE_DIR, "examples/templates"))) {
    if (!file.ends_with(".liquid")) continue;
    auto bytes = read_file(file);
    ASSERT_TRUE(bytes.has_value()) << file;
    std::string text = *bytes;
    if (text.starts_with("+++")) text.erase(0, text.find("+++", 3) + 4);
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
      bool value = text.compare(open, 2, "{{") == 0;
      std::size_t close = text.find(value ? "}}" : "%}", open);
      ASSERT_NE(close, std::string::npos) << file;
      text.replace(open, close + 2 - open, value ? "Anna" : "");
    }
    std::string name = file.substr(0, file.size() - 7);
    Input input;
    input.text = text;
    input.language = name.substr(name.rfind('.') + 1);
    ++templates;
    for (const Finding& finding : check(input).findings)
      EXPECT_EQ(finding.severity, Severity::suggestion)
          << file << ":" << finding.line << ": " << finding.rule << " " << finding.message;
  }
  EXPECT_GT(templates, 10);
}

} // namespace
} // namespace helpdesk::lint
