#include "liquid/value_data.hpp"

#include <cstring>

namespace helpdesk::liquid {

namespace {

std::uint64_t hash_of(std::string_view key) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const unsigned char c : key) h = (h ^ c) * 0x100000001b3ULL;
  return h ^ (h >> 29);
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.data() == b.data() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

} // namespace

const Value* Hash::find(std::string_view key) const {
  if (index_.empty()) {
    for (const auto& entry : entries_)
      if (same(entry.key.as_string(), key)) return &entry.value;
    return nullptr;
  }
  const auto found = index_[slot_of(key)];
  return found == 0 ? nullptr : &entries_[found - 1].value;
}

void Hash::set(Value key, Value value) {
  if (const auto* old = find(key.as_string())) {
    *const_cast<Value*>(old) = std::move(value);
    return;
  }
  entries_.push_back({std::move(key), std::move(value)});
  if (entries_.size() <= k_small) return;
  if (index_.size() < entries_.size() * 2)
    rebuild_index();
  else
    index_[slot_of(entries_.back().key.as_string())] = static_cast<std::uint32_t>(entries_.size());
}

void Hash::clear() {
  entries_.clear();
  index_.clear();
}

void Hash::rebuild_index() {
  std::size_t size = 32;
  while (size < entries_.size() * 3) size *= 2;
  index_.assign(size, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i)
    index_[slot_of(entries_[i].key.as_string())] = static_cast<std::uint32_t>(i + 1);
}

std::size_t Hash::slot_of(std::string_view key) const {
  const auto mask = index_.size() - 1;
  auto slot = hash_of(key) & mask;
  while (index_[slot] != 0 && !same(entries_[index_[slot] - 1].key.as_string(), key))
    slot = (slot + 1) & mask;
  return slot;
}

void dispose(Counted* counted) noexcept {
  // Children that die with their parent are queued here instead of being deleted inside its destructor.
  thread_local std::vector<Counted*>* queue = nullptr;
  if (queue) {
    queue->push_back(counted);
    return;
  }
  std::vector<Counted*> waiting;
  queue = &waiting;
  delete counted;
  while (!waiting.empty()) {
    auto* next = waiting.back();
    waiting.pop_back();
    delete next;
  }
  queue = nullptr;
}

} // namespace helpdesk::liquid
