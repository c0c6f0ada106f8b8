// Every test of this folder runs against each implementation of the store.
#pragma once

#include "store/store.hpp"

#include <filesystem>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace helpdesk::store::test {

// The value of a Result, or a failed test.
template <class T> T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A directory that goes away with the test.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    auto pattern = (std::filesystem::temp_directory_path() / "helpdesk-store-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

enum class Kind { sqlite, memory };

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_ = make();

  std::unique_ptr<Store> make(const std::string& name = "store") {
    return GetParam() == Kind::memory
               ? open_memory_store()
               : must(open_sqlite_store(directory_.path() + "/" + name, Access::write));
  }
  template <class F> void write(F f, Durability durability = Durability::refetchable) {
    auto tx = must(store_->begin(durability));
    f(*tx);
    must(tx->commit());
  }
  Query query(std::string_view text) const { return must(parse_query(text, now_, Zone::utc())); }
  std::vector<std::string> found(std::string_view text, Ranking ranking = Ranking::newest, int limit = -1) {
    std::vector<std::string> keys;
    for (const auto& hit : must(store_->search(query(text), ranking, limit, now_)))
      keys.push_back(hit.message.substr(hit.message.rfind(':') + 1));
    return keys;
  }
  std::vector<std::string> listed(std::string_view text, Order order = Order::number) {
    std::vector<std::string> keys;
    for (const auto& t : must(store_->tickets({.filter = query(text), .order = order, .now = now_})))
      keys.push_back(t.key.substr(t.key.rfind(':') + 1));
    return keys;
  }
  Instant now_ = instant_of_seconds(1'767'600'000);
};

inline model::Message mail(std::string id, std::string ticket, std::int64_t second, std::string subject,
                           std::string text) {
  model::Message m;
  m.key = "shop:message:" + id;
  m.ticket = "shop:ticket:" + ticket;
  m.message_id = id;
  m.time = instant_of_seconds(second);
  m.subject = subject;
  m.subject_key = subject;
  m.text = m.stripped = std::move(text);
  m.author = {"Anna Berg", "anna@example.org"};
  m.to = {{"Support", "help@shop.example"}};
  return m;
}

inline model::Ticket ticket(std::string id, std::int64_t second) {
  model::Ticket t;
  t.key = "shop:ticket:" + id;
  t.account = "shop";
  t.subject = "about " + id;
  t.created = t.updated = instant_of_seconds(second);
  return t;
}

} // namespace helpdesk::store::test
