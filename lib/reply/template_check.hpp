// What is wrong with the templates of a desk: by reading them (lint), and by rendering every language against
// every sample (test).
#pragma once

#include "base/time.hpp"
#include "reply/templates.hpp"

#include <span>
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
  bool is_suggestion = false;  // less than a warning; not with is_error
  std::string fingerprint;     // the same when other text changes; empty: of what is said here
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

// Every language of every template with each of its samples, with the map back to the templates; what does
// not render or lacks a field is left out: test says so. Views files.
struct RenderedSample {
  const TemplateFile* file;
  std::string sample;
  liquid::Rendered rendered;
};
std::vector<RenderedSample> render_samples(const std::vector<TemplateFile>& files,
                                           const TemplateCheckOptions& options);

// Every kind of finding and what it says, for systems that want to know the rules.
struct TemplateRule {
  std::string_view id, intent;
  bool is_error;
};
std::span<const TemplateRule> template_rules();

} // namespace helpdesk::reply
