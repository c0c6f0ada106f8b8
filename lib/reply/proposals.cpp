#include "reply/proposals.hpp"

#include "base/fold.hpp"
#include "base/text.hpp"
#include "metrics/history.hpp"
#include "model/timeline.hpp"
#include "reply/draft.hpp"
#include "reply/queue.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

constexpr int k_hits = 40, k_queue_steps = 500;
constexpr std::size_t k_past = 12, k_most = 5, k_least_words = 5;
constexpr double k_same_text = 0.6; // of a template's words stand in the reply
constexpr double k_body_word = 0.1, k_body_at_most = 1;
constexpr double k_tag = 3, k_past_all = 6, k_word = 1, k_words_at_most = 3, k_other_language = -2;

// A ticket like this one that was closed after our reply and never opened again.
struct Past {
  std::int64_t number = 0;
  std::string subject, template_name; // of the queue's own replies; empty: told by the text
  std::set<std::string> words;        // of the reply
  double weight = 0;                  // 0…1: how alike the questions are
};

std::set<std::string> folded_words(std::string_view text) {
  std::set<std::string> words;
  for (const FoldedToken& token : fold_tokens(text))
    if (token.text.size() > 3) words.insert(token.text);
  return words;
}

// What a template says itself: without its tags.
std::set<std::string> own_words(const TemplateFile& file) {
  std::string text;
  for (std::size_t at = 0; at < file.body.size();) {
    std::size_t open = std::min(file.body.find("{{", at), file.body.find("{%", at));
    text += file.body.substr(at, open - at) + " ";
    if (open == std::string::npos) break;
    std::size_t close = file.body.find(file.body[open + 1] == '{' ? "}}" : "%}", open);
    if (close == std::string::npos) break;
    at = close + 2;
  }
  return folded_words(text);
}

double share_in(const std::set<std::string>& words, const std::set<std::string>& text) {
  if (words.size() < k_least_words) return 0;
  auto there =
      std::count_if(words.begin(), words.end(), [&](const auto& word) { return text.contains(word); });
  return static_cast<double>(there) / static_cast<double>(words.size());
}

// The time at which it was closed for good; nullopt while it is not, or when it was opened again.
Result<std::optional<Instant>> closed_for_good(store::Reader& store, const std::string& key, Instant now) {
  auto timeline = TRY(store.timeline(key));
  if (!timeline || timeline->deleted || timeline->spam) return std::optional<Instant>();
  metrics::History history;
  metrics::read_history(*timeline, now, history);
  if (!model::is_done(history.status) || history.reopens > 0 || history.solves.empty())
    return std::optional<Instant>();
  return std::optional<Instant>(history.entries[history.solves.front()].time);
}

// Templates of replies that left lately, by the ticket's key.
Result<std::map<std::string, std::string>> sent_templates(store::Reader& store) {
  std::map<std::string, std::string> by_ticket;
  store::JournalQuery query;
  query.kinds = {"queue"};
  query.newest_first = true;
  query.limit = k_queue_steps;
  std::set<std::string> seen;
  for (const store::JournalEntry& entry : TRY(store.journal(query))) {
    if (!seen.insert(entry.subject).second) continue; // an earlier step of the same mail
    auto item = queue_item_of(entry);
    if (!item || (item->state != "sent" && item->state != "accepted") || item->draft.empty()) continue;
    auto draft = TRY(find_draft(store, item->draft));
    if (draft && !draft->forward && !draft->template_name.empty())
      by_ticket.try_emplace(item->ticket, draft->template_name);
  }
  return by_ticket;
}

store::Query any_of(const std::vector<std::string>& words) {
  store::Query any;
  any.node = store::Node::any;
  for (const std::string& word : words) {
    store::Query leaf;
    leaf.node = store::Node::word;
    leaf.text = word;
    any.children.push_back(std::move(leaf));
  }
  return any;
}

Result<std::vector<Past>> past_replies(store::Reader& store, const ProposalQuestion& question) {
  std::vector<Past> all;
  if (question.rare.empty()) return all;
  auto hits = TRY(store.search(any_of(question.rare), store::Ranking::best, k_hits, question.now));
  double best = 0;
  for (const store::SearchHit& hit : hits)
    if (hit.ticket != question.ticket.key) best = std::max(best, hit.rank);
  if (best <= 0) return all;
  auto templates = TRY(sent_templates(store));
  std::set<std::string> seen{question.ticket.key};
  for (const store::SearchHit& hit : hits) {
    if (all.size() >= k_past || !seen.insert(hit.ticket).second) continue;
    auto closed = TRY(closed_for_good(store, hit.ticket, question.now));
    if (!closed) continue;
    auto messages = TRY(store.messages(hit.ticket));
    const model::Message* reply = nullptr;
    for (const model::Message& m : messages)
      if (m.direction == model::Direction::out && m.visibility == model::Visibility::public_ &&
          m.automation == model::Automation::none && m.time <= *closed)
        reply = &m;
    if (!reply) continue;
    Past past{hit.number, hit.subject, "", {}, hit.rank / best};
    if (auto known = templates.find(hit.ticket); known != templates.end()) past.template_name = known->second;
    past.words = folded_words(reply->stripped.empty() ? reply->text : reply->stripped);
    all.push_back(std::move(past));
  }
  return all;
}

