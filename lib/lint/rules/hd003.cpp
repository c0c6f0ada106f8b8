#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

void run(Check& check) {
  const Reading& reading = check.reading;
  for (std::size_t i = 1; i < reading.greetings.size(); ++i) {
    const Greeting& greeting = reading.greetings[i];
    check.add(greeting.begin, greeting.end,
              fmt::format("a second greeting; the first is in line {}", reading.greetings.front().line + 1),
              "keep one");
  }
  for (std::size_t i = 1; i < reading.sign_offs.size(); ++i)
    check.add(reading.sign_offs[i].first, reading.sign_offs[i].second, "a second closing", "keep one");
}

} // namespace

constinit const Rule k_hd003{
    {"HD003", "greeting-count", Severity::warning, "one greeting, one closing",
     "Two greetings are what is left when a template is put into a letter that was begun already.",
     "Hi Martha … Hello Martha", "\"Hi Martha\" quoted behind >", "", false},
    k_seven,
    &run};

} // namespace helpdesk::lint
