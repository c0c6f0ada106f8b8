// Segments and the delta of their numbers, handed out packed: what a thread does with them costs the database
// nothing.
#include "store/sqlite/topics.hpp"
#include "store/timeline_codec.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace helpdesk::store::sqlite {
namespace {

// In memory beside its segment; an empty packed form says "gone".
using Changes = std::vector<std::pair<std::int64_t, std::string>>;

class Batch final : public TimelineBatch {
 public:
  Batch(Connection& c, std::int64_t segment) : c_(c), segment_(segment) {}
  std::string packed; // empty: only changes
  Changes changes;

  Result<void> each(model::Timeline& timeline, const std::function<void()>& f) const override {
    std::int64_t bad = -1;
    auto give = [&](std::int64_t number, std::string_view bytes) {
      if (bytes.empty()) return true;
      timeline.ticket = number;
      if (!decode_timeline(bytes, timeline)) {
        bad = number;
        return false;
      }
      f();
      return true;
    };
    auto next = changes.begin();
    auto give_changes = [&](std::int64_t before) {
      for (; next != changes.end() && next->first < before; ++next)
        if (!give(next->first, next->second)) return false;
      return true;
    };
    bool sound =
        packed.empty() || each_in_segment(segment_, packed, [&](std::int64_t number, std::string_view bytes) {
          if (!give_changes(number)) return false;
          return (next != changes.end() && next->first == number) || give(number, bytes);
        });
    if (sound && bad < 0) give_changes((segment_ + 1) << k_segment_bits);
    if (bad >= 0) return c_.damaged("the timeline of #" + std::to_string(bad));
    if (!sound) return c_.damaged("a segment of timelines");
    return {};
  }

 private:
  Connection& c_;
  std::int64_t segment_;
};

class Cursor final : public TimelineCursor {
 public:
  Cursor(Database& db, Snapshot snapshot, Statement segments, Statement delta)
      : db_(db), snapshot_(std::move(snapshot)), segments_(std::move(segments)), delta_(std::move(delta)) {}

  Result<void> begin() {
    TRY(step_segments());
    return step_delta();
  }

  Result<std::unique_ptr<TimelineBatch>> next() override {
    std::optional<std::int64_t> segment;
    if (has_segment_) segment = segments_.integer(0);
    if (has_delta_) {
      auto changed = segment_of(delta_.integer(0));
      segment = segment ? std::min(*segment, changed) : changed;
    }
    if (!segment) return std::unique_ptr<TimelineBatch>();
    auto batch = std::make_unique<Batch>(db_.c, *segment);
    if (has_segment_ && segments_.integer(0) == *segment) {
      batch->packed = segments_.text(1);
      TRY(step_segments());
    }
    while (has_delta_ && segment_of(delta_.integer(0)) == *segment) {
      batch->changes.emplace_back(delta_.integer(0), delta_.text(1));
      TRY(step_delta());
    }
    return std::unique_ptr<TimelineBatch>(std::move(batch));
  }

 private:
  Database& db_;
  Snapshot snapshot_;
  Statement segments_, delta_;
  bool has_segment_ = false, has_delta_ = false;

  Result<void> step_segments() {
    has_segment_ = TRY(segments_.step());
    return {};
  }
  Result<void> step_delta() {
    has_delta_ = TRY(delta_.step());
    return {};
  }
};

} // namespace

Result<std::unique_ptr<TimelineCursor>> timeline_batches(Database& db) {
  auto snapshot = TRY(Snapshot::take(db));
  auto segments = TRY(db.c.statement("SELECT segment, data FROM timeline_segments ORDER BY segment"));
  auto delta = TRY(db.c.statement("SELECT number, data FROM timeline_delta ORDER BY number"));
  auto cursor = std::make_unique<Cursor>(db, std::move(snapshot), std::move(segments), std::move(delta));
  TRY(cursor->begin());
  return std::unique_ptr<TimelineCursor>(std::move(cursor));
}

} // namespace helpdesk::store::sqlite