bool fits_channel(const FrontMatter& front, model::Channel channel) {
  return front.channels.empty() || std::find(front.channels.begin(), front.channels.end(),
                                             model::text(channel)) != front.channels.end();
}

struct Why {
  std::string text;
  void add(std::string_view reason) { text += (text.empty() ? "" : "; ") + std::string(reason); }
};

// The variants of one template.
using Variants = std::vector<const TemplateFile*>;

void add_tags(const Variants& variants, const ProposalQuestion& q, Proposal& proposal, Why& why) {
  for (const std::string& tag : variants.front()->front.tags)
    if (std::find(q.ticket.tags.begin(), q.ticket.tags.end(), tag) != q.ticket.tags.end()) {
      proposal.score += k_tag;
      why.add("tag " + tag);
    }
}

// Words of the customer in the template's name, title and tags.
void add_words(const Variants& variants, const ProposalQuestion& q, Proposal& proposal, Why& why) {
  std::set<std::string> about = folded_words(variants.front()->name);
  for (const TemplateFile* file : variants)
    for (const std::string& word : folded_words(file->title)) about.insert(word);
  for (const std::string& tag : variants.front()->front.tags)
    for (const std::string& word : folded_words(tag)) about.insert(word);
  double got = 0;
  std::string shown;
  for (const std::string& word : q.words) {
    if (got >= k_words_at_most || !about.contains(fold_word(word))) continue;
    got += k_word;
    shown += (shown.empty() ? "" : ", ") + fmt::format("\"{}\"", word);
  }
  proposal.score += got;
  if (!shown.empty()) why.add("the customer writes " + shown);
  if (proposal.score <= 0) return;
  // Between two of equal right the one that speaks of the customer's matter.
  std::set<std::string> said;
  for (const TemplateFile* file : variants) said.merge(own_words(*file));
  double shared = 0;
  for (const std::string& word : q.words) shared += said.contains(fold_word(word)) ? k_body_word : 0;
  proposal.score += std::min(shared, k_body_at_most);
}

void add_past(const Variants& variants, const std::vector<Past>& past, Proposal& proposal, Why& why) {
  double got = 0, all = 0;
  const Past* best = nullptr;
  double best_part = 0;
  int count = 0;
  std::vector<std::set<std::string>> own;
  if (!past.empty())
    for (const TemplateFile* file : variants) own.push_back(own_words(*file));
  for (const Past& one : past) {
    all += one.weight;
    double alike = one.template_name == variants.front()->name ? 1.0 : 0.0;
    if (one.template_name.empty())
      for (const std::set<std::string>& words : own)
        if (double share = share_in(words, one.words); share >= k_same_text) alike = std::max(alike, share);
    if (alike == 0) continue;
    ++count;
    got += alike * one.weight;
    if (alike * one.weight > best_part) {
      best_part = alike * one.weight;
      best = &one;
    }
  }
  if (!best) return;
  // Half for how many of the similar tickets it closed, half for how similar the most similar one is.
  proposal.score += k_past_all * 0.5 * (got / all + best_part);
  std::string others = count > 1 ? fmt::format(" and {} more", count - 1) : "";
  why.add(fmt::format("closed #{} \"{}\"{}, which stayed closed", best->number,
                      ellipsize(collapse_spaces(best->subject), 40), others));
}

} // namespace

Result<std::vector<Proposal>> propose_templates(store::Reader& store, const std::vector<TemplateFile>& files,
                                                const ProposalQuestion& question) {
  std::vector<Proposal> proposals;
  std::vector<Past> past = TRY(past_replies(store, question));
  for (std::size_t begin = 0, end = 0; begin < files.size(); begin = end) {
    Variants variants;
    for (end = begin; end < files.size() && files[end].name == files[begin].name; ++end)
      if (files[end].defect.empty()) variants.push_back(&files[end]);
    if (variants.empty() || variants.front()->is_block()) continue;
    if (!fits_channel(variants.front()->front, question.ticket.channel)) continue;
    auto chosen = choose_template(files, variants.front()->name, question.language, question.fallbacks);
    if (!chosen) continue;
    Proposal proposal{chosen->name, chosen->language, chosen->title, 0, ""};
    Why why;
    add_tags(variants, question, proposal, why);
    add_past(variants, past, proposal, why);
    add_words(variants, question, proposal, why);
    if (proposal.score <= 0) continue;
    if (!chosen->language.empty() && !same_language(chosen->language, question.language)) {
      proposal.score += k_other_language;
      why.add(fmt::format("only in {}, not in {}", chosen->language, question.language));
    } else if (!chosen->language.empty()) {
      why.add("in " + chosen->language);
    }
    proposal.why = std::move(why.text);
    if (proposal.score > 0) proposals.push_back(std::move(proposal));
  }
  std::stable_sort(proposals.begin(), proposals.end(),
                   [](const Proposal& a, const Proposal& b) { return a.score > b.score; });
  if (proposals.size() > k_most) proposals.resize(k_most);
  return proposals;
}

} // namespace helpdesk::reply
