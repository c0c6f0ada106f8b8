#include "lint/rule.hpp"

namespace helpdesk::lint {
namespace {

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::size_t> body = reading.body();
  if (body.empty()) return;
  std::size_t last = body.back();
  // An apology that says what happens next ends on that.
  if (sentences_with_time(reading)[last]) return;
  if (reading.sentences_with(words_of(remedy_words(), reading.language))[last]) return;
  for (const Match& match : check.matches(apology_words()))
    if (reading.words[match.first].sentence == last) {
      check.add(reading.sentences[last], "the reply ends on the apology",
                "apologise at the top; end with the next step and when it comes");
      return;
    }
}

} // namespace

constinit const Rule k_hd010{
    {"HD010", "closing-apology", Severity::warning, "end on a high note",
     "The last sentence is the one that stays: let it be what is being done, not what went wrong.",
     "… Again, we are really sorry.", "an apology in the first paragraph", "", false},
    k_seven,
    &run};

} // namespace helpdesk::lint
