// What every report starts from: the store, the time it speaks of, and what is known to be wrong with the
// data.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "model/timeline.hpp"
#include "render/document.hpp"
#include "store/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace helpdesk::report {

// Owns nothing of the store. One thread, but for what each_timeline with several threads calls: text,
// known_until.
class Desk {
 public:
  // accounts: empty for all. warnings: of those who know more than the store (quiet accounts, unknown
  // outgoing mail).
  static Result<Desk> open(store::Reader& store, Instant now, const Zone& zone,
                           std::vector<std::string> accounts, std::vector<std::string> warnings);

  store::Reader& store() const { return *store_; }
  Instant now() const { return now_; }
  const Zone& zone() const { return zone_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  // How far back the data of all accounts is complete; empty when a pull has not said so.
  const std::optional<Instant>& complete_since() const { return complete_since_; }

  // Every timeline of the accounts. Errors of f end it.
  Result<void> each_timeline(const std::function<Result<void>(const model::Timeline&)>& f) const;
  // The same in several threads; f gets the number of its own, below threads. Nothing is promised of who gets
  // what.
  Result<void> each_timeline(std::size_t threads,
                             const std::function<void(std::size_t thread, const model::Timeline&)>& f) const;
  // Until when an account's data is known, at most now: waiting longer than that has not been seen.
  Instant known_until(model::Term account) const;
  bool includes(std::string_view account) const;
  // A document with its head filled in.
  render::Document document(std::string kind, std::string title) const;
  // `field:value` of the search language for the accounts; empty for all.
  std::string account_filter() const;
  std::string text(model::Term term) const; // empty when it cannot be read

 private:
  Desk(store::Reader& store, Instant now, Zone zone) : store_(&store), now_(now), zone_(std::move(zone)) {}
  store::Reader* store_;
  Instant now_;
  Zone zone_;
  std::vector<std::string> accounts_;
  std::vector<std::string> warnings_;
  std::optional<Instant> complete_since_;
  std::map<std::string, Instant, std::less<>> known_until_;
  mutable std::map<model::Term, Instant> known_by_term_;
  std::unique_ptr<std::mutex> reading_ = std::make_unique<std::mutex>(); // one call of the store at a time
  std::string unlocked_text(model::Term term) const;
};

} // namespace helpdesk::report
