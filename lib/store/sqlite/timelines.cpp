#include "store/sqlite/topics.hpp"
#include "store/timeline_codec.hpp"

#include <algorithm>
#include <optional>

namespace helpdesk::store::sqlite {
namespace {

// The delta is folded into the segments when it holds more than this many tickets and more than a tenth of
// all.
constexpr std::int64_t k_delta_threshold = 1'000;

bool has_entry_in(const model::Timeline& t, const TimelineFilter& filter) {
  if (!filter.since && !filter.until) return true;
  return std::ranges::any_of(t.entries, [&](const auto& e) {
    return (!filter.since || e.time >= *filter.since) && (!filter.until || e.time < *filter.until);
  });
}

// Packed timelines in ascending number, segments and delta merged; an empty packed form in the delta says
// "gone".
class Merge {
 public:
  Merge(Database& db, const std::function<Result<bool>(std::int64_t, std::string_view)>& f)
      : db_(db), f_(f) {}

  Result<void> run() {
    auto segments = TRY(db_.c.statement("SELECT segment, data FROM timeline_segments ORDER BY segment"));
    delta_.emplace(TRY(db_.c.statement("SELECT number, data FROM timeline_delta ORDER BY number")));
    TRY(advance());
    while (going_ && TRY(segments.step())) {
      Result<void> inner;
      bool sound = each_in_segment(segments.integer(0), segments.text(1),
                                   [&](std::int64_t number, std::string_view packed) {
                                     inner = before(number);
                                     if (!inner || !going_) return false;
                                     if (has_delta_ && delta_->integer(0) == number)
                                       return true; // shadowed; given out by the next call of before()
                                     inner = give(number, packed);
                                     return inner && going_;
                                   });
      if (!inner) return inner;
      if (!sound) return db_.c.damaged("a segment of timelines");
    }
    while (going_ && has_delta_) {
      TRY(give(delta_->integer(0), delta_->text(1)));
      TRY(advance());
    }
    return {};
  }

 private:
  Database& db_;
  const std::function<Result<bool>(std::int64_t, std::string_view)>& f_;
  std::optional<Statement> delta_;
  bool has_delta_ = false, going_ = true;

