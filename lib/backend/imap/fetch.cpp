// Looking at messages: headers first, then the bodies of those that are wanted.
#include "backend/imap/listed.hpp"
#include "backend/imap/pull.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "json/json.hpp"
#include "mime/mail.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::backend::imap {
namespace {

constexpr std::uint64_t k_batch_bytes = 4ULL << 20; // bodies asked for at once
constexpr std::uint64_t k_page_bytes = 16ULL << 20; // bodies in one page
constexpr std::size_t k_skipped_limit = 1000;

// What decides whether the conversation is the desk's, and what it is about.
constexpr std::string_view k_scope_fields =
    "FROM SENDER REPLY-TO TO CC BCC DELIVERED-TO X-DELIVERED-TO X-ORIGINAL-TO ENVELOPE-TO X-ENVELOPE-TO "
    "X-FORWARDED-TO "
    "X-ORIGINAL-FROM X-ORIGINAL-SENDER RESENT-FROM RESENT-TO RETURN-PATH LIST-ID SUBJECT DATE MESSAGE-ID "
    "IN-REPLY-TO REFERENCES";

} // namespace

struct Puller::Wanted {
  std::uint32_t uid = 0;
  std::uint64_t size = 0;
  Instant received{};
  net::ImapFlags flags;
  std::string gmail_thread;
  std::string known_record; // stored already: only its place is new
};

store::Placement Puller::placement_of(const Visit& v, const net::ImapFlags& flags, std::string record) const {
  store::Placement p{.account = settings_.account,
                     .stream = v.folder.name(),
                     .uid = std::to_string(flags.uid),
                     .record = std::move(record),
                     .labels = flags.flags,
                     .role = v.folder.role};
  if (v.folder.role == "all") {
    // Gmail's folders are labels: they tell what another server tells by the folder.
    const auto labelled = [&](std::string_view label) {
      return std::find(flags.gmail_labels.begin(), flags.gmail_labels.end(), label) !=
             flags.gmail_labels.end();
    };
    if (labelled("\\Sent"))
      p.role = "sent";
    else if (labelled("\\Inbox"))
      p.role = "inbox";
    else
      p.role = "archive";
    p.labels.insert(p.labels.end(), flags.gmail_labels.begin(), flags.gmail_labels.end());
  }
  std::sort(p.labels.begin(), p.labels.end());
  p.labels.erase(std::unique(p.labels.begin(), p.labels.end()), p.labels.end());
  return p;
}

struct Puller::Headers {
  std::vector<Wanted> wanted;                // in the order asked for
  std::map<std::uint32_t, Instant> received; // of all that answered, wanted or not
};

Result<bool> Puller::is_wanted(Visit& v, Wanted& w, const std::string& header) {
  const bool only_placements = v.folder.only_placements();
  if (v.folder.role == "all" && std::find(w.flags.gmail_labels.begin(), w.flags.gmail_labels.end(),
                                          "\\Draft") != w.flags.gmail_labels.end())
    return false;
  if (options_.since && w.received != Instant{} && w.received < *options_.since && !only_placements)
    return false;
  // Only when everything is read again can a message have a place already.
  if (v.fresh) {
    const auto& known = *TRY(known_in(v));
    if (const auto here = known.find(w.uid); here != known.end()) {
      w.known_record = here->second.record;
      return true;
    }
  }
  if (!only_placements) {
    const auto [decided, is_new] = v.in_scope.try_emplace(w.uid, false);
    if (is_new) decided->second = sink_.in_scope(header);
    if (!decided->second) return false;
  }
  if (!options_.dry_run) {
    const std::string message_id = mime::parse_headers(header).message_id;
    // A message that was taken apart is stored smaller than it is on the server.
    if (!message_id.empty())
      w.known_record = TRY(sink_.record_of_message_id(message_id, w.size > k_big_bytes ? 0 : w.size));
  }
  return !only_placements || !w.known_record.empty();
}

Result<Puller::Headers> Puller::fetch_headers(Visit& v, std::span<const std::uint32_t> uids) {
  const std::string items = fmt::format("UID FLAGS INTERNALDATE RFC822.SIZE{} BODY.PEEK[HEADER.FIELDS ({})]",
                                        client_.has("X-GM-EXT-1") ? " X-GM-MSGID X-GM-THRID X-GM-LABELS" : "",
                                        v.folder.only_placements() ? "MESSAGE-ID" : k_scope_fields);
  std::map<std::uint32_t, std::pair<Wanted, std::string>> found;
  TRY(client_.fetch(net::uid_set({uids.begin(), uids.end()}), items,
                    [&](net::ImapMessage&& m) -> Result<void> {
                      const net::ImapValue* header = m.response.item("BODY[HEADER");
                      if (!header) return {};
                      Wanted w{.uid = m.uid,
                               .size = m.size,
                               .received = m.received.value_or(Instant{}),
                               .flags = std::move(m.flags),
                               .gmail_thread = std::move(m.gmail_thread),
                               .known_record = ""};
                      found.insert_or_assign(m.uid, std::pair(std::move(w), header->text));
                      return {};
                    }));
  Headers headers;
  for (const std::uint32_t uid : uids) { // a page must cover a prefix of what was asked for
    const auto it = found.find(uid);
    if (it == found.end()) continue; // vanished since the search
    auto& [w, header] = it->second;
    headers.received[uid] = w.received;
    if (TRY(is_wanted(v, w, header))) headers.wanted.push_back(std::move(w));
  }
  return headers;
}

