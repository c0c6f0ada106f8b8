#include "base/text.hpp"
#include "lint/rule.hpp"

namespace helpdesk::lint {
namespace {

constexpr int k_most_ellipses = 2;

bool is_emoji(char32_t c) {
  return (c >= 0x1F300 && c <= 0x1FAFF) ||
         (c >= 0x2600 && c <= 0x27BF && c != 0x2713 && c != 0x2714 && c != 0x2022);
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::string_view text = reading.text;
  int ellipses = 0, emoji = 0;
  bool in_complaint = check.context.has_ticket && is_trouble(check.context, reading.language);
  std::size_t mask = 0;
  for (const Line& line : reading.lines) {
    if (line.kind != LineKind::text) continue;
    for (std::size_t i = line.begin; i < line.end;) {
      while (mask < reading.masks.size() && reading.masks[mask].end <= i) ++mask;
      if (mask < reading.masks.size() && reading.masks[mask].begin <= i) {
        i = reading.masks[mask].end;
        continue;
      }
      if (reading.is_filled(i, i + 1)) {
        ++i;
        continue;
      }
      char c = text[i];
      if (c == '!' || c == '?') {
        std::size_t end = i;
        bool asks = false;
        for (; end < line.end && (text[end] == '!' || text[end] == '?'); ++end)
          asks = asks || text[end] == '?';
        if (end - i >= 2) {
          Finding& finding = check.add(i, end, "one mark is enough", "end the sentence with one");
          finding.replacement = asks ? "?" : "!";
        }
        i = end;
        continue;
      }
      bool dots = text.substr(i, 3) == "..." || text.substr(i).starts_with("…");
      if (dots) {
        std::size_t end = i;
        while (end < line.end && (text[end] == '.' || text.substr(end).starts_with("…")))
          end += text[end] == '.' ? 1 : 3;
        if (++ellipses == k_most_ellipses + 1)
          check.add(i, end, "so many dots sound unsure", "end the sentences");
        i = end;
        continue;
      }
      std::size_t at = i;
      if (static_cast<unsigned char>(c) < 0x80) {
        ++i;
        continue;
      }
      if (!is_emoji(next_code_point(text, i))) continue;
      ++emoji;
      if (emoji == 2 || (emoji == 1 && in_complaint))
        check.add(at, i, in_complaint ? "an emoji in answer to a complaint" : "more than one emoji",
                  in_complaint ? "leave it out" : "one at most");
    }
  }
}

} // namespace

constinit const Rule k_hd024{
    {"HD024", "punctuation", Severity::warning, "one mark at a time",
     "Marks in heaps are read as anger or as fun, and a support reply wants neither.",
     "Have you read the manual???", "one \"!\"", "", false},
    {},
    &run};

} // namespace helpdesk::lint
