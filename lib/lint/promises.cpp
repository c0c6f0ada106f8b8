#include "lint/promises.hpp"

#include "base/text.hpp"
#include "lint/promise_times.hpp"
#include "lint/promise_words.hpp"
#include "lint/reading.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_farthest_verb = 12; // words from "I will" to what will be done
constexpr std::size_t k_before = 3;         // words between a time and the promise behind it
constexpr std::size_t k_behind = 6;         // between a promise and a time that is no limit
constexpr std::size_t k_few_words = 30;     // of a text whose language is not told surely
constexpr std::size_t k_opening = 3;        // words at a sentence's beginning before the time
// No letter is longer or holds more; the search stays cheap whatever somebody sends.
constexpr std::size_t k_longest_text = 65'536, k_most_matches = 300;

class Searching {
 public:
  Searching(const Reading& reading, std::vector<NamedTime> times)
      : reading_(reading), times_(std::move(times)) {
    for (const Match& match : find(conditionals()))
      if (!is_in_a_time(match)) conditions_.push_back(match);
    std::vector<Match> spared = find(no_denial());
    for (const Match& match : find(negations()))
      if (!overlaps(spared, match)) denials_.push_back(match);
    promises_ = find(promise_phrases());
    for (const Match& match : find(promise_words())) promises_.push_back(match);
    pair_verbs();
    std::sort(promises_.begin(), promises_.end(), [](const Match& a, const Match& b) {
      return a.first != b.first ? a.first < b.first : a.last < b.last;
    });
  }

  std::vector<Promise> run() const {
    std::vector<bool> none = reading_.sentences_with(words_of(no_promise(), reading_.language));
    std::vector<Promise> told;
    for (std::size_t s = 0; s < reading_.sentences.size(); ++s) {
      const Sentence& sentence = reading_.sentences[s];
      if (sentence.part != Part::body || sentence.asks || none[s]) continue;
      const NamedTime* best = nullptr;
      int most = 0;
      for (const Match& promise : promises_) {
        if (promise.first < sentence.first || promise.first >= sentence.last) continue;
        if (is_denied(promise, sentence) || is_conditional(promise, sentence)) continue;
        for (const NamedTime& time : times_) {
          if (time.first < sentence.first || time.first >= sentence.last) continue;
          int weight = weight_of(promise, time, sentence);
          if (weight > most) {
            most = weight;
            best = &time;
          }
        }
      }
      if (best) told.push_back({collapse_spaces(reading_.of(sentence)), best->end, best->whole_day});
    }
    return told;
  }

 private:
  std::vector<Match> find(Lexicon lexicon) const {
    std::vector<Match> found = reading_.find(words_of(lexicon, reading_.language));
    if (found.size() > k_most_matches) found.resize(k_most_matches);
    return found;
  }
  bool is_in_a_time(const Match& match) const {
    return std::any_of(times_.begin(), times_.end(), [&](const NamedTime& time) {
      return match.first >= time.first && match.last <= time.last;
    });
  }
  bool same_sentence(std::size_t a, std::size_t b) const {
    return reading_.words[a].sentence == reading_.words[b].sentence;
  }

  // "I will … write": what is done stands behind who does it, in Esperanto also before.
  void pair_verbs() {
    std::vector<Match> verbs = find(promise_verbs());
    bool either_side = reading_.language == "eo";
    for (const Match& opener : find(promise_openers())) {
      // "I asked the carrier and will write": somebody else may be meant where no "I" begins it.
      if (reading_.words[opener.first].folded == "and" && !begins_with_us(opener.first)) continue;
      for (const Match& verb : verbs) {
        if (!same_sentence(opener.first, verb.first)) continue;
        if (verb.first >= opener.last && verb.first - opener.last <= k_farthest_verb)
          promises_.push_back({opener.first, verb.last});
        else if (either_side && verb.last <= opener.first && opener.first - verb.last <= 1)
          promises_.push_back({verb.first, opener.last});
      }
    }
  }
  bool begins_with_us(std::size_t word) const {
    const Sentence& sentence = reading_.sentences[reading_.words[word].sentence];
    std::string_view head = reading_.words[sentence.first].folded;
    return head == "i" || head == "we";
  }

  std::string_view between(std::size_t a, std::size_t b) const { // words
    return reading_.text.substr(reading_.words[a].end, reading_.words[b].begin - reading_.words[a].end);
  }
  static bool parts_clauses(std::string_view gap) {
    return gap.find_first_of(",;:(") != std::string_view::npos || gap.find("–") != std::string_view::npos ||
           gap.find("—") != std::string_view::npos;
  }

