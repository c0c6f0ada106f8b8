#include "reply/template_check.hpp"

#include "base/text.hpp"
#include "liquid/filter_table.hpp"
#include "reply/template_names.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

TemplateFinding finding(const TemplateFile& file, std::string rule, std::string message) {
  TemplateFinding found;
  found.rule = std::move(rule);
  found.name = file.name;
  found.language = file.language;
  found.path = file.path;
  found.message = std::move(message);
  return found;
}

// "path:3:7: message" of an error, taken apart.
TemplateFinding located(const TemplateFile& file, std::string rule, std::string_view text) {
  TemplateFinding found = finding(file, std::move(rule), std::string(text));
  std::size_t at = text.find(".liquid:");
  if (at == std::string_view::npos) return found;
  found.path = std::string(text.substr(0, at + 7));
  std::string_view rest = text.substr(at + 8);
  for (int* number : {&found.line, &found.column}) {
    auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), *number);
    if (error != std::errc() || end == rest.data() + rest.size() || *end != ':') break;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
  }
  found.message = std::string(trim(rest));
  return found;
}

TemplateFinding at(const TemplateFile& file, const liquid::Position& position, std::string rule,
                   std::string message) {
  TemplateFinding found = finding(file, std::move(rule), std::move(message));
  found.line = static_cast<int>(position.line) + file.body_line - 1;
  found.column = static_cast<int>(position.column);
  return found;
}

std::string_view file_name(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

std::string suggestion(std::string_view word, const std::vector<std::string_view>& words) {
  std::string_view near = word.size() > 100 ? std::string_view() : nearest(word, words);
  return near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near);
}

std::string variable_suggestion(const std::string& path) {
  std::vector<std::string_view> known(context_names().begin(), context_names().end());
  std::vector<std::string> made;
  for (std::string_view person : {"requester", "agent", "ticket.assignee"})
    for (std::string_view part : {".name", ".first_name", ".last_name", ".email"})
      made.push_back(std::string(person) + std::string(part));
  known.insert(known.end(), made.begin(), made.end());
  return suggestion(path, known);
}

// What can be said of one file without rendering it.
std::vector<TemplateFinding> read_file_findings(const TemplateFile& file,
                                                const std::vector<TemplateFile>& files) {
  if (!file.defect.empty()) return {located(file, "front-matter", file.defect)};
  auto parsed = parse_body(file);
  if (!parsed) return {at(file, parsed.error().position, "syntax", parsed.error().message)};
  std::vector<TemplateFinding> found;
  for (const liquid::VariableUse& use : parsed->unknown_filters())
    found.push_back(at(file, use.position, "unknown-filter",
                       fmt::format("there is no filter \"{}\"{}", use.path,
                                   suggestion(use.path, liquid::filter_names(true)))));
  for (const liquid::VariableUse& use : parsed->partials())
    if (!find_partial(files, use.path, file.language)) {
      std::vector<std::string_view> names;
      for (const TemplateFile& one : files) names.push_back(one.name);
      found.push_back(at(file, use.position, "unknown-block",
                         fmt::format("there is no block or template \"{}\"{}", use.path,
                                     suggestion("_" + use.path, names))));
    }
  liquid::Value known = all_names(file, files);
  for (const liquid::VariableUse& use : parsed->variables()) {
    std::string_view root = std::string_view(use.path).substr(0, use.path.find_first_of(".["));
    if (file.is_block() && !is_context_root(root)) continue; // given to it by render
    if (!leads_somewhere(known, use.path))
      found.push_back(
          at(file, use.position, "unknown-variable",
             fmt::format("there is no variable \"{}\"{}", use.path, variable_suggestion(use.path))));
  }
  std::stable_sort(found.begin(), found.end(), [](const TemplateFinding& a, const TemplateFinding& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  });
  return found;
}

using Variants = std::vector<const TemplateFile*>;

// Fields that are asked for and never printed.
void add_unused_fields(const Variants& variants, const std::vector<TemplateFile>& files,
                       std::vector<TemplateFinding>& found) {
  std::set<std::string> used;
  for (const TemplateFile* file : variants)
    for (const auto& [name, use] : names_used(*file, files)) used.insert(name);
  const FrontMatter& front = variants.front()->front;
  for (const auto* fields : {&front.required, &front.optional})
    for (const std::string& field : *fields) {
      bool is_used = std::any_of(used.begin(), used.end(), [&](const std::string& name) {
        return name == field ||
               (name.starts_with(field) && (name[field.size()] == '.' || name[field.size()] == '[')) ||
               (field.ends_with("_name") && name == field.substr(0, field.rfind('.')) + ".name");
      });
      if (is_used) continue;
      found.push_back(finding(*variants.front(), "unused-field",
                              fmt::format("the field {} is asked for and never printed", field)));
      found.back().is_error = false;
    }
}