  Result<void> advance() {
    has_delta_ = TRY(delta_->step());
    return {};
  }
  Result<void> before(std::int64_t number) {
    while (going_ && has_delta_ && delta_->integer(0) < number) {
      TRY(give(delta_->integer(0), delta_->text(1)));
      TRY(advance());
    }
    return {};
  }
  Result<void> give(std::int64_t number, std::string_view packed) {
    if (!packed.empty()) going_ = TRY(f_(number, packed));
    return {};
  }
};

Result<std::optional<std::string>> packed_of(Database& db, std::int64_t number) {
  {
    auto s = TRY(db.c.statement("SELECT data FROM timeline_delta WHERE number=?"));
    s.bind(number);
    if (TRY(s.step()))
      return s.text(0).empty() ? std::optional<std::string>() : std::optional(std::string(s.text(0)));
  }
  auto s = TRY(db.c.statement("SELECT data FROM timeline_segments WHERE segment=?"));
  s.bind(segment_of(number));
  std::optional<std::string> found;
  if (!TRY(s.step())) return found;
  bool sound = each_in_segment(segment_of(number), s.text(0), [&](std::int64_t n, std::string_view packed) {
    if (n == number) found = packed;
    return n < number;
  });
  if (!sound) return db.c.damaged("a segment of timelines");
  return found;
}

Result<void> put_packed(Database& db, std::int64_t number, std::string_view packed) {
  auto s = TRY(db.c.statement("INSERT OR REPLACE INTO timeline_delta(number, data) VALUES(?, ?)"));
  return s.bind(number, Blob{packed}).run();
}

Result<std::optional<std::int64_t>> number_of_ticket(Database& db, std::string_view key) {
  auto s = TRY(db.c.statement("SELECT coalesce(t.number, t.id) FROM tickets t JOIN ticket_keys k ON "
                              "k.id=t.id WHERE k.key=? UNION ALL "
                              "SELECT coalesce(t.number, t.id) FROM tickets t JOIN aliases a ON "
                              "a.ticket=t.id WHERE a.alias=? LIMIT 1"));
  s.bind(key, key);
  if (!TRY(s.step())) return std::optional<std::int64_t>();
  return std::optional(s.integer(0));
}

} // namespace

Result<void> timelines(Database& db, const TimelineFilter& filter, const Each<const model::Timeline&>& f) {
  auto snapshot = TRY(Snapshot::take(db));
  std::optional<model::Term> account;
  if (!filter.account.empty()) {
    auto s = TRY(db.c.statement("SELECT id FROM terms WHERE text=?"));
    s.bind(filter.account);
    if (!TRY(s.step())) return {};
    account = static_cast<model::Term>(s.integer(0));
  }
  model::Timeline t;
  auto give = [&](std::int64_t number, std::string_view packed) -> Result<bool> {
    if (!decode_timeline(packed, t)) return db.c.damaged("the timeline of #" + std::to_string(number));
    t.ticket = number;
    if ((account && t.account != *account) || !has_entry_in(t, filter)) return true;
    return f(t);
  };
  if (filter.tickets.empty()) return Merge(db, give).run();
  auto numbers = filter.tickets;
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  for (auto number : numbers)
    if (auto packed = TRY(packed_of(db, number)); packed && !TRY(give(number, *packed))) break;
  return {};
}

Result<std::optional<model::Timeline>> timeline(Database& db, std::string_view ticket_key) {
  auto snapshot = TRY(Snapshot::take(db));
  auto number = TRY(number_of_ticket(db, ticket_key));
  if (!number) return std::optional<model::Timeline>();
  auto packed = TRY(packed_of(db, *number));
  if (!packed) return std::optional<model::Timeline>();
  std::optional<model::Timeline> t(std::in_place);
  if (!decode_timeline(*packed, *t)) return db.c.damaged("the timeline of #" + std::to_string(*number));
  t->ticket = *number;
  return t;
}

Result<void> put_timeline(Database& db, std::int64_t number, const model::Timeline& t) {
  return put_packed(db, number, encode_timeline(t));
}

Result<void> put_timeline(Database& db, std::string_view ticket_key, const model::Timeline& t) {
  if (!db.recent.ticket.empty() && db.recent.ticket == ticket_key)
    return put_timeline(db, db.recent.number, t);
  auto number = TRY(number_of_ticket(db, ticket_key));
  if (!number)
    return failed("no ticket " + std::string(ticket_key) + " to put a timeline to; put the ticket first");
  return put_timeline(db, *number, t);
}

Result<void> remove_timeline(Database& db, std::int64_t number) {
  if (!TRY(packed_of(db, number))) return {};
  return put_packed(db, number, "");
}

Result<void> move_timeline(Database& db, std::int64_t from, std::int64_t to) {
  auto packed = TRY(packed_of(db, from));
  if (!packed) return {};
  TRY(put_packed(db, to, *packed));
  return put_packed(db, from, "");
}

Result<void> fold_delta(Database& db, bool even_below_threshold) {
  auto changed = TRY(db.c.integer("SELECT count(*) FROM timeline_delta"));
  if (changed == 0) return {};
  auto all = TRY(db.c.integer("SELECT count(*) FROM tickets"));
  if (!even_below_threshold && (changed <= k_delta_threshold || changed * 10 <= all)) return {};
  std::vector<std::int64_t> touched;
  {
    auto s = TRY(db.c.statement("SELECT DISTINCT number >> ? FROM timeline_delta ORDER BY 1"));
    s.bind(k_segment_bits);
    while (TRY(s.step())) touched.push_back(s.integer(0));
  }
  for (auto segment : touched) {
    std::vector<std::pair<std::int64_t, std::string>> delta;
    {
      auto s = TRY(db.c.statement(
          "SELECT number, data FROM timeline_delta WHERE number BETWEEN ? AND ? ORDER BY number"));
      s.bind(segment << k_segment_bits, ((segment + 1) << k_segment_bits) - 1);
      while (TRY(s.step())) delta.emplace_back(s.integer(0), s.text(1));
    }
    SegmentBuilder builder(segment);
    auto next = delta.begin();
    auto give_delta = [&](std::int64_t before) {
      for (; next != delta.end() && next->first < before; ++next)
        if (!next->second.empty()) builder.append(next->first, next->second);
    };
    {
      auto s = TRY(db.c.statement("SELECT data FROM timeline_segments WHERE segment=?"));
      s.bind(segment);
      if (TRY(s.step())) {
        bool sound = each_in_segment(segment, s.text(0), [&](std::int64_t number, std::string_view packed) {
          give_delta(number);
          if (next == delta.end() || next->first != number) builder.append(number, packed);
          return true;
        });
        if (!sound) return db.c.damaged("a segment of timelines");
      }
    }
    give_delta((segment + 1) << k_segment_bits);
    bool empty = builder.empty();
    auto data = builder.take();
    auto s =
        TRY(db.c.statement(empty ? "DELETE FROM timeline_segments WHERE segment=?1"
                                 : "INSERT OR REPLACE INTO timeline_segments(segment, data) VALUES(?1, ?2)"));
    if (empty)
      s.bind(segment);
    else
      s.bind(segment, Blob{data});
    TRY(s.run());
  }
  return db.c.execute("DELETE FROM timeline_delta");
}

} // namespace helpdesk::store::sqlite