  static bool links_clauses(std::string_view word) {
    for (std::string_view link :
         {"and", "but", "og", "men", "и", "но", "а", "kaj", "sed", "und", "aber", "et", "mais", "y", "pero"})
      if (word == link) return true;
    return false;
  }

  bool is_denied(const Match& promise, const Sentence& sentence) const {
    for (const Match& denial : denials_) {
      if (denial.first < sentence.first || denial.first >= sentence.last) continue;
      if (denial.last <= promise.first) { // ne vous écrirons pas
        if (promise.first - denial.last <= 1 && !parts_clauses(between(denial.last - 1, promise.first)))
          return true;
      } else if (denial.first >= promise.last) { // schreibe ich nicht
        if (denial.first - promise.last <= 1 && !parts_clauses(between(promise.last - 1, denial.first)))
          return true;
      } else {
        return true;
      }
    }
    return false;
  }

  // "If it does not come by Friday, we will send another one." Not: "I asked whether … and will write".
  bool is_conditional(const Match& promise, const Sentence& sentence) const {
    for (const Match& condition : conditions_) {
      if (condition.first < sentence.first || condition.last > promise.first) continue;
      if (condition.first <= sentence.first + 1) return true;
      if (parts_clauses(between(condition.first - 1, condition.first))) return true;
      if (links_clauses(reading_.words[condition.first - 1].folded)) return true;
    }
    return false;
  }

  bool condition_between(std::size_t from, std::size_t to) const {
    return std::any_of(conditions_.begin(), conditions_.end(),
                       [&](const Match& c) { return c.first >= from && c.last <= to; });
  }

  // How surely the time is that of the promise; 0: it is not.
  int weight_of(const Match& promise, const NamedTime& time, const Sentence& sentence) const {
    if (time.first >= promise.first && time.first < promise.last)
      return condition_between(promise.first, time.first) ? 0 : 120;
    if (time.first >= promise.last) {
      std::size_t away = time.first - promise.last;
      if (condition_between(promise.last, time.first)) return 0;
      if (time.limit) return 100 - static_cast<int>(std::min<std::size_t>(away, 40));
      return away <= k_behind ? 50 - static_cast<int>(away) : 0;
    }
    if (time.last > promise.first || promise.first - time.last > k_before) return 0;
    for (std::size_t i = time.last; i < promise.first; ++i) // "you get it today, and we refund the freight"
      if (links_clauses(reading_.words[i].folded)) return 0;
    bool opens =
        time.first - sentence.first <= k_opening || parts_clauses(between(time.first - 1, time.first));
    return opens ? time.limit ? 80 : 60 : 0;
  }

  const Reading& reading_;
  std::vector<NamedTime> times_;
  std::vector<Match> conditions_, denials_, promises_;
};

} // namespace

namespace {

std::string_view beginning(std::string_view text) {
  if (text.size() <= k_longest_text) return text;
  std::size_t end = text.rfind('\n', k_longest_text);
  if (end != text.npos && end > 0) return text.substr(0, end);
  end = k_longest_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

} // namespace

namespace {

std::vector<Promise> promises_of(const Reading& reading, Instant written, const Zone& zone) {
  // Most replies promise nothing: what is looked for in all of them is looked for first.
  bool any = false;
  for (Lexicon lexicon : {promise_phrases(), promise_openers(), promise_words()})
    any = any || reading.has(words_of(lexicon, reading.language));
  if (!any) return {};
  std::vector<NamedTime> times = times_of(reading, written, zone);
  if (times.empty()) return {};
  if (times.size() > k_most_matches) times.resize(k_most_matches);
  return Searching(reading, std::move(times)).run();
}

} // namespace

std::vector<Promise> promises_in(std::string_view text, std::string_view language, Instant written,
                                 const Zone& zone) {
  text = beginning(text);
  auto known = [](std::string_view code) { return !words_of(promise_phrases(), code).empty(); };
  Reading reading(text, "", language);
  std::vector<Promise> found;
  if (known(reading.language)) found = promises_of(reading, written, zone);
  // A few words may look like another language: then that of the conversation is tried too.
  if (!found.empty() || !known(language) || reading.language == language ||
      reading.words.size() > k_few_words)
    return found;
  return promises_of(Reading(text, std::string(language), language), written, zone);
}

} // namespace helpdesk::lint
