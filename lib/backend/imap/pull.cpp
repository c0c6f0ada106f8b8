#include "backend/imap/pull.hpp"

#include "base/log.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend::imap {
namespace {

constexpr std::size_t k_page = 200; // messages looked at for one page
constexpr std::int64_t k_day = 86'400;

std::int64_t day_of(Instant t) { return unix_seconds(t) / k_day; }

std::uint32_t uid_of(const std::string& text) {
  std::uint32_t uid = 0;
  std::from_chars(text.data(), text.data() + text.size(), uid);
  return uid;
}

} // namespace

Result<void> Puller::run(const std::vector<Folder>& folders, Reach reach) {
  TRY(load_byte_count());
  TRY(client_.enable_qresync());
  std::vector<Folder> chosen = to_pull(folders, settings_, client_.has("X-GM-EXT-1"));
  if (reach == Reach::news_only)
    std::erase_if(chosen,
                  [](const Folder& f) { return f.role != "inbox" && f.role != "sent" && f.role != "all"; });
  if (chosen.empty()) return failed(fmt::format("{}: no folder to pull: is there no INBOX?", client_.peer()));

  visits_.reserve(chosen.size());
  for (const Folder& folder : chosen) {
    visits_.push_back(TRY(visit(folder)));
    TRY(pull_news(visits_.back()));
  }
  for (Visit& v : visits_) TRY(commit_changes(v));

  std::vector<Visit*> content, places;
  for (Visit& v : visits_) (v.folder.only_placements() ? places : content).push_back(&v);
  const std::size_t pages = reach == Reach::news_only ? 1 : SIZE_MAX;
  // Before a send nobody waits for an unfinished first pull; a folder that was never read is another matter.
  if (reach == Reach::news_only) std::erase_if(content, [](const Visit* v) { return !v->fresh; });
  TRY(pull_backlog(std::move(content), pages));
  if (reach == Reach::everything) TRY(pull_backlog(std::move(places), pages));
  return {};
}

Result<void> Puller::reopen(const Visit& v) {
  if (open_folder_ == v.folder.name()) return {};
  open_folder_.clear();
  const net::ImapOpened opened = TRY(client_.open(v.folder.on_server, net::OpenMode::examine));
  if (opened.uidvalidity != v.opened.uidvalidity)
    return try_later(
        fmt::format("{}: folder {} was replaced during the pull", client_.peer(), v.folder.name()));
  open_folder_ = v.folder.name();
  return {};
}

Result<Puller::Visit> Puller::visit(const Folder& folder) {
  Visit v{.folder = folder};
  std::optional<FolderCursor> before;
  if (!options_.dry_run) before = parse_cursor(TRY(sink_.cursor(folder.name())));
  net::ImapKnown known;
  if (before && !options_.full) known = {before->uidvalidity, before->highestmodseq};
  open_folder_.clear();
  v.opened = TRY(client_.open(folder.on_server, net::OpenMode::examine, known));
  open_folder_ = folder.name();
  if (v.opened.uidvalidity == 0)
    return failed(fmt::format("{}: folder {} has no UIDVALIDITY: its messages cannot be followed",
                              client_.peer(), folder.name()));
  if (v.opened.uidnext == 0) { // allowed by the standard's past; the highest UID tells as much
    const net::ImapCriterion all[] = {{"ALL", std::nullopt}};
    const auto uids = TRY(client_.search(all));
    v.opened.uidnext = uids.empty() ? 1 : uids.back() + 1;
  }
  if (!before || before->uidvalidity != v.opened.uidvalidity || options_.full) {
    TRY(start_over(v, before));
  } else {
    v.cursor = *before;
    const std::int64_t since = options_.since ? unix_seconds(*options_.since) : 0;
    if (before->since != 0 && since < before->since) {
      // What an earlier --since left out is wanted now: look at everything below again; what is stored is not
      // fetched again.
      v.cursor.low = v.cursor.uidnext;
      v.cursor.since = 0;
      v.fresh = true;
    }
    TRY(find_changes(v, before->highestmodseq, before->exists, before->uidnext));
  }
  if (options_.since && v.cursor.low > 1) v.cursor.since = unix_seconds(*options_.since);
  return v;
}

Result<void> Puller::start_over(Visit& v, const std::optional<FolderCursor>& before) {
  v.fresh = true;
  v.cursor = {.uidvalidity = v.opened.uidvalidity,
              .uidnext = v.opened.uidnext,
              .low = v.opened.uidnext,
              .highestmodseq = v.opened.highestmodseq,
              .exists = v.opened.exists,
              .skipped = {}};
  if (before && before->uidvalidity != v.opened.uidvalidity) {
    // The server numbers its messages anew. They are recognised by Message-ID and size as the backlog comes
    // by, and not fetched again.
    Page page{.stream = v.folder.name()};
    page.reset = true;
    known_.erase(v.folder.name());
    return hand_over(v, std::move(page));
  }
  if (before) return find_changes(v, 0, 0, 0);
  return {};
}

