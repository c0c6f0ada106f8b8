// What is wrong with the templates of a desk: by reading them (lint), and by rendering every language against
// every sample (test).
#pragma once

#include "base/time.hpp"
#include "reply/templates.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply {

struct TemplateFinding {
  std::string rule; // "syntax", "unknown-variable", "missing-variant" …: a contract
  bool is_error = true;
  std::string name, language, sample, path;
  int line = 0, column = 0; // from 1; 0: of the whole file
  std::string message;
  std::string located() const; // "refund.en.liquid:3:7: undefined variable order"
};

struct TemplateCheckOptions {
  std::string only;                   // this template; empty: all
  std::vector<std::string> languages; // that every template must have; empty: those that any has
  Instant now{};
  Zone zone = Zone::utc();
};

// By file, then by place: front matter, syntax, names of filters, variables and blocks, fields that nothing
// prints, blocks that nothing renders.
std::vector<TemplateFinding> lint_templates(const std::vector<TemplateFile>& files, std::string_view only);

// One case for each file and sample, and one for each name with what its languages have in common.
struct TemplateCase {
  std::string name, language, sample; // language and sample empty: of all of them
  std::vector<TemplateFinding> findings;
  std::string title() const; // "refund de urgent", "refund variants"
};
std::vector<TemplateCase> test_templates(const std::vector<TemplateFile>& files,
                                         const TemplateCheckOptions& options);

} // namespace helpdesk::reply
