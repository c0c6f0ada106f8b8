#include "backend/table/event_log/rows.hpp"

namespace helpdesk::backend::table::event_log {
namespace {

constexpr std::size_t k_longest_id = 500; // as examine
// Logs whose rows hardly repeat gain nothing here, and would keep every row's words.
constexpr std::size_t k_many_kinds = 20'000, k_rows_a_kind = 4;

} // namespace

// All that decides the row's kind, as it stands there.
void RowTaker::sign(const LogSource& source, const Splitter& split) {
  signature_.clear();
  auto number = [&](std::size_t n) {
    for (; n >= 0x80; n >>= 7) signature_ += static_cast<char>(n | 0x80);
    signature_ += static_cast<char>(n);
  };
  number(source.number << 1 | static_cast<std::size_t>(split.is_latin()));
  for (auto [first, last] : source.runs) {
    std::string_view text = split.raw(first, last);
    number(text.size());
    signature_ += text;
  }
}

void RowTaker::say_who(EventRow& row) {
  std::string_view who = row_.get(Field::actor);
  if (who.empty()) who = row_.get(Field::author);
  if (!who.empty()) {
    row.actor = actors_.of(who, [&](std::string_view text) { return term_(address_of(text)); });
  } else if (std::string_view name = row_.get(Field::author_name); !name.empty()) {
    row.actor = term_(name);
    row.actor_is_name = true;
  }
  if (std::string_view asks = row_.get(Field::requester); !asks.empty())
    row.requester = requesters_.of(asks, [&](std::string_view text) { return term_(address_of(text)); });
}

RowTaker::Use RowTaker::look_at(const LogSource& source, const Splitter& split, EventRow& row,
                                std::string_view& id) {
  row.place = source.before + split.offset();
  const bool is_whole = row_.values.size() == source.columns.count();
  id = row_.get(Field::ticket);
  auto time = times_.read(row_.get(Field::time));
  bool is_good = is_whole && !id.empty() && id.size() <= k_longest_id && time;
  if (is_good) {
    sign(source, split);
    row.kind =
        codes_.of(signature_, [&](std::string_view text) { return kinds_.add(text, row_, row.place); });
    is_good = row.kind != Kinds::k_no_use;
  }
  if (!is_good) {
    Counts seen;
    auto why = examine(row_, seen);
    if (why) return Use::odd;
    seen.unknown.clear();
    ++seen.bad;
    counts.add(seen);
    if (bad.size() < k_shown_bad)
      bad.push_back({row.place, &source, source.before + split.block().offset, split.lines_before(),
                     why.error().message});
    return Use::bad;
  }
  row.time = time->time;
  count_time(*time, counts);
  if (rows_of_kind.size() <= row.kind) rows_of_kind.resize(row.kind + 1);
  ++rows_of_kind[row.kind];
  row.identity = identity_of(row_);
  say_who(row);
  return Use::good;
}

Result<bool> RowTaker::take(const LogSource& source, const Block& block) {
  Splitter split(source.delimiter, source.is_latin);
  split.start(block);
  row_.part = plan_.part;
  row_.columns = &source.columns;
  for (;;) {
    Splitter::Found found = split.next(row_.values);
    if (found == Splitter::Found::odd) return false;
    if (found == Splitter::Found::end) break;
    ++counts.rows;
    EventRow row;
    std::string_view id;
    Use use = look_at(source, split, row, id);
    if (use == Use::odd) return false;
    if (use == Use::good) TRY(shelves.add(id, row));
  }
  lines.push_back({source.before + block.offset, split.line_ends()});
  return codes_.size() < k_many_kinds || codes_.size() < counts.rows / k_rows_a_kind;
}

} // namespace helpdesk::backend::table::event_log
