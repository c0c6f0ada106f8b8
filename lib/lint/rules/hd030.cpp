#include "base/text.hpp"
#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_least = 12; // bytes of a line that can be looked for
constexpr std::size_t k_most_lines = 200;
constexpr std::size_t k_share = 60, k_long = 600; // per cent; bytes from which on the share counts

void run(Check& check) {
  const Reading& reading = check.reading;
  if (reading.quoted_bytes == 0) return;
  std::string thread;
  for (const Message& message : check.context.messages)
    if (!message.internal) thread += collapse_spaces(folded(message.text)) + " ";
  std::size_t looked = 0, own = 0;
  const Line* first = nullptr;
  for (const Line& line : reading.lines) {
    std::string_view content = trim(reading.text.substr(line.begin, line.end - line.begin));
    if (line.kind == LineKind::text) own += content.size();
    if (line.kind != LineKind::quoted || !content.starts_with('>')) continue;
    if (!first) first = &line;
    while (content.starts_with('>')) content = trim(content.substr(1));
    if (content.size() < k_least || thread.empty() || ++looked > k_most_lines) continue;
    if (content.ends_with(':')) continue; // "On … wrote:"
    if (thread.find(collapse_spaces(folded(content))) == std::string::npos)
      check.add(line.begin, line.end, "nobody wrote this line in this conversation",
                "quote as it was written, or say it in your own words");
  }
  if (own == 0 && first) {
    check.add(first->begin, first->end, "a quote and no answer", "write the answer below it");
    return;
  }
  if (first && reading.text.size() > k_long && reading.quoted_bytes * 100 > reading.text.size() * k_share)
    check.add(first->begin, first->end,
              fmt::format("{} % of the reply is quoted", reading.quoted_bytes * 100 / reading.text.size()),
              "keep the lines you answer");
}

} // namespace

constinit const Rule k_hd030{
    {"HD030", "quote-check", Severity::warning, "what is quoted is whole and right",
     "An altered quote puts words into the customer's mouth; a long one hides the answer.",
     "an altered quote", "a short, exact one", "", true},
    {},
    &run};

} // namespace helpdesk::lint
