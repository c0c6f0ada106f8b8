// A store's stand-in for backends: keeps what pages bring, answers what a store would.
#pragma once

#include "backend/backend.hpp"
#include "mime/mail.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace helpdesk::test {

class TestSink : public backend::Sink {
 public:
  Result<void> page(backend::Page&& page) override {
    if (fail_after == 0) return fail(ErrorKind::interrupted, "the test stops here");
    if (fail_after > 0) --fail_after;
    ++pages;
    if (page.reset) {
      ++resets;
      std::erase_if(placements_, [&](const auto& p) { return p.first.first == page.stream; });
    }
    for (store::RawRecord& r : page.records) {
      ++records_received;
      order.push_back(r.key);
      by_message_id_[mime::parse_headers(r.bytes).message_id].push_back(r.key);
      records.insert_or_assign(r.key, std::move(r));
    }
    for (const std::string& uid : page.vanished) placements_.erase({page.stream, uid});
    for (store::Placement& p : page.placements) {
      if (!records.contains(p.record))
        return failed("a placement of a record that is not stored: " + p.record);
      if (p.stream != page.stream) return failed("a placement in another stream than its page");
      placements_.insert_or_assign({p.stream, p.uid}, std::move(p));
    }
    for (const std::string& key : page.withdrawn) {
      records.erase(key);
      std::erase_if(placements_, [&](const auto& p) { return p.second.record == key; });
    }
    if (page.cursor) cursors[page.stream] = *page.cursor;
    if (page.complete_since) complete_since = page.complete_since;
    return {};
  }
  Result<std::string> cursor(std::string_view stream) override {
    const auto it = cursors.find(stream);
    return it == cursors.end() ? "" : it->second;
  }
  Result<bool> has_record(std::string_view key) override { return records.contains(std::string(key)); }
  Result<std::optional<store::RawRecord>> record(std::string_view key) override {
    auto it = records.find(std::string(key));
    return it == records.end() ? std::nullopt : std::optional(it->second);
  }
  Result<std::string> record_of_message_id(std::string_view message_id, std::uint64_t size) override {
    const auto it = by_message_id_.find(message_id);
    if (it != by_message_id_.end())
      for (const std::string& key : it->second)
        if (size == 0 || records.at(key).bytes.size() == size) return key;
    return "";
  }
  Result<std::vector<store::Placement>> placements(std::string_view stream) override {
    std::vector<store::Placement> found;
    for (const auto& [where, p] : placements_)
      if (where.first == stream) found.push_back(p);
    return found;
  }
  bool in_scope(std::string_view header_block) override {
    ++asked;
    return !scope || scope(header_block);
  }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t bytes_so_far) override {
    bytes = bytes_so_far;
  }

  // Everything that a digest would see, as text: records, and for each the roles and labels of its places.
  std::string digest() const {
    std::map<std::string, std::string> lines;
    for (const auto& [key, r] : records)
      lines[key] = key + " " + std::to_string(micros(r.received)) + " " + r.hint;
    for (const auto& [where, p] : placements_) {
      lines[p.record] += " | " + p.role + " " + where.first;
      for (const std::string& label : p.labels) lines[p.record] += " " + label;
    }
    std::string text;
    for (const auto& [key, line] : lines) text += line + "\n";
    return text;
  }
  std::vector<std::string> roles_of(const std::string& record) const {
    std::vector<std::string> roles;
    for (const auto& [where, p] : placements_)
      if (p.record == record) roles.push_back(p.role);
    return roles;
  }
  std::string record_with(std::string_view text) const { // the key of the one record that holds text
    std::string found;
    for (const auto& [key, r] : records)
      if (r.bytes.find(text) != std::string::npos) found = found.empty() ? key : "more than one";
    return found;
  }

  std::map<std::string, store::RawRecord> records;
  std::map<std::string, std::string, std::less<>> cursors;
  std::vector<std::string> order; // record keys as they came
  std::optional<Instant> complete_since;
  std::function<bool(std::string_view)> scope;
  int pages = 0, resets = 0, asked = 0, records_received = 0, fail_after = -1;
  std::uint64_t bytes = 0;

  const std::map<std::pair<std::string, std::string>, store::Placement>& all_placements() const {
    return placements_;
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> by_message_id_;
  std::map<std::pair<std::string, std::string>, store::Placement> placements_;
};

} // namespace helpdesk::test