void add_unused_blocks(const std::vector<TemplateFile>& files, std::string_view only,
                       std::vector<TemplateFinding>& found) {
  std::set<const TemplateFile*> rendered;
  for (const TemplateFile& file : files)
    if (auto parsed = parse_body(file))
      for (const liquid::VariableUse& use : parsed->partials())
        for (const TemplateFile& one : files)
          if (find_partial(files, use.path, one.language) == &one) rendered.insert(&one);
  for (const TemplateFile& file : files) {
    bool block = file.is_block() && !file.name.starts_with("dc/");
    if (!block || rendered.contains(&file) || (!only.empty() && file.name != only)) continue;
    found.push_back(finding(file, "unused-block", fmt::format("nothing renders {}", file.name)));
    found.back().is_error = false;
  }
}

// Runs f for the variants of each name.
template <class F> void each_name(const std::vector<TemplateFile>& files, std::string_view only, F f) {
  for (std::size_t begin = 0, end = 0; begin < files.size(); begin = end) {
    Variants variants;
    for (end = begin; end < files.size() && files[end].name == files[begin].name; ++end)
      variants.push_back(&files[end]);
    if (only.empty() || files[begin].name == only) f(variants);
  }
}

std::vector<std::string> wanted_languages(const std::vector<TemplateFile>& files, const Variants& variants,
                                          const TemplateCheckOptions& options) {
  if (!variants.front()->front.languages.empty()) return variants.front()->front.languages;
  if (!options.languages.empty()) return options.languages;
  std::vector<std::string> all;
  for (const TemplateFile& file : files)
    if (!file.language.empty() && std::none_of(all.begin(), all.end(), [&](const std::string& one) {
          return same_language(one, file.language);
        }))
      all.push_back(file.language);
  std::sort(all.begin(), all.end());
  return all;
}

void compare_variants(const std::vector<TemplateFile>& files, const Variants& variants,
                      const TemplateCheckOptions& options, std::vector<TemplateFinding>& found) {
  std::vector<std::string> there;
  for (const TemplateFile* file : variants) there.push_back(file->language);
  bool for_all = std::find(there.begin(), there.end(), "") != there.end();
  for (const std::string& wanted : wanted_languages(files, variants, options)) {
    if (for_all || std::any_of(there.begin(), there.end(),
                               [&](const std::string& one) { return same_language(one, wanted); }))
      continue;
    found.push_back(finding(*variants.front(), "missing-variant",
                            fmt::format("{} is not there in \"{}\", only in {}", variants.front()->name,
                                        wanted, join(there, ", "))));
  }
  std::map<std::string, std::pair<const TemplateFile*, NameUse>> all;
  std::map<const TemplateFile*, std::map<std::string, NameUse>> used;
  for (const TemplateFile* file : variants) {
    if (!file->defect.empty() || !parse_body(*file)) return; // said elsewhere
    used[file] = names_used(*file, files);
    for (const auto& [name, use] : used[file]) all.try_emplace(name, file, use);
  }
  for (const auto& [name, first] : all)
    for (const TemplateFile* file : variants)
      if (!used[file].contains(name))
        found.push_back(finding(*file, "unequal-variables",
                                fmt::format("does not use {}, which {}:{} does", name,
                                            file_name(first.second.path), first.second.line)));
}

struct NamedSample {
  TemplateSample sample;
  const TemplateFile* file;
};

std::vector<NamedSample> samples_of(const Variants& variants) {
  std::vector<NamedSample> samples;
  for (const TemplateFile* file : variants)
    for (const TemplateSample& sample : file->front.samples) {
      auto same = std::find_if(samples.begin(), samples.end(),
                               [&](const NamedSample& one) { return one.sample.name == sample.name; });
      if (same == samples.end()) samples.push_back({sample, file});
    }
  if (samples.empty()) samples.push_back({{"made-up", 0, {}}, variants.front()});
  return samples;
}

