// Runs the rules, and says where each finding stands.
#include "base/text.hpp"
#include "lint/house.hpp"
#include "lint/rule.hpp"
#include "lint/suppress.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_most = 25; // findings of one rule: more would not be read

struct Place {
  int line = 1, column = 1;
};

class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }
  Place of(std::size_t offset) const {
    auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - 1;
    std::size_t column = count_code_points(text_.substr(*line, offset - *line));
    return {static_cast<int>(line - starts_.begin()) + 1, static_cast<int>(column) + 1};
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

void locate(const Places& places, const Input& input, const Reading& reading, Finding& finding) {
  Place begin = places.of(finding.begin), end = places.of(finding.end);
  finding.line = begin.line;
  finding.column = begin.column;
  finding.end_line = end.line;
  finding.end_column = end.column;
  // The sentence, not the place: it stays the same when something is added above.
  auto sentence = std::partition_point(reading.sentences.begin(), reading.sentences.end(),
                                       [&](const Sentence& s) { return s.end <= finding.begin; });
  std::string_view around = sentence != reading.sentences.end() && sentence->begin <= finding.begin
                                ? reading.of(*sentence)
                                : input.text.substr(finding.begin, finding.end - finding.begin);
  finding.fingerprint =
      sha256_hex(finding.rule + "\n" + collapse_spaces(folded(around.substr(0, 2000)))).substr(0, 16);
  auto span = std::partition_point(input.map.begin(), input.map.end(),
                                   [&](const SourceSpan& s) { return s.end <= finding.begin; });
  if (span == input.map.end() || span->begin > finding.begin) return;
  finding.template_name = span->name;
  finding.template_line = span->line;
  finding.template_column = span->column;
  if (!span->variable.empty()) return;
  // The template's own words stand in it as they are printed.
  std::string_view before = input.text.substr(span->begin, finding.begin - span->begin);
  auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  std::size_t last = before.rfind('\n');
  auto columns = static_cast<std::uint32_t>(
      count_code_points(last == std::string_view::npos ? before : before.substr(last + 1)));
  finding.template_line += lines;
  finding.template_column = lines > 0 ? columns + 1 : span->column + columns;
}

} // namespace

std::string_view text(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "suggestion";
}

std::optional<Severity> parse_severity(std::string_view word) {
  for (Severity severity : {Severity::suggestion, Severity::warning, Severity::error})
    if (text(severity) == word) return severity;
  return std::nullopt;
}

int Report::count(Severity severity) const {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(),
                                        [severity](const Finding& f) { return f.severity == severity; }));
}

bool Report::has(Severity least) const {
  return std::any_of(findings.begin(), findings.end(),
                     [least](const Finding& f) { return f.severity >= least; });
}

std::vector<Match> Check::matches(Lexicon lexicon) const {
  std::string phrases(words_of(lexicon, reading.language));
  auto add_own = [&](const auto& table, std::string& into) {
    auto own = table.find(std::string(rule_.info.id));
    if (own == table.end()) return;
    for (const char* language : {reading.language.c_str(), "*"})
      if (auto list = own->second.find(language); list != own->second.end())
        for (const std::string& phrase : list->second) into += (into.empty() ? "" : "|") + folded(phrase);
  };
  add_own(settings.words, phrases);
  std::vector<Match> found = reading.find(phrases);
  std::string allowed;
  add_own(settings.allowed_words, allowed);
  if (allowed.empty()) return found;
  std::vector<Match> spared = reading.find(allowed);
  std::erase_if(found, [&](const Match& m) { return overlaps(spared, m); });
  return found;
}

Finding& Check::add(std::size_t begin, std::size_t end, std::string message, std::string suggestion) {
  Finding finding;
  finding.rule = std::string(rule_.info.id);
  finding.severity = rule_.info.severity;
  finding.begin = begin;
  finding.end = std::max(begin, end);
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  findings_.push_back(std::move(finding));
  return findings_.back();
}

Finding& Check::add(const Match& match, std::string message, std::string suggestion) {
  return add(reading.words[match.first].begin, reading.words[match.last - 1].end, std::move(message),
             std::move(suggestion));
}

Finding& Check::add(const Sentence& sentence, std::string message, std::string suggestion) {
  return add(sentence.begin, sentence.end, std::move(message), std::move(suggestion));
}

std::string_view Check::of(const Match& match) const {
  std::size_t begin = reading.words[match.first].begin;
  return reading.text.substr(begin, reading.words[match.last - 1].end - begin);
}

Report check(const Input& input, const Settings& settings) {
  Report report;
  Reading reading(input.text, input.language, input.context.language, &input.map);
  report.language = reading.language;
  for (const Rule* rule : all_rules()) {
    std::string id(rule->info.id), wanted;
    if (auto it = settings.severities.find(id); it != settings.severities.end()) wanted = it->second;
    if (wanted == "off") {
      report.skipped.push_back({id, "off"});
      continue;
    }
    if (rule->info.needs_ticket && !input.context.has_ticket) {
      report.skipped.push_back({id, "no ticket to hold the reply against"});
      continue;
    }
    auto own = settings.words.find(id);
    bool own_list =
        own != settings.words.end() && (own->second.contains(reading.language) || own->second.contains("*"));
    if (!rule->lexicon.empty() && words_of(rule->lexicon, reading.language).empty() && !own_list) {
      report.skipped.push_back(
          {id, reading.language.empty() ? "the language is not known" : "no list for " + reading.language});
      continue;
    }
    std::vector<Finding> findings;
    Check check(*rule, reading, input, settings, findings);
    rule->run(check);
    if (findings.size() > k_most) findings.resize(k_most);
    // A severity that the user set holds for the whole rule.
    if (auto severity = parse_severity(wanted))
      for (Finding& finding : findings) finding.severity = *severity;
    for (Finding& finding : findings) report.findings.push_back(std::move(finding));
  }
  check_house(reading, input, settings, report.findings);
  Places places(input.text);
  for (Finding& finding : report.findings) locate(places, input, reading, finding);
  suppress(input, settings, report);
  std::stable_sort(report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.rule < b.rule;
  });
  return report;
}

std::string mend(std::string_view text, const Report& report) {
  std::string out;
  std::size_t at = 0;
  for (const Finding& finding : report.findings) {
    if (!finding.replacement || finding.begin < at) continue;
    out += text.substr(at, finding.begin - at);
    out += *finding.replacement;
    at = finding.end;
  }
  return out.append(text.substr(at));
}

} // namespace helpdesk::lint
