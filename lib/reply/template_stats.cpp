#include "reply/template_stats.hpp"

#include "metrics/history.hpp"
#include "reply/draft.hpp"
#include "reply/queue.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace helpdesk::reply {
namespace {

// sent: when the reply left.
void add_outcome(const model::Timeline& timeline, Instant sent, const TemplateStatsOptions& options,
                 TemplateStats& stats) {
  metrics::History history;
  metrics::read_history(timeline, options.now, history);
  bool asked = false;
  for (const model::TimelineEntry& entry : history.entries)
    asked =
        asked || (entry.time > sent && entry.time <= sent + options.window && metrics::is_question(entry));
  if (asked || options.now - sent >= options.window) {
    ++stats.asked_again.decided;
    stats.asked_again.happened += asked;
  }
  std::optional<Instant> closed;
  for (std::size_t index : history.solves) {
    Instant time = history.entries[index].time;
    if (time >= sent && (!closed || time < *closed)) closed = time;
  }
  if (!closed) {
    stats.to_close.add(std::max(Duration{}, options.now - sent), metrics::Outcome::waiting);
    return;
  }
  stats.to_close.add(*closed - sent, metrics::Outcome::happened);
  bool reopened = false;
  for (const metrics::Segment& segment : history.segments)
    reopened = reopened || (segment.from > *closed && segment.from <= *closed + options.window &&
                            !model::is_done(segment.status));
  if (reopened || options.now - *closed >= options.window) {
    ++stats.reopened.decided;
    stats.reopened.happened += reopened;
  }
}

} // namespace

Result<std::vector<TemplateStats>> template_stats(store::Reader& store, const TemplateStatsOptions& options) {
  std::map<std::string, std::string> template_of; // by draft
  for (const store::JournalEntry& entry : TRY(store.latest("draft"))) {
    Draft draft = TRY(draft_of(entry));
    if (!draft.forward) template_of[draft.id] = std::move(draft.template_name);
  }
  std::map<std::string, TemplateStats> by_name;
  for (const QueueItem& item : TRY(queue_items(store, true))) {
    if ((item.state != "sent" && item.state != "accepted") || item.ticket.empty() || item.draft.empty())
      continue;
    auto known = template_of.find(item.draft);
    if (known == template_of.end()) continue; // a forward is no reply
    auto message = TRY(store.message_by_message_id(item.account, item.message_id));
    Instant sent = message ? message->time : item.changed;
    if ((options.since && sent < *options.since) || (options.until && sent >= *options.until)) continue;
    TemplateStats& stats = by_name[known->second];
    ++stats.sent;
    if (!stats.last || *stats.last < sent) stats.last = sent;
    auto timeline = TRY(store.timeline(message ? message->ticket : item.ticket));
    if (!timeline || timeline->deleted) {
      ++stats.lost;
      continue;
    }
    add_outcome(*timeline, sent, options, stats);
  }
  std::vector<TemplateStats> all;
  for (auto& [name, stats] : by_name) {
    stats.name = name;
    stats.to_close.sort();
    all.push_back(std::move(stats));
  }
  return all;
}

} // namespace helpdesk::reply
