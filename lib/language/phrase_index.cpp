#include "language/phrase_index.hpp"

#include <algorithm>
#include <atomic>
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
    std::atomic<const PhraseIndex*> ready = nullptr;
    std::optional<PhraseIndex> index;
  };
  static std::vector<Slot> slots(all_phrases().size());
  static std::mutex mutex;
  const auto all = all_phrases();
  Slot& slot = slots.at(static_cast<std::size_t>(std::ranges::find(all, &p) - all.begin()));
  if (const PhraseIndex* ready = slot.ready.load(std::memory_order_acquire)) return *ready;
  // The standard once would have what is thrown here pass through the C library, which loads an unwinder of
  // its own for that, and ends the program when there is no memory for it: and it is the lack of memory that
  // is thrown here.
  const std::lock_guard lock(mutex);
  if (!slot.index) slot.index.emplace(p);
  slot.ready.store(&*slot.index, std::memory_order_release);
  return *slot.index;
}

} // namespace helpdesk::language