// What changed or vanished among the messages that are known; committed only when all folders' news are in.
Result<void> Puller::find_changes(Visit& v, std::uint64_t known_modseq, std::uint32_t known_exists,
                                  std::uint32_t known_uidnext) {
  const bool can_tell = known_modseq != 0 && v.opened.highestmodseq != 0;
  if (can_tell && client_.qresync()) {
    v.changed = std::move(v.opened.changed);
    if (v.opened.vanished.empty()) return {};
    for (const auto& [uid, placement] : *TRY(known_in(v)))
      if (net::contains(v.opened.vanished, uid)) v.vanished.push_back(placement.uid);
    return {};
  }
  if (TRY(known_in(v))->empty()) return {};
  if (!can_tell || v.opened.highestmodseq != known_modseq) {
    std::string items = "UID FLAGS";
    if (client_.has("X-GM-EXT-1")) items += " X-GM-LABELS";
    const std::string modifier = can_tell ? fmt::format("(CHANGEDSINCE {})", known_modseq) : "";
    TRY(client_.fetch(
        "1:*", items,
        [&](net::ImapMessage&& m) -> Result<void> {
          v.changed.push_back(std::move(m.flags));
          return {};
        },
        modifier));
  }
  // Nothing came and nothing went when the counts say so: UIDNEXT only ever grows, so equal counts cannot
  // hide an exchange.
  if (can_tell && v.opened.exists == known_exists && v.opened.uidnext == known_uidnext) return {};
  const net::ImapCriterion all[] = {{"ALL", std::nullopt}};
  const std::vector<std::uint32_t> uids = TRY(client_.search(all));
  for (const auto& [uid, placement] : *TRY(known_in(v)))
    if (!std::binary_search(uids.begin(), uids.end(), uid)) v.vanished.push_back(placement.uid);
  return {};
}

Result<void> Puller::commit_changes(Visit& v) {
  if (options_.dry_run) return {};
  const std::string before = TRY(sink_.cursor(v.folder.name()));
  Page page{.stream = v.folder.name()};
  if (!v.changed.empty()) {
    const auto& known = *TRY(known_in(v));
    for (const net::ImapFlags& flags : v.changed) {
      const auto it = known.find(flags.uid);
      if (it == known.end()) continue;
      store::Placement now = placement_of(v, flags, it->second.record);
      if (now.labels != it->second.labels || now.role != it->second.role)
        page.placements.push_back(std::move(now));
    }
  }
  page.vanished = std::move(v.vanished);
  v.changed.clear();
  v.cursor.highestmodseq = v.opened.highestmodseq;
  v.cursor.exists = v.opened.exists;
  if (page.placements.empty() && page.vanished.empty() && before == to_text(v.cursor)) return {};
  known_.erase(v.folder.name());
  return hand_over(v, std::move(page));
}

Result<void> Puller::pull_news(Visit& v) {
  TRY(ask_again(v));
  if (v.opened.uidnext <= v.cursor.uidnext) return {};
  const net::ImapCriterion news[] = {{fmt::format("UID {}:*", v.cursor.uidnext), std::nullopt}};
  std::vector<std::uint32_t> uids = TRY(client_.search(news));
  // "n:*" always names the last message, even when it is older than n.
  std::erase_if(uids, [&](std::uint32_t uid) { return uid < v.cursor.uidnext; });
  for (std::size_t at = 0; at < uids.size();) {
    Page page{.stream = v.folder.name()};
    const std::size_t take = std::min(k_page, uids.size() - at);
    const std::size_t covered = TRY(look_at(v, std::span(uids).subspan(at, take), page));
    at += covered;
    v.cursor.uidnext = uids[at - 1] + 1;
    TRY(hand_over(v, std::move(page)));
    sink_.progress(v.folder.name(), at, uids.size(), client_.bytes_received());
  }
  v.cursor.uidnext = std::max(v.cursor.uidnext, v.opened.uidnext);
  return {};
}

// Messages that the server would not hand over last time.
Result<void> Puller::ask_again(Visit& v) {
  if (v.cursor.skipped.empty() || options_.dry_run) return {};
  const std::vector<std::uint32_t> uids = std::exchange(v.cursor.skipped, {});
  for (std::size_t at = 0; at < uids.size();) {
    Page page{.stream = v.folder.name()};
    at += TRY(look_at(v, std::span(uids).subspan(at), page));
    std::vector<std::uint32_t> left(uids.begin() + static_cast<std::ptrdiff_t>(at), uids.end());
    std::swap(left, v.cursor.skipped);
    v.cursor.skipped.insert(v.cursor.skipped.end(), left.begin(), left.end());
    TRY(hand_over(v, std::move(page)));
  }
  return {};
}

Result<void> Puller::plan_backlog(Visit& v) {
  v.backlog.clear();
  v.backlog_at = 0;
  if (v.cursor.low <= 1) return {};
  std::vector<net::ImapCriterion> below{{fmt::format("UID 1:{}", v.cursor.low - 1), std::nullopt}};
  // SINCE knows days in the server's zone: two days of grace, and the exact time is looked at again later.
  if (options_.since && !v.folder.only_placements())
    below.push_back({"SINCE " + net::imap_date(*options_.since - std::chrono::days(2)), std::nullopt});
  v.backlog = TRY(client_.search(below));
  std::erase_if(v.backlog, [&](std::uint32_t uid) { return uid >= v.cursor.low; });
  std::reverse(v.backlog.begin(), v.backlog.end());
  return {};
}

