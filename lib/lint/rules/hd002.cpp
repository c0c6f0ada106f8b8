#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// Greetings that ask for a name behind them.
// clang-format off
constexpr Words k_words[] = {
    {"en", "dear"},
    {"nb", "kjære"},
    {"ru", "уважаемый|уважаемая|дорогой|дорогая"},
    {"eo", "kara|estimata"},
    {"de", "sehr geehrte|sehr geehrter|liebe|lieber"},
    {"fr", "cher|chère"},
    {"es", "estimado|estimada|querido|querida"},
};
// clang-format on

bool is_empty_field(const Check& check, const Greeting& greeting) {
  std::size_t end = check.reading.lines[greeting.line].end;
  return std::any_of(check.input.map.begin(), check.input.map.end(), [&](const SourceSpan& s) {
    return s.begin == s.end && !s.variable.empty() && s.begin >= greeting.end && s.begin <= end;
  });
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<Match> asks_name = check.matches();
  for (const Greeting& greeting : reading.greetings) {
    std::size_t above = 0;
    for (std::size_t i = 0; i < greeting.line; ++i) above += reading.lines[i].kind == LineKind::text;
    if (above > 1 || greeting.name_begin != greeting.name_end) continue;
    const Line& line = reading.lines[greeting.line];
    std::string_view rest = trim(reading.text.substr(greeting.end, line.end - greeting.end));
    bool nobody = (rest.empty() || rest == "," || rest == "!") &&
                  std::any_of(asks_name.begin(), asks_name.end(), [&](const Match& m) {
                    return reading.words[m.first].begin == greeting.begin &&
                           reading.words[m.last - 1].end == greeting.end;
                  });
    if (!greeting.dangling && !nobody && !is_empty_field(check, greeting)) continue;
    Finding& finding = check.add(greeting.begin, line.end, "the greeting names nobody",
                                 "put the name in, or greet without one");
    if (!nobody && rest.size() <= 1) // "Hei ," is "Hei,"
      finding.replacement =
          fmt::format("{}{}", reading.text.substr(greeting.begin, greeting.end - greeting.begin),
                      rest.empty() ? "," : rest);
  }
}

} // namespace

constinit const Rule k_hd002{
    {"HD002", "empty-greeting", Severity::error, "no \"Hi ,\"",
     "A hole where the name should be shows that nobody read the reply before it left.", "Hei ,", "Hei!", "",
     false},
    k_words,
    &run};

} // namespace helpdesk::lint
