// Brings together what many rows of many files say of one ticket, in bounded memory: what does not fit is
// sorted and put aside in files without a name, which vanish with the process.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace helpdesk::backend::table {

class Grouper {
 public:
  explicit Grouper(std::size_t memory = 96 << 20) : memory_(memory) {}

  Result<void> add(std::string_view key, std::string_view item);
  // Each key once with its items in the order in which they came; keys in the order of their first item, or
  // sorted when they did not fit into memory. Once.
  using Visit = std::function<Result<void>(std::string_view key, const std::vector<std::string_view>& items)>;
  Result<void> each(const Visit& visit);
  bool fits() const { return runs_.empty(); }

 private:
  struct Item {
    std::uint64_t offset;
    std::uint32_t size, next; // next: index + 1 of the next item of the same key, 0: none
  };
  struct Group {
    std::string key;
    std::uint32_t first = 0, last = 0; // index + 1
  };
  std::size_t memory_;
  std::string arena_;
  std::vector<Item> items_;
  std::deque<Group> groups_; // stays where it is: the index views its keys
  std::unordered_map<std::string_view, std::uint32_t> index_;
  std::size_t key_bytes_ = 0;
  std::vector<FileDescriptor> runs_;

  Result<void> spill();
  void items_of(const Group& group, std::vector<std::string_view>& items) const;
};

} // namespace helpdesk::backend::table
