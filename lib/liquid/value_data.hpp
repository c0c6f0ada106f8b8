// What stands behind a Value: texts, arrays, ordered hashes, ranges. Internal to the engine.
#pragma once

#include "liquid/value.hpp"

#include <cstddef>

namespace helpdesk::liquid {

// Bytes that follow the header in one allocation.
class Text final : public Counted {
 public:
  static Text* make(std::size_t size);
  char* bytes() { return reinterpret_cast<char*>(this + 1); }
  const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  static void operator delete(void* memory);

 private:
  Text() = default;
};

class Array final : public Counted {
 public:
  std::vector<Value> items;
};

class Range final : public Counted {
 public:
  std::int64_t first = 0, last = -1;
};

// Insertion order kept. Small hashes are searched in order; past k_small an open-addressing index is kept.
class Hash final : public Counted {
 public:
  const std::vector<Entry>& entries() const { return entries_; }
  const Value* find(std::string_view key) const;
  void set(Value key, Value value);
  void reserve(std::size_t n) { entries_.reserve(n); }
  void clear();

 private:
  static constexpr std::size_t k_small = 12;
  void rebuild_index();
  std::size_t slot_of(std::string_view key) const;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_; // entry + 1; 0 is free
};

// Deletes without recursion: an array nested a million deep must not exhaust the stack.
void dispose(Counted* counted) noexcept;

} // namespace helpdesk::liquid
