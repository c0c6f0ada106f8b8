#include "base/fold.hpp"
#include "store/memory/state.hpp"
#include "store/query_match.hpp"
#include "store/query_terms.hpp"
#include "store/snippet.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace helpdesk::store::memory {
namespace {

constexpr std::size_t k_ranked = 10'000;
constexpr std::array<double, k_columns> k_weights{4.0, 1.0, 0.5, 0.5, 1.0};

bool before(const model::Ticket& a, const model::Ticket& b, Order order) {
  auto waits = [](const model::Ticket& t) { return t.waiting_since && !t.history_only; };
  switch (order) {
  case Order::waiting:
    if (waits(a) != waits(b)) return waits(a);
    if (waits(a))
      return *a.waiting_since != *b.waiting_since ? *a.waiting_since < *b.waiting_since : a.number < b.number;
    return a.updated != b.updated ? a.updated > b.updated : a.number < b.number;
  case Order::newest: return a.created != b.created ? a.created > b.created : a.number > b.number;
  case Order::oldest: return a.created != b.created ? a.created < b.created : a.number < b.number;
  case Order::updated: return a.updated != b.updated ? a.updated > b.updated : a.number > b.number;
  case Order::number: return a.number < b.number;
  }
  return false;
}

void text_patterns(const Query& q, std::vector<std::pair<TermPattern, std::optional<Column>>>& out) {
  if (q.node == Node::negation) return;
  if (is_text_leaf(q)) out.emplace_back(pattern_of(q), column_of(q));
  for (const auto& child : q.children) text_patterns(child, out);
}

// Okapi BM25 with the weights of the SQLite index.
void rank(const Query& query, const std::vector<FoldedColumns>& all,
          std::vector<std::pair<std::size_t, double>>& found) {
  std::vector<std::pair<TermPattern, std::optional<Column>>> patterns;
  text_patterns(query, patterns);
  auto length = [](const FoldedColumns& columns) {
    double words = 0;
    for (const auto& c : columns)
      words += c.empty() ? 0 : 1 + static_cast<double>(std::ranges::count(c, ' '));
    return words;
  };
  double mean = 0;
  for (const auto& columns : all) mean += length(columns) / static_cast<double>(all.size());
  for (const auto& [pattern, only] : patterns) {
    auto weight = [&](const FoldedColumns& columns) {
      double sum = 0;
      for (std::size_t i = 0; i < k_columns; ++i)
        if (!only || static_cast<std::size_t>(*only) == i)
          sum += k_weights[i] * count_occurrences(pattern, columns[i]);
      return sum;
    };
    auto having = static_cast<double>(
        std::ranges::count_if(all, [&](const auto& columns) { return weight(columns) > 0; }));
    double rarity =
        std::max(std::log((static_cast<double>(all.size()) - having + 0.5) / (having + 0.5)), 1e-6);
    for (auto& [i, score] : found) {
      double f = weight(all[i]);
      score += rarity * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length(all[i]) / mean));
    }
  }
}

} // namespace

Result<std::vector<model::Ticket>> State::tickets(const TicketQuery& q) const {
  auto hidden = hidden_by_default(q.filter);
  std::vector<model::Ticket> out;
  for (const auto& [key, t] : tickets_by_key) {
    if ((t.spam && hidden.spam) || (t.deleted && hidden.deleted) || (!t.merged_into.empty() && hidden.merged))
      continue;
    if (matches_ticket(q.filter, t, messages_of(key), q.now)) out.push_back(t);
  }
  std::ranges::sort(out, [&](const auto& a, const auto& b) { return before(a, b, q.order); });
  out.erase(out.begin(), out.begin() + std::min<std::ptrdiff_t>(q.offset, std::ssize(out)));
  if (q.limit >= 0 && std::ssize(out) > q.limit) out.resize(static_cast<std::size_t>(q.limit));
  return out;
}

Result<std::int64_t> State::count_tickets(const TicketQuery& q) const {
  auto all = q;
  all.limit = -1, all.offset = 0;
  return std::ssize(TRY(tickets(all)));
}

Result<std::vector<SearchHit>> State::search(const Query& q, Ranking ranking, int limit, Instant now) const {
  std::vector<const model::Message*> all;
  std::vector<FoldedColumns> columns;
  std::vector<std::pair<std::size_t, double>> found;
  for (const auto& [key, m] : messages_by_key) {
    auto ticket = tickets_by_key.find(m.ticket);
    all.push_back(&m);
    columns.push_back(fold_columns(m));
    if (matches(q, ticket == tickets_by_key.end() ? model::Ticket{} : ticket->second, &m, now))
      found.emplace_back(all.size() - 1, 0.0);
  }
  auto newer = [&](std::size_t a, std::size_t b) {
    return all[a]->time != all[b]->time ? all[a]->time > all[b]->time : all[a]->key < all[b]->key;
  };
  std::ranges::sort(found, [&](const auto& a, const auto& b) { return newer(a.first, b.first); });
  if (ranking == Ranking::best) {
    if (found.size() > k_ranked) found.resize(k_ranked);
    rank(q, columns, found);
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.second > b.second; });
  }
  if (limit >= 0 && std::ssize(found) > limit) found.resize(static_cast<std::size_t>(limit));
  std::vector<SearchHit> hits;
  for (auto [i, score] : found) {
    auto& hit = hits.emplace_back(make_hit(q, *all[i]));
    hit.rank = score;
    if (auto ticket = tickets_by_key.find(all[i]->ticket); ticket != tickets_by_key.end())
      hit.number = ticket->second.number;
  }
  return hits;
}

Result<std::int64_t> State::count_messages(const Query& q, Instant now) const {
  return std::ssize(TRY(search(q, Ranking::newest, -1, now)));
}

Result<std::vector<std::pair<std::string, std::int64_t>>> State::facet(View field, View prefix,
                                                                       int limit) const {
  std::map<std::string, std::int64_t> counts;
  for (const auto& [key, t] : tickets_by_key) {
    if (t.spam || t.deleted || !t.merged_into.empty()) continue;
    if (field == "tag") {
      for (const auto& tag : t.tags) ++counts[tag];
    } else if (field == "assignee")
      ++counts[t.assignee];
    else if (field == "queue")
      ++counts[t.queue];
    else if (field == "account")
      ++counts[t.account];
    else if (field == "channel")
      ++counts[std::string(text(t.channel))];
    else if (field == "status")
      ++counts[std::string(text(t.status))];
    else
      return usage_error("no list of values for \"" + std::string(field) + "\"");
  }
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (const auto& [value, n] : counts)
    if (!value.empty() && fold_word(value).starts_with(fold_word(prefix))) out.emplace_back(value, n);
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return a.second > b.second; });
  if (limit >= 0 && std::ssize(out) > limit) out.resize(static_cast<std::size_t>(limit));
  return out;
}

} // namespace helpdesk::store::memory
