#include "sync/thread.hpp"

#include "base/text.hpp"
#include "language/subject.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace helpdesk::sync {
namespace {

// Union-find over names (Message-IDs and thread roots).
class Groups {
 public:
  std::size_t node(std::string_view name) {
    auto [it, fresh] = index_.try_emplace(std::string(name), parent_.size());
    if (fresh) parent_.push_back(it->second);
    return it->second;
  }
  std::size_t find(std::size_t n) {
    while (parent_[n] != n) n = parent_[n] = parent_[parent_[n]];
    return n;
  }
  void unite(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }
  bool known(std::string_view name) const { return index_.contains(std::string(name)); }

 private:
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::size_t> parent_;
};

// Hostile mail lists a million references; the root and the nearest ancestors decide.
constexpr std::size_t k_nearest_references = 100;
// Marks the subject_key of a reply that refers to nothing: the few that thread by subject are found without
// reading the others.
constexpr std::string_view k_orphan_prefix = "re:";

struct Links {
  std::string root;
  std::vector<std::string_view> ids;
};

// A reference list that runs through a split message counts only from there on; a split message counts alone.
Links links_of(const model::Message& message, const JournalEdges& edges) {
  Links links;
  if (edges.splits.contains(remote_id(message.key))) {
    links.root = remote_id(message.key);
    return links;
  }
  std::vector<std::string_view> all(message.references.begin(), message.references.end());
  if (!message.in_reply_to.empty() && std::find(all.begin(), all.end(), message.in_reply_to) == all.end())
    all.push_back(message.in_reply_to);
  std::size_t from = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (edges.splits.contains(all[i])) from = i;
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(from));
  links.root = std::string(all.empty() ? remote_id(message.key) : all.front());
  if (all.size() > k_nearest_references + 1) all.erase(all.begin() + 1, all.end() - k_nearest_references);
  links.ids = std::move(all);
  return links;
}

bool earlier(const model::Message& a, const model::Message& b) {
  return a.time != b.time ? a.time < b.time : a.key < b.key;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (const std::string& x : a)
    if (std::binary_search(b.begin(), b.end(), x)) return true;
  return false;
}

} // namespace

std::string_view remote_id(std::string_view message_key) {
  std::size_t mark = message_key.find(":message:");
  return mark == std::string_view::npos ? message_key : message_key.substr(mark + 9);
}

std::string thread_root(const model::Message& message) { return links_of(message, {}).root; }

std::string ticket_key(const Policy& policy, std::string_view root) {
  return policy.account + ":ticket:" + std::string(root);
}

std::string_view root_of_key(std::string_view key) {
  std::size_t mark = key.find(":ticket:");
  return mark == std::string_view::npos ? key : key.substr(mark + 8);
}