// What one sample makes of one file.
struct Sampling {
  Sampling(const TemplateFile& file, const NamedSample& named, const TemplateCheckOptions& options)
      : context(sample_context(ticket, messages)) {
    context.now = options.now;
    context.zone = options.zone;
    context.language = file.language.empty() ? "en" : file.language;
    ticket.language = context.language;
    context.values = named.sample.values;
    // A sample that this language has of its own stands in for that of the others.
    for (const TemplateSample& own : file.front.samples)
      if (own.name == named.sample.name) context.values = own.values;
  }
  Sampling(const Sampling&) = delete;
  Sampling& operator=(const Sampling&) = delete;
  model::Ticket ticket;
  std::vector<model::Message> messages;
  TemplateContext context;
};

TemplateCase render_case(const TemplateFile& file, const NamedSample& named,
                         const std::vector<TemplateFile>& files, const TemplateCheckOptions& options) {
  TemplateCase one{file.name, file.language, named.sample.name, {}};
  Sampling sampling(file, named, options);
  for (const std::string& field : missing_fields(file, sampling.context)) {
    one.findings.push_back(
        finding(*named.file, "unset-field",
                fmt::format("sample {}: the required field {} is not set", named.sample.name, field)));
    one.findings.back().line = named.sample.line;
  }
  if (auto rendered = render_template(file, sampling.context, files); !rendered)
    one.findings.push_back(located(file, "render", rendered.error().message));
  for (TemplateFinding& found : one.findings) found.sample = named.sample.name;
  return one;
}

constexpr TemplateRule k_rules[] = {
    {"front-matter", "the lines between +++ are TOML with known keys", true},
    {"syntax", "the template is Liquid that parses", true},
    {"unknown-filter", "every filter exists", true},
    {"unknown-block", "every block that is rendered exists", true},
    {"unknown-variable", "every variable exists", true},
    {"unused-field", "a field that is asked for is printed", false},
    {"unused-block", "a block is rendered by something", false},
    {"missing-variant", "a template is there in every language", true},
    {"unequal-variables", "the languages of a template use the same variables", true},
    {"unset-field", "a sample sets the required fields", true},
    {"render", "the template renders with every sample", true},
};

} // namespace

std::string TemplateFinding::located() const {
  std::string place = path;
  if (line > 0) place += fmt::format(":{}", line);
  if (column > 0) place += fmt::format(":{}", column);
  return place + ": " + message;
}

std::string TemplateCase::title() const {
  std::string text = name + (language.empty() ? "" : " " + language);
  return text + (sample.empty() ? " variants" : " " + sample);
}

std::vector<TemplateFinding> lint_templates(const std::vector<TemplateFile>& files, std::string_view only) {
  std::vector<TemplateFinding> found;
  each_name(files, only, [&](const Variants& variants) {
    for (const TemplateFile* file : variants) {
      auto of_file = read_file_findings(*file, files);
      found.insert(found.end(), of_file.begin(), of_file.end());
    }
    add_unused_fields(variants, files, found);
  });
  add_unused_blocks(files, only, found);
  return found;
}

std::vector<TemplateCase> test_templates(const std::vector<TemplateFile>& files,
                                         const TemplateCheckOptions& options) {
  std::vector<TemplateCase> cases;
  each_name(files, options.only, [&](const Variants& variants) {
    TemplateCase all{variants.front()->name, "", "", {}};
    for (const TemplateFile* file : variants) {
      auto of_file = read_file_findings(*file, files);
      all.findings.insert(all.findings.end(), of_file.begin(), of_file.end());
    }
    compare_variants(files, variants, options, all.findings);
    cases.push_back(std::move(all));
    if (variants.front()->is_block()) return;
    auto samples = samples_of(variants);
    for (const TemplateFile* file : variants) {
      if (!file->defect.empty()) continue; // said already
      for (const NamedSample& sample : samples) cases.push_back(render_case(*file, sample, files, options));
    }
  });
  return cases;
}

std::vector<RenderedSample> render_samples(const std::vector<TemplateFile>& files,
                                           const TemplateCheckOptions& options) {
  std::vector<RenderedSample> all;
  each_name(files, options.only, [&](const Variants& variants) {
    if (variants.front()->is_block()) return;
    auto samples = samples_of(variants);
    for (const TemplateFile* file : variants)
      for (const NamedSample& sample : samples) {
        if (!file->defect.empty()) continue;
        Sampling sampling(*file, sample, options);
        if (!missing_fields(*file, sampling.context).empty()) continue;
        if (auto rendered = render_mapped(*file, sampling.context, files))
          all.push_back({file, sample.sample.name, std::move(*rendered)});
      }
  });
  return all;
}

std::span<const TemplateRule> template_rules() { return k_rules; }

} // namespace helpdesk::reply