Result<std::size_t> Puller::look_at(Visit& v, std::span<const std::uint32_t> uids, Page& page) {
  auto [wanted, received] = TRY(fetch_headers(v, uids));
  std::size_t covered = uids.size();
  std::uint64_t budget = k_page_bytes;
  if (settings_.max_bytes_per_day != 0)
    budget =
        std::min(budget, settings_.max_bytes_per_day - std::min(bytes_.bytes, settings_.max_bytes_per_day));
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].known_record.empty()) continue;
    if (options_.dry_run) dry_bytes_ += wanted[i].size;
    bytes += std::min(wanted[i].size, k_big_bytes);
    if (bytes <= budget || i == 0 || options_.dry_run) continue;
    // Full: the rest comes with the next page, which asks for its headers again.
    covered = static_cast<std::size_t>(std::find(uids.begin(), uids.end(), wanted[i].uid) - uids.begin());
    wanted.resize(i);
    break;
  }
  if (covered == uids.size()) v.in_scope.clear();
  if (!options_.dry_run) TRY(fetch_bodies(v, wanted, page));
  page_newest_ = 0;
  for (const std::uint32_t uid : uids.first(covered)) {
    const auto it = received.find(uid);
    if (it == received.end() || it->second == Instant{}) continue;
    page_newest_ = std::max(page_newest_, unix_seconds(it->second));
  }
  return covered;
}

void Puller::add_record(const Visit& v, const Wanted& w, std::string bytes, bool listed, Page& page) {
  store::RawRecord record{.account = settings_.account,
                          .key = sha256_hex(bytes),
                          .version = "",
                          .format = "mail",
                          .bytes = std::move(bytes),
                          .received = w.received,
                          .hint = "",
                          .defect = ""};
  json::Value hint = json::Value::object();
  if (!w.gmail_thread.empty()) hint.set("gmail_thread", w.gmail_thread);
  if (listed) hint.set("listed", true).set("size", w.size);
  if (hint.size() > 0) record.hint = json::dump(hint);
  page.placements.push_back(placement_of(v, w.flags, record.key));
  page.records.push_back(std::move(record));
}

Result<void> Puller::fetch_bodies(Visit& v, const std::vector<Wanted>& wanted, Page& page) {
  std::set<std::uint32_t> missing;
  std::map<std::uint32_t, const Wanted*> by_uid;
  std::vector<std::uint32_t> batch;
  std::uint64_t batch_bytes = 0;
  const auto fetch_batch = [&]() -> Result<void> {
    if (batch.empty()) return {};
    auto fetched =
        client_.fetch(net::uid_set(batch), "UID BODY.PEEK[]", [&](net::ImapMessage&& m) -> Result<void> {
          net::ImapValue* body = m.response.item("BODY[]");
          if (!body || !body->is_text() || missing.erase(m.uid) == 0) return {};
          add_record(v, *by_uid.at(m.uid), std::move(body->text), false, page);
          return {};
        });
    // Some servers say NO when one of many could not be read, and hand over the others.
    if (!fetched && !client_.usable()) return fetched;
    batch.clear();
    batch_bytes = 0;
    return {};
  };
  for (const Wanted& w : wanted) {
    if (!w.known_record.empty()) {
      page.placements.push_back(placement_of(v, w.flags, w.known_record));
      page.sightings.push_back({.record = w.known_record, .received = w.received});
      continue;
    }
    by_uid[w.uid] = &w;
    missing.insert(w.uid);
    if (w.size > k_big_bytes) {
      bool listed = false;
      auto bytes = TRY(fetch_big(v, w, listed));
      if (bytes && missing.erase(w.uid)) add_record(v, w, std::move(*bytes), listed, page);
      continue;
    }
    if (batch_bytes + w.size > k_batch_bytes) TRY(fetch_batch());
    batch.push_back(w.uid);
    batch_bytes += w.size;
  }
  TRY(fetch_batch());
  if (missing.empty()) return {};
  // Gone meanwhile is fine. What is still there was not handed over: asked for again by the next pull, and
  // never forgotten.
  const net::ImapCriterion still[] = {
      {"UID " + net::uid_set({missing.begin(), missing.end()}), std::nullopt}};
  for (const std::uint32_t uid : TRY(client_.search(still)))
    if (missing.contains(uid) && v.cursor.skipped.size() < k_skipped_limit) v.cursor.skipped.push_back(uid);
  log_debug("imap",
            fmt::format("{}: {} messages vanished or were not handed over", v.folder.name(), missing.size()));
  return {};
}

Result<std::optional<std::string>> Puller::fetch_big(Visit& v, const Wanted& w, bool& listed) {
  auto mail = fetch_listed(client_, w.uid, w.size);
  if (!mail) {
    if (!client_.usable()) return Failure(std::move(mail).error());
    log_debug("imap", fmt::format("{}: a big message was not handed over", v.folder.name()));
    return std::optional<std::string>();
  }
  listed = mail->listed;
  if (mail->bytes.empty()) return std::optional<std::string>();
  return std::optional(std::move(mail->bytes));
}

} // namespace helpdesk::backend::imap