std::vector<std::string> outside_participants(const model::Message& message, const Policy& policy) {
  std::vector<std::string> found;
  auto add = [&](const model::Contact& contact) {
    if (contact.address.find('@') != std::string::npos && !is_ours(policy, contact.address))
      found.push_back(ascii_lower(contact.address));
  };
  add(message.author);
  for (const auto* list : {&message.to, &message.cc, &message.reply_to})
    for (const model::Contact& contact : *list) add(contact);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool wants_subject_thread(const model::Message& message, const JournalEdges& edges) {
  return message.subject_key.starts_with(k_orphan_prefix) && !edges.splits.contains(remote_id(message.key));
}

std::string subject_key_of(const model::Message& message) {
  std::string key = helpdesk::subject_key(message.subject);
  if (key.size() < 4) return {}; // "hi", "?" join strangers
  bool orphan = message.references.empty() && message.in_reply_to.empty() &&
                message.automation != model::Automation::campaign &&
                helpdesk::is_reply_subject(message.subject);
  return orphan ? std::string(k_orphan_prefix) + key : key;
}

std::string_view plain_subject_key(std::string_view key) {
  return key.starts_with(k_orphan_prefix) ? key.substr(k_orphan_prefix.size()) : key;
}

std::vector<Component> thread(const std::vector<const model::Message*>& heads, const Policy& policy,
                              const JournalEdges& edges,
                              const std::function<std::string(const model::Message&)>& token_root) {
  Groups groups;
  std::vector<std::size_t> order(heads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return earlier((*heads[a]), (*heads[b])); });

  std::vector<Links> links(heads.size());
  std::vector<std::size_t> node(heads.size());
  for (std::size_t i : order) {
    const model::Message& m = (*heads[i]);
    links[i] = links_of(m, edges);
    node[i] = groups.node(remote_id(m.key));
    groups.unite(node[i], groups.node(links[i].root));
    if (!m.message_id.empty()) groups.unite(node[i], groups.node(m.message_id));
    for (std::string_view id : links[i].ids) groups.unite(node[i], groups.node(id));
  }
  for (std::size_t i : order) {
    const model::Message& m = (*heads[i]);
    if (edges.splits.contains(remote_id(m.key))) continue;
    if (m.direction == model::Direction::in)
      if (std::string root = token_root(m); !root.empty()) groups.unite(node[i], groups.node(root));
  }
  // Subject threading: candidates by subject, in time order.
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_subject;
  for (std::size_t i : order)
    if (!(*heads[i]).subject_key.empty()) by_subject[plain_subject_key((*heads[i]).subject_key)].push_back(i);
  for (std::size_t i : order) {
    const model::Message& m = (*heads[i]);
    if (!wants_subject_thread(m, edges)) continue;
    const std::vector<std::size_t>& candidates = by_subject[plain_subject_key(m.subject_key)];
    std::vector<std::string> people = outside_participants(m, policy);
    auto self = std::find(candidates.begin(), candidates.end(), i);
    for (auto it = self; it != candidates.begin();) {
      const model::Message& earlier_one = (*heads[*--it]);
      if (m.time - earlier_one.time > policy.subject_window) break;
      if (earlier_one.automation == model::Automation::campaign) continue;
      if (!share_one(people, outside_participants(earlier_one, policy))) continue;
      groups.unite(node[i], node[*it]);
      break;
    }
  }

  // Components before merges, each with the root of its earliest message.
  std::map<std::size_t, Component> components;
  std::vector<std::size_t> first_seen;
  for (std::size_t i : order) {
    std::size_t group = groups.find(node[i]);
    auto [it, fresh] = components.try_emplace(group);
    if (fresh) {
      it->second.root = links[i].root;
      first_seen.push_back(group);
    }
    it->second.messages.push_back(i);
    it->second.aliases.push_back(links[i].root);
  }
  std::unordered_map<std::string, std::size_t> group_of_root;
  for (auto& [group, component] : components) {
    std::sort(component.aliases.begin(), component.aliases.end());
    component.aliases.erase(std::unique(component.aliases.begin(), component.aliases.end()),
                            component.aliases.end());
    for (const std::string& root : component.aliases) group_of_root.emplace(root, group);
  }
  // Merges by hand: from joins into, whose root stays; chains follow, circles are ignored.
  auto owner = [&](std::size_t group) {
    while (components.at(group).messages.empty() && !components.at(group).merged_roots.empty()) {
      auto next = group_of_root.find(components.at(group).merged_roots.front());
      if (next == group_of_root.end() || next->second == group) break;
      group = next->second;
    }
    return group;
  };
  for (const auto& [from, into] : edges.merges) {
    auto a = group_of_root.find(from), b = group_of_root.find(into);
    if (a == group_of_root.end() || b == group_of_root.end()) continue;
    std::size_t source = owner(a->second), target = owner(b->second);
    if (source == target) continue;
    Component& giver = components.at(source);
    Component& taker = components.at(target);
    taker.messages.insert(taker.messages.end(), giver.messages.begin(), giver.messages.end());
    taker.merged_roots.push_back(giver.root);
    taker.merged_roots.insert(taker.merged_roots.end(), giver.merged_roots.begin(), giver.merged_roots.end());
    taker.aliases.insert(taker.aliases.end(), giver.aliases.begin(), giver.aliases.end());
    for (const std::string& root : giver.aliases) group_of_root[root] = target;
    giver.messages.clear();
    giver.merged_roots = {taker.root};
  }
  std::vector<Component> result;
  for (std::size_t group : first_seen) {
    Component& component = components.at(group);
    if (component.messages.empty()) continue;
    std::sort(component.messages.begin(), component.messages.end(),
              [&](std::size_t a, std::size_t b) { return earlier((*heads[a]), (*heads[b])); });
    std::sort(component.aliases.begin(), component.aliases.end());
    std::sort(component.merged_roots.begin(), component.merged_roots.end());
    component.merged_roots.erase(std::unique(component.merged_roots.begin(), component.merged_roots.end()),
                                 component.merged_roots.end());
    std::erase_if(component.aliases, [&](const std::string& alias) {
      return alias == component.root ||
             std::binary_search(component.merged_roots.begin(), component.merged_roots.end(), alias);
    });
    result.push_back(std::move(component));
  }
  return result;
}

} // namespace helpdesk::sync
