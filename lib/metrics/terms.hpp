// The texts behind the codes of a store, for those who must compare them: read once, kept.
#pragma once

#include "model/timeline.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace helpdesk::metrics {

using TermText = std::function<std::string(model::Term)>;

// Of one thread.
class Terms {
 public:
  Terms() = default;
  explicit Terms(TermText source) : source_(std::move(source)) {}
  const std::string& text(model::Term term) {
    static const std::string none;
    if (term == 0 || !source_) return none;
    auto [it, is_new] = known_.try_emplace(term);
    if (is_new) it->second = source_(term);
    return it->second;
  }

 private:
  TermText source_;
  std::unordered_map<model::Term, std::string> known_;
};

} // namespace helpdesk::metrics
