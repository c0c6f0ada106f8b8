// Codes of texts in the order in which they were first asked for: 1, 2, 3, …
#pragma once

#include "model/timeline.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace helpdesk::sync {

// From any thread, but for reading texts while there are new ones. 0 is the empty text.
class OrderedTerms {
 public:
  OrderedTerms();
  ~OrderedTerms();
  model::Term of(std::string_view text);
  std::string_view text(model::Term code) const; // of one that was given
  std::size_t size() const;

 private:
  struct Texts;
  std::unique_ptr<Texts> texts_;
};

} // namespace helpdesk::sync
