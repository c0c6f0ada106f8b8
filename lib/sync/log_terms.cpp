#include "sync/log_terms.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <tsl/robin_map.h>

namespace helpdesk::sync {

struct OrderedTerms::Texts {
  std::mutex mutex;
  std::deque<std::string> list; // stay where they are: the codes view them
  tsl::robin_map<std::string_view, model::Term, std::hash<std::string_view>, std::equal_to<>,
                 std::allocator<std::pair<std::string_view, model::Term>>, true>
      codes;
};

OrderedTerms::OrderedTerms() : texts_(std::make_unique<Texts>()) {}
OrderedTerms::~OrderedTerms() = default;

model::Term OrderedTerms::of(std::string_view text) {
  if (text.empty()) return 0;
  std::lock_guard lock(texts_->mutex);
  if (auto found = texts_->codes.find(text); found != texts_->codes.end()) return found->second;
  const std::string& kept = texts_->list.emplace_back(text);
  const auto code = static_cast<model::Term>(texts_->list.size());
  texts_->codes.emplace(kept, code);
  return code;
}

std::string_view OrderedTerms::text(model::Term code) const {
  return code == 0 ? std::string_view() : std::string_view(texts_->list[code - 1]);
}

std::size_t OrderedTerms::size() const { return texts_->list.size(); }

} // namespace helpdesk::sync
