// Memory of one parsed template: bump allocation, freed as a whole. Nothing in it is destroyed, so it may
// hold only what owns nothing outside it.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace helpdesk::liquid {

class Arena {
 public:
  template <class T, class... Args> T* make(Args&&... args) {
    return new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }
  template <class T> std::span<T> copy(const std::vector<T>& items) {
    if (items.empty()) return {};
    auto* memory = static_cast<T*>(allocate(sizeof(T) * items.size(), alignof(T)));
    for (std::size_t i = 0; i < items.size(); ++i) new (memory + i) T(items[i]);
    return {memory, items.size()};
  }

 private:
  void* allocate(std::size_t size, std::size_t alignment) {
    auto at = (used_ + alignment - 1) & ~(alignment - 1);
    if (at + size > capacity_) {
      capacity_ = std::max<std::size_t>(size + alignment, blocks_.empty() ? 4096 : 32768);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
      at = 0;
    }
    used_ = at + size;
    return blocks_.back().get() + at;
  }
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t used_ = 0, capacity_ = 0;
};

} // namespace helpdesk::liquid
