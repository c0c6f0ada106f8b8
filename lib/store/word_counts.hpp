// How common a word is in the messages of a store: what makes a rare word say more than a common one.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace helpdesk::store {

class WordCounts {
 public:
  virtual ~WordCounts() = default;
  // Messages with a word that begins so (prefix) or is it; folded as the full-text index does. Counting ends
  // at at_most, so that a common word costs no more than a rare one. 0 for a text that is no single word.
  virtual Result<std::int64_t> messages_with(std::string_view word, bool prefix, std::int64_t at_most) = 0;
  // Messages in all, counted up to at_most.
  virtual Result<std::int64_t> messages(std::int64_t at_most) = 0;
};

// Of the store in this directory, on a connection of its own. Reads only.
Result<std::unique_ptr<WordCounts>> open_word_counts(const std::string& directory);

} // namespace helpdesk::store
