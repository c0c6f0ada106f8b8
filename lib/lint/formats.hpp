// Findings as text, lines, JSON, SARIF 2.1.0, GitHub annotations and JUnit.
#pragma once

#include "json/json.hpp"
#include "lint/lint.hpp"

#include <span>
#include <string>
#include <string_view>

namespace helpdesk::lint {

// One reply or template and what was found in it. name: a path below the project, "draft d1234abcd", "-".
struct Linted {
  std::string name;
  std::string text;
  Report report;
};

// For people: the place, the line with the words underlined, the suggestion; a line that counts at the end.
std::string as_text(std::span<const Linted> all);
// "reply.txt:3:1: warning: … [HD013 promise-without-date]", one line a finding; behind it, where it came from
// a template, " from refund.en.liquid:3:7".
std::string as_lines(std::span<const Linted> all);
// An array with one object for each; offsets are bytes, columns code points, both of the reply.
json::Value as_json(std::span<const Linted> all);
// SARIF 2.1.0: stable rule ids, partial fingerprints; columns count code points. A finding that came from a
// template lies there, the others in the named file.
std::string as_sarif(std::span<const Linted> all);
// "::error file=…,line=…,col=…::…": workflow commands.
std::string as_github(std::span<const Linted> all);
// A test suite for each, a test case for each rule that ran; findings from `least` on are failures.
std::string as_junit(std::span<const Linted> all, Severity least);

// The same two for findings of any kind.
struct CiRule {
  std::string_view id, name, intent, reason; // name and reason may be empty
  Severity severity = Severity::warning;
};
struct CiFinding {
  std::string rule;
  Severity severity = Severity::warning;
  std::string message, file;
  int line = 0, column = 0, end_line = 0, end_column = 0; // from 1; 0: not known
  std::string fingerprint;                                // empty: made of rule, file and message
};
std::string sarif_log(std::string_view tool, std::span<const CiRule> rules,
                      std::span<const CiFinding> findings);
std::string github_lines(std::span<const CiFinding> findings);

// What --explain prints: intent, reason, examples, languages, how to change it.
std::string explanation(const RuleInfo& rule);

} // namespace helpdesk::lint
