#include "backend/maildir/pull.hpp"

#include "backend/mail_record.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include <sys/stat.h>

namespace helpdesk::backend::maildir {

namespace {

constexpr std::uint64_t k_page_bytes = 12ULL << 20; // several pages are in memory at once
constexpr std::uint64_t k_biggest = 1ULL << 30;
// A stream of its own for the names of the folders, so that a folder that is gone is noticed. No folder has
// such a name.
constexpr std::string_view k_folders_stream = "/folders";

} // namespace

Result<void> Puller::run(const std::string& path) {
  const std::vector<Folder> folders = TRY(find_folders(path));
  if (!options_.dry_run) fresh_ = TRY(sink_.cursor(k_folders_stream)).empty();
  for (const Folder& folder : folders) TRY(visit(folder));
  std::vector<Work> content, places;
  for (std::size_t i = 0; i < visits_.size(); ++i)
    collect(i, visits_[i].folder.only_placements() ? places : content);
  total_ = content.size() + places.size();
  const auto newest_first = [](const Work& a, const Work& b) { return a.time > b.time; };
  std::stable_sort(content.begin(), content.end(), newest_first);
  TRY(pull_content(std::move(content)));
  TRY(pull_placements(places));
  if (options_.dry_run) return {};
  return finish(folders);
}

Result<void> Puller::visit(Folder folder) {
  Visit v{.folder = std::move(folder)};
  std::string cursor;
  if (!options_.dry_run) cursor = TRY(sink_.cursor(v.folder.name));
  const std::optional<FolderState> before = FolderState::parse(cursor);
  if (before && !options_.full) {
    fresh_ = false;
    const FolderState now = TRY(look(v.folder));
    if (before->settled() && now.cur_time == before->cur_time && now.new_time == before->new_time) return {};
  }
  v.listing = TRY(list(v.folder));
  if (before && !options_.full) {
    const FolderState& now = v.listing.state;
    if (before->fingerprint == now.fingerprint && before->count == now.count) {
      // The same names: only the cursor is written again, once it proves something.
      if (!now.settled() || options_.dry_run) return {};
      Page page{.stream = v.folder.name};
      page.cursor = now.text();
      return sink_.page(std::move(page));
    }
    v.seen_until = before->looked_at - 2;
  }
  v.first = !before;
  TRY(compare(v));
  visits_.push_back(std::move(v));
  return {};
}

Result<void> Puller::compare(Visit& v) {
  if (options_.dry_run) return {};
  for (store::Placement& placement : TRY(sink_.placements(v.folder.name))) {
    std::string uid = placement.uid;
    v.known.emplace(std::move(uid), std::move(placement));
  }
  if (v.known.empty()) return {};
  fresh_ = false;
  std::set<std::string_view> present;
  for (const Entry& entry : v.listing.entries) {
    const auto it = v.known.find(entry.uid);
    if (it == v.known.end()) continue;
    present.insert(entry.uid);
    store::Placement now = placement_of(v, entry, it->second.record);
    if (now.labels != it->second.labels || now.role != it->second.role)
      v.relabelled.push_back(std::move(now));
  }
  for (const auto& [uid, placement] : v.known)
    if (!present.contains(uid)) v.vanished.push_back(uid);
  std::sort(v.vanished.begin(), v.vanished.end());
  return {};
}

// Mails that are out of the account's scope are never placed; they are told from new ones by their inodes,
// which change when a file is written or moved in.
bool Puller::seen_before(const Visit& v, const std::string& path) const {
  if (v.seen_until == 0) return false;
  struct stat info{};
  return stat(path.c_str(), &info) == 0 && info.st_ctim.tv_sec < v.seen_until;
}

void Puller::collect(std::size_t index, std::vector<Work>& to) {
  const Visit& v = visits_[index];
  for (std::size_t i = 0; i < v.listing.entries.size(); ++i) {
    const Entry& entry = v.listing.entries[i];
    if (v.known.contains(entry.uid)) continue;
    const std::string path = join_path(v.folder.directory, entry.file);
    if (seen_before(v, path)) continue;
    std::optional<Instant> time = time_of_name(entry.uid);
    if (!time) {
      struct stat info{};
      if (stat(path.c_str(), &info) == 0) time = instant_of_seconds(info.st_mtim.tv_sec);
    }
    if (options_.since && time && *time < *options_.since) continue;
    to.push_back({index, i, time.value_or(Instant{})});
  }
}

store::Placement Puller::placement_of(const Visit& v, const Entry& entry, std::string record) const {
  return {.account = account_,
          .stream = v.folder.name,
          .uid = entry.uid,
          .record = std::move(record),
          .labels = entry.labels(),
          .role = v.folder.role};
}

Puller::Chunk Puller::load(const std::vector<Work>& work, std::size_t from) const {
  Chunk chunk;
  std::uint64_t bytes = 0;
  std::size_t i = from;
  for (; i < work.size() && chunk.mails.size() < page_size_ && bytes < k_page_bytes && !interrupted(); ++i) {
    const Visit& v = visits_[work[i].visit];
    const Entry& entry = v.listing.entries[work[i].entry];
    auto mail = read_file(join_path(v.folder.directory, entry.file), k_biggest);
    if (!mail) { // read, flagged or moved by someone since the listing
      const std::optional<std::string> now = find_again(v.folder, entry.uid);
      if (now) mail = read_file(join_path(v.folder.directory, *now), k_biggest);
      if (!mail) {
        if (log_enabled()) log_debug("maildir", mail.error().message);
        continue;
      }
    }
    bytes += mail->size();
    chunk.mails.push_back({&work[i], mail_record(account_, std::move(*mail), work[i].time)});
  }
  chunk.next = i;
  return chunk;
}

// Where the system gives no more threads it is read when it is asked for.
std::future<Puller::Chunk> Puller::load_aside(const std::vector<Work>& work, std::size_t from) const {
  auto read = [this, &work, from] { return load(work, from); };
  try {
    return std::async(std::launch::async, read);
  } catch (const std::system_error&) {
    return std::async(std::launch::deferred, read);
  }
}

Result<void> Puller::pull_content(std::vector<Work> work) {
  if (work.empty()) return {};
  const bool first = std::any_of(visits_.begin(), visits_.end(), [](const Visit& v) { return v.first; });
  Chunk chunk = load(work, 0);
  for (;;) {
    // The next page is read while this one is committed.
    std::future<Chunk> next;
    if (chunk.next < work.size()) next = load_aside(work, chunk.next);
    std::optional<Instant> complete_since;
    if (first && chunk.next > 0) complete_since = work[chunk.next - 1].time;
    if (complete_since && options_.since) complete_since = std::max(*complete_since, *options_.since);
    auto handed = hand_over(chunk, complete_since, false);
    if (!handed) {
      if (next.valid()) next.wait();
      return handed;
    }
    if (!next.valid()) return {};
    chunk = next.get();
    if (interrupted()) return fail(ErrorKind::interrupted, "interrupted");
  }
}

Result<void> Puller::pull_placements(const std::vector<Work>& work) {
  for (std::size_t from = 0; from < work.size();) {
    Chunk chunk = load(work, from);
    if (interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    from = chunk.next;
    TRY(hand_over(chunk, std::nullopt, true));
  }
  return {};
}

Result<void> Puller::hand_over(Chunk& chunk, std::optional<Instant> complete_since, bool only_placements) {
  std::map<std::size_t, Page> pages; // by folder
  for (Loaded& mail : chunk.mails) {
    const Visit& v = visits_[mail.work->visit];
    const Entry& entry = v.listing.entries[mail.work->entry];
    bytes_ += mail.record.bytes.size();
    const bool stored = !options_.dry_run && !fresh_ && TRY(sink_.has_record(mail.record.key));
    if (only_placements && !stored && (options_.dry_run || !TRY(sink_.has_record(mail.record.key)))) continue;
    if (!only_placements && !stored && !sink_.in_scope(header_block(mail.record.bytes))) continue;
    Page& page = pages[mail.work->visit];
    page.placements.push_back(placement_of(v, entry, mail.record.key));
    // A copy whose time only its file tells may be the earlier one: the store keeps the earliest.
    const bool tells_earlier = stored && mail.record.received != Instant{};
    if ((!stored || tells_earlier) && !only_placements) page.records.push_back(std::move(mail.record));
  }
  done_ += chunk.mails.size();
  if (!options_.dry_run) {
    std::size_t left = pages.size();
    for (auto& [index, page] : pages) {
      page.stream = visits_[index].folder.name;
      if (--left == 0) page.complete_since = complete_since;
      TRY(sink_.page(std::move(page)));
    }
  }
  if (!chunk.mails.empty())
    sink_.progress(visits_[chunk.mails.front().work->visit].folder.name, done_, total_, bytes_);
  return {};
}

// Only now, when everything that is new is in: a message that moved is never missing between two pages.
Result<void> Puller::finish(const std::vector<Folder>& folders) {
  for (Visit& v : visits_) {
    Page page{.stream = v.folder.name};
    page.placements = std::move(v.relabelled);
    page.vanished = std::move(v.vanished);
    // With --since older mails were left out, so that the folder must be looked at again.
    if (!options_.since) page.cursor = v.listing.state.text();
    if (page.placements.empty() && page.vanished.empty() && !page.cursor) continue;
    TRY(sink_.page(std::move(page)));
  }
  std::string names;
  std::set<std::string_view> present;
  for (const Folder& folder : folders) {
    names += folder.name + "\n";
    present.insert(folder.name);
  }
  const std::string before = TRY(sink_.cursor(k_folders_stream));
  if (before == names) return {};
  for (const std::string_view name : split(before, '\n'))
    if (!name.empty() && !present.contains(name))
      TRY(sink_.page(Page{.stream = std::string(name), .reset = true}));
  Page page{.stream = std::string(k_folders_stream)};
  page.cursor = names;
  return sink_.page(std::move(page));
}

} // namespace helpdesk::backend::maildir
