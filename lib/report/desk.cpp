#include "report/desk.hpp"

#include "base/threads.hpp"

#include <algorithm>
#include <atomic>

namespace helpdesk::report {
namespace {

constexpr Duration k_stale = std::chrono::hours(24);

} // namespace

Result<Desk> Desk::open(store::Reader& store, Instant now, const Zone& zone,
                        std::vector<std::string> accounts, std::vector<std::string> warnings) {
  Desk desk(store, now, zone);
  desk.accounts_ = std::move(accounts);
  bool complete = true;
  for (const std::string& name : TRY(store.accounts())) {
    if (!desk.includes(name)) continue;
    store::AccountState state = TRY(store.account_state(name));
    if (state.last_success) {
      desk.known_until_[name] = std::min(now, *state.last_success);
      if (now - *state.last_success > k_stale)
        desk.warnings_.push_back(name + ": last pulled " + format_relative(*state.last_success, now, zone) +
                                 "; what came in since is not counted" +
                                 (state.last_error.empty() ? "" : " (" + state.last_error + ")"));
    }
    if (!state.complete_since)
      complete = false;
    else
      desk.complete_since_ =
          std::max(desk.complete_since_.value_or(*state.complete_since), *state.complete_since);
  }
  if (!complete) desk.complete_since_.reset();
  // Complete since ever: since the first message.
  if (desk.complete_since_ == Instant{}) desk.complete_since_ = TRY(store.info()).oldest;
  desk.warnings_.insert(desk.warnings_.end(), warnings.begin(), warnings.end());
  return desk;
}

bool Desk::includes(std::string_view account) const {
  return accounts_.empty() || std::find(accounts_.begin(), accounts_.end(), account) != accounts_.end();
}

std::string Desk::unlocked_text(model::Term term) const {
  return term == 0 ? std::string() : store_->term_text(term).value_or("");
}

std::string Desk::text(model::Term term) const {
  std::lock_guard lock(*reading_);
  return unlocked_text(term);
}

Instant Desk::known_until(model::Term account) const {
  std::lock_guard lock(*reading_);
  auto [it, is_new] = known_by_term_.try_emplace(account, now_);
  if (is_new)
    if (auto known = known_until_.find(unlocked_text(account)); known != known_until_.end())
      it->second = known->second;
  return it->second;
}

Result<void> Desk::each_timeline(const std::function<Result<void>(const model::Timeline&)>& f) const {
  Result<void> result;
  std::map<model::Term, bool> wanted;
  TRY(store_->timelines({}, [&](const model::Timeline& timeline) {
    auto [it, is_new] = wanted.try_emplace(timeline.account, true);
    if (is_new && !accounts_.empty()) it->second = includes(text(timeline.account));
    if (it->second) result = f(timeline);
    return result.has_value();
  }));
  return result;
}

namespace {

// One thread's share: takes batches until there are none, or somebody failed.
class Taker {
 public:
  Taker(store::TimelineCursor& cursor, std::mutex& reading, std::atomic<bool>& stop)
      : cursor_(cursor), reading_(reading), stop_(stop) {}
  Result<void> run(const std::function<void(const model::Timeline&)>& f) {
    model::Timeline timeline;
    while (!stop_) {
      std::unique_ptr<store::TimelineBatch> batch;
      {
        std::lock_guard lock(reading_);
        batch = TRY(cursor_.next());
      }
      if (!batch) return {};
      TRY(batch->each(timeline, [&] { f(timeline); }));
    }
    return {};
  }

 private:
  store::TimelineCursor& cursor_;
  std::mutex& reading_;
  std::atomic<bool>& stop_;
};

} // namespace

Result<void>
Desk::each_timeline(std::size_t threads,
                    const std::function<void(std::size_t thread, const model::Timeline&)>& f) const {
  auto cursor = TRY(store_->timeline_batches());
  threads = std::max<std::size_t>(threads, 1);
  std::atomic<bool> stop = false;
  std::vector<Result<void>> results(threads);
  auto work = [&](std::size_t thread) {
    std::map<model::Term, bool> wanted;
    Taker taker(*cursor, *reading_, stop);
    results[thread] = taker.run([&](const model::Timeline& timeline) {
      auto [it, is_new] = wanted.try_emplace(timeline.account, true);
      if (is_new && !accounts_.empty()) it->second = includes(text(timeline.account));
      if (it->second) f(thread, timeline);
    });
    if (!results[thread]) stop = true;
  };
  in_parallel(threads, work);
  for (Result<void>& result : results)
    if (!result) return std::move(result);
  return {};
}

render::Document Desk::document(std::string kind, std::string title) const {
  render::Document document;
  document.kind = std::move(kind);
  document.title = std::move(title);
  document.as_of = now_;
  document.now = now_;
  document.zone = zone_;
  document.warnings = warnings_;
  return document;
}

std::string Desk::account_filter() const {
  std::string filter;
  for (const std::string& name : accounts_)
    filter += (filter.empty() ? "(account:\"" : " or account:\"") + name + "\"";
  return filter.empty() ? "" : filter + ")";
}

} // namespace helpdesk::report
