#include "language/phrase_index.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

namespace helpdesk::language {

PhraseIndex::PhraseIndex(const Phrases& p)
    : phrases(p), thanks(p.thanks), objections(p.objections), question_openings(p.question_openings),
      question_phrases(p.question_phrases), courtesy(p.courtesy), requests(p.requests),
      sign_offs(p.sign_offs), greetings(p.greetings), away(p.away), unsubscribe(p.unsubscribe) {}

const PhraseIndex& phrase_index(const Phrases& p) {
  struct Slot {
    std::once_flag once;
    std::optional<PhraseIndex> index;
  };
  static std::vector<Slot> slots(all_phrases().size());
  const auto all = all_phrases();
  Slot& slot = slots.at(static_cast<std::size_t>(std::ranges::find(all, &p) - all.begin()));
  std::call_once(slot.once, [&] { slot.index.emplace(p); });
  return *slot.index;
}

} // namespace helpdesk::language
