#include "backend/table/group.hpp"

#include "base/nameless_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <queue>

#include <unistd.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_block = 256 << 10;

class Writer {
 public:
  explicit Writer(int fd) : fd_(fd) {}
  Result<void> put(std::string_view text) {
    auto size = static_cast<std::uint32_t>(text.size());
    buffer_.append(reinterpret_cast<const char*>(&size), sizeof size);
    buffer_ += text;
    return buffer_.size() < k_block ? Result<void>() : flush();
  }
  Result<void> flush() {
    std::size_t done = 0;
    while (done < buffer_.size()) {
      ssize_t n = ::write(fd_, buffer_.data() + done, buffer_.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return failed(std::string("temporary file for sorting: ") + std::strerror(errno));
      done += static_cast<std::size_t>(n);
    }
    buffer_.clear();
    return {};
  }

 private:
  int fd_;
  std::string buffer_;
};

// A run from its start; key and items of one group at a time.
class Run {
 public:
  explicit Run(int fd) : fd_(fd) {}
  std::string key;
  std::vector<std::string> items;

  Result<bool> next() {
    std::string count;
    if (!TRY(get(key))) return false;
    TRY(get(count));
    std::uint32_t n = 0;
    std::memcpy(&n, count.data(), std::min(sizeof n, count.size()));
    items.resize(n);
    for (std::string& item : items) TRY(get(item));
    return true;
  }

 private:
  int fd_;
  std::uint64_t offset_ = 0;
  std::string buffer_;
  std::size_t pos_ = 0;

  Result<bool> need(std::size_t size) {
    while (buffer_.size() - pos_ < size) {
      buffer_.erase(0, pos_);
      pos_ = 0;
      std::size_t had = buffer_.size();
      buffer_.resize(had + std::max(k_block, size));
      ssize_t n = pread(fd_, buffer_.data() + had, buffer_.size() - had, static_cast<off_t>(offset_));
      buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failed(std::string("temporary file for sorting: ") + std::strerror(errno));
      if (n == 0) return false;
      offset_ += static_cast<std::uint64_t>(n);
    }
    return true;
  }
  Result<bool> get(std::string& text) {
    std::uint32_t size = 0;
    if (!TRY(need(sizeof size))) return false;
    std::memcpy(&size, buffer_.data() + pos_, sizeof size);
    pos_ += sizeof size;
    if (!TRY(need(size))) return failed("temporary file for sorting: is cut short");
    text.assign(buffer_, pos_, size);
    pos_ += size;
    return true;
  }
};

} // namespace

Result<void> Grouper::add(std::string_view key, std::string_view item) {
  if (arena_.size() + item.size() + key_bytes_ + key.size() + items_.size() * sizeof(Item) +
          groups_.size() * 160 >
      memory_)
    TRY(spill());
  auto found = index_.find(key);
  if (found == index_.end()) {
    groups_.push_back({std::string(key)});
    key_bytes_ += key.size();
    found = index_.emplace(groups_.back().key, static_cast<std::uint32_t>(groups_.size() - 1)).first;
  }
  Group& group = groups_[found->second];
  items_.push_back({arena_.size(), static_cast<std::uint32_t>(item.size()), 0});
  arena_ += item;
  auto number = static_cast<std::uint32_t>(items_.size());
  if (group.last != 0) items_[group.last - 1].next = number;
  if (group.first == 0) group.first = number;
  group.last = number;
  return {};
}

void Grouper::items_of(const Group& group, std::vector<std::string_view>& items) const {
  items.clear();
  for (std::uint32_t i = group.first; i != 0; i = items_[i - 1].next)
    items.push_back(std::string_view(arena_).substr(items_[i - 1].offset, items_[i - 1].size));
}

Result<void> Grouper::spill() {
  if (groups_.empty()) return {};
  FileDescriptor file = TRY(nameless_file());
  std::vector<std::uint32_t> order(groups_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return groups_[a].key < groups_[b].key; });
  Writer writer(file.get());
  std::vector<std::string_view> items;
  for (std::uint32_t i : order) {
    items_of(groups_[i], items);
    TRY(writer.put(groups_[i].key));
    auto count = static_cast<std::uint32_t>(items.size());
    TRY(writer.put({reinterpret_cast<const char*>(&count), sizeof count}));
    for (std::string_view item : items) TRY(writer.put(item));
  }
  TRY(writer.flush());
  runs_.push_back(std::move(file));
  arena_.clear();
  items_.clear();
  index_.clear();
  groups_.clear();
  key_bytes_ = 0;
  return {};
}

Result<void> Grouper::each(const Visit& visit) {
  std::vector<std::string_view> items;
  if (runs_.empty()) {
    for (const Group& group : groups_) {
      items_of(group, items);
      TRY(visit(group.key, items));
    }
    return {};
  }
  TRY(spill());
  arena_ = {};
  items_ = {};
  std::vector<std::unique_ptr<Run>> runs;
  auto later = [&](std::size_t a, std::size_t b) {
    int order = runs[a]->key.compare(runs[b]->key);
    return order != 0 ? order > 0 : a > b;
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
  for (const FileDescriptor& file : runs_) {
    runs.push_back(std::make_unique<Run>(file.get()));
    if (TRY(runs.back()->next())) queue.push(runs.size() - 1);
  }
  std::vector<std::size_t> same;
  while (!queue.empty()) {
    same.assign(1, queue.top());
    queue.pop();
    while (!queue.empty() && runs[queue.top()]->key == runs[same.front()]->key) {
      same.push_back(queue.top());
      queue.pop();
    }
    items.clear();
    for (std::size_t run : same)
      for (const std::string& item : runs[run]->items) items.push_back(item);
    TRY(visit(runs[same.front()]->key, items));
    for (std::size_t run : same)
      if (TRY(runs[run]->next())) queue.push(run);
  }
  return {};
}

} // namespace helpdesk::backend::table
