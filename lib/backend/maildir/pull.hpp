// One pull from a Maildir: newest first in pages, then what vanished or moved, then the cursors.
#pragma once

#include "backend/backend.hpp"
#include "backend/maildir/listing.hpp"

#include <future>
#include <string>
#include <unordered_map>
#include <vector>

namespace helpdesk::backend::maildir {

inline constexpr std::size_t k_page = 2000; // mails in a page unless told otherwise

class Puller {
 public:
  Puller(std::string account, const PullOptions& options, Sink& sink, std::size_t page_size = k_page)
      : account_(std::move(account)), options_(options), sink_(sink), page_size_(page_size) {}
  Result<void> run(const std::string& path);

 private:
  struct Visit { // a folder that changed
    Folder folder;
    Listing listing;
    bool first = false;          // never pulled to its end
    std::int64_t seen_until = 0; // files whose inode did not change since then were looked at before
    std::unordered_map<std::string, store::Placement> known;
    std::vector<store::Placement> relabelled;
    std::vector<std::string> vanished;
  };
  struct Work {
    std::size_t visit = 0;
    std::size_t entry = 0;
    Instant time{};
  };
  struct Loaded {
    const Work* work = nullptr;
    store::RawRecord record;
  };
  struct Chunk {
    std::vector<Loaded> mails;
    std::size_t next = 0; // first work item behind it
  };

  Result<void> visit(Folder folder);
  Result<void> compare(Visit& visit);
  void collect(std::size_t visit, std::vector<Work>& to);
  bool seen_before(const Visit& visit, const std::string& path) const;
  Chunk load(const std::vector<Work>& work, std::size_t from) const;
  std::future<Chunk> load_aside(const std::vector<Work>& work, std::size_t from) const;
  Result<void> pull_content(std::vector<Work> work);
  Result<void> pull_placements(const std::vector<Work>& work);
  Result<void> hand_over(Chunk& chunk, std::optional<Instant> complete_since, bool only_placements);
  Result<void> finish(const std::vector<Folder>& folders);
  store::Placement placement_of(const Visit& visit, const Entry& entry, std::string record) const;

  std::string account_;
  const PullOptions& options_;
  Sink& sink_;
  std::size_t page_size_;
  std::vector<Visit> visits_;
  bool fresh_ = true; // nothing was ever pulled: no need to ask what is there
  std::uint64_t done_ = 0, total_ = 0, bytes_ = 0;
};

} // namespace helpdesk::backend::maildir