Result<void> Puller::pull_backlog(std::vector<Visit*> visits, std::size_t pages) {
  for (Visit* v : visits) {
    if (v->cursor.low <= 1) continue;
    TRY(reopen(*v));
    TRY(plan_backlog(*v));
  }
  for (bool more = true; more && pages > 0; --pages) {
    more = false;
    for (Visit* v : visits) {
      if (v->cursor.low <= 1) continue;
      TRY(reopen(*v));
      Page page{.stream = v->folder.name()};
      if (v->backlog_at < v->backlog.size()) {
        const std::size_t take = std::min(k_page, v->backlog.size() - v->backlog_at);
        v->backlog_at += TRY(look_at(*v, std::span(v->backlog).subspan(v->backlog_at, take), page));
        v->cursor.low = v->backlog[v->backlog_at - 1];
        v->cursor.reached = page_newest_ != 0 ? page_newest_ : v->cursor.reached;
      }
      if (v->backlog_at == v->backlog.size()) v->cursor.low = 1;
      if (!v->folder.only_placements()) page.complete_since = complete_since();
      TRY(hand_over(*v, std::move(page)));
      sink_.progress(v->folder.name(), v->backlog_at, v->backlog.size(),
                     options_.dry_run ? dry_bytes_ : client_.bytes_received());
      more = more || v->cursor.low > 1;
    }
  }
  return {};
}

// The account is complete back to the newest of the points that its folders have come down to; folders that
// are done do not hold it back, unless --since left something out. When none does it is complete since ever,
// which no INTERNALDATE can tell: a mailbox that was moved may name the day of the move for every mail.
std::optional<Instant> Puller::complete_since() const {
  std::optional<std::int64_t> limit;
  for (const Visit& v : visits_) {
    if (v.folder.only_placements()) continue;
    const FolderCursor& c = v.cursor;
    if (c.low > 1 && c.reached == 0) return std::nullopt;
    if (c.low > 1) limit = std::max(limit.value_or(c.reached), c.reached);
    if (c.since != 0) limit = std::max(limit.value_or(c.since), c.since);
  }
  return instant_of_seconds(limit.value_or(0));
}

Result<const std::map<std::uint32_t, store::Placement>*> Puller::known_in(const Visit& v) {
  const auto it = known_.find(v.folder.name());
  if (it != known_.end()) return &it->second;
  auto& known = known_[v.folder.name()];
  if (!options_.dry_run)
    for (store::Placement& p : TRY(sink_.placements(v.folder.name())))
      known.emplace(uid_of(p.uid), std::move(p));
  return &known;
}

Result<void> Puller::hand_over(Visit& v, Page&& page) {
  TRY(count_bytes());
  if (interrupted()) return fail(ErrorKind::interrupted, fmt::format("{}: interrupted", client_.peer()));
  if (options_.dry_run) return {};
  page.cursor = to_text(v.cursor);
  if (log_enabled())
    log_debug("imap", fmt::format("{}: page with {} records, {} placements, {} vanished", v.folder.name(),
                                  page.records.size(), page.placements.size(), page.vanished.size()));
  TRY(sink_.page(std::move(page)));
  if (settings_.max_bytes_per_day == 0 || bytes_.bytes < settings_.max_bytes_per_day) return {};
  const Instant tomorrow = instant_of_seconds((bytes_.day + 1) * k_day);
  return try_later(fmt::format(
      "{}: {} bytes were fetched today, the limit max_bytes_per_day is {}: go on after {}", client_.peer(),
      bytes_.bytes, settings_.max_bytes_per_day, format_rfc3339(tomorrow, Zone::utc())));
}

Result<void> Puller::load_byte_count() {
  if (settings_.max_bytes_per_day == 0) return {};
  bytes_ = parse_byte_count(TRY(sink_.cursor(k_bytes_stream)));
  if (bytes_.day != day_of(options_.now)) bytes_ = {.day = day_of(options_.now), .bytes = 0};
  if (bytes_.bytes < settings_.max_bytes_per_day) return {};
  return try_later(fmt::format("{}: the limit max_bytes_per_day of {} bytes is used up: go on after {}",
                               client_.peer(), settings_.max_bytes_per_day,
                               format_rfc3339(instant_of_seconds((bytes_.day + 1) * k_day), Zone::utc())));
}

// Before the page itself: a pull that is killed in between has received these bytes all the same.
Result<void> Puller::count_bytes() {
  if (settings_.max_bytes_per_day == 0) return {};
  const std::uint64_t received = client_.bytes_received();
  bytes_.bytes += received - std::exchange(received_before_, received);
  if (options_.dry_run) return {};
  Page page{.stream = std::string(k_bytes_stream)};
  page.cursor = to_text(bytes_);
  return sink_.page(std::move(page));
}

} // namespace helpdesk::backend::imap
