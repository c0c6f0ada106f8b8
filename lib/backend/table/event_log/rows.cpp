#include "backend/table/event_log/rows.hpp"

#include "backend/table/record.hpp"

#include <cstring>

namespace helpdesk::backend::table::event_log {
namespace {

constexpr std::size_t k_longest_id = 500; // as examine
// Logs whose rows hardly repeat gain nothing here, and would keep every row's words.
constexpr std::size_t k_many_kinds = 20'000, k_rows_a_kind = 4;

} // namespace

void RowTaker::ask(const LogSource& source) {
  auto where = [&](Field field) {
    const std::string& name = plan_.part->column(field);
    if (name.starts_with('=')) return Asked{-1, std::string_view(name).substr(1)};
    return Asked{source.columns.of(field), {}};
  };
  ticket_ = where(Field::ticket);
  time_ = where(Field::time);
  id_ = where(Field::id);
  actor_ = where(Field::actor);
  author_ = where(Field::author);
  author_name_ = where(Field::author_name);
  requester_ = where(Field::requester);
  runs_.resize(source.runs.size());
}

// The same for rows of one kind only.
void RowTaker::sign(const LogSource& source, const Splitter& split) {
  signature_.clear();
  auto number = [&](std::size_t n) {
    for (; n >= 0x80; n >>= 7) signature_ += static_cast<char>(n | 0x80);
    signature_ += static_cast<char>(n);
  };
  number(source.number << 1 | static_cast<std::size_t>(split.is_latin()));
  for (std::string_view text : runs_) {
    number(text.size());
    signature_ += text;
  }
}

std::uint32_t RowTaker::kind_of(const LogSource& source, const Splitter& split, std::uint64_t place) {
  // What decides the row's kind, as it stands there.
  const std::uint64_t seed = source.number << 1 | static_cast<std::uint64_t>(split.is_latin());
  std::uint64_t hash = seed;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    runs_[i] = split.raw(source.runs[i].first, source.runs[i].second);
    hash = hash_text(runs_[i], hash);
  }
  KnownKind& known = known_kinds_[hash >> (64 - k_known_bits)];
  bool is_known = known.seed == seed + 1;
  const char* text = known.runs.data();
  for (std::size_t i = 0; is_known && i < runs_.size(); ++i) {
    const std::size_t size = static_cast<unsigned char>(*text++);
    is_known = same_text({text, size}, runs_[i]);
    text += size;
  }
  if (is_known) return known.kind;
  sign(source, split);
  const std::uint32_t kind =
      codes_.of(signature_, [&](std::string_view sign) { return kinds_.add(sign, row_, place); });
  std::size_t size = runs_.size();
  for (std::string_view run : runs_) size += run.size();
  if (size > KnownKind::k_room) return kind;
  char* to = known.runs.data();
  for (std::string_view run : runs_) {
    *to++ = static_cast<char>(run.size());
    to += run.copy(to, run.size());
  }
  known.seed = seed + 1;
  return known.kind = kind;
}

void RowTaker::say_who(Waiting& row) {
  row.actor = get(actor_);
  if (row.actor.empty()) row.actor = get(author_);
  if (!row.actor.empty()) {
    row.hash = hash_text(row.actor);
    actors_.expect(row.hash);
  } else if (std::string_view name = get(author_name_); !name.empty()) {
    row.row.actor = term_(name);
    row.row.actor_is_name = true;
  }
  if (std::string_view asks = get(requester_); !asks.empty())
    row.row.requester = requesters_.of(asks, [&](std::string_view text) { return term_(address_of(text)); });
}

Result<void> RowTaker::put_on_shelves() {
  for (Waiting& row : waiting_) {
    if (!row.actor.empty())
      row.row.actor =
          actors_.of(row.actor, row.hash, [&](std::string_view text) { return term_(address_of(text)); });
    TRY(shelves.add(row.id, row.row));
  }
  waiting_.clear();
  return {};
}

RowTaker::Use RowTaker::look_at(const LogSource& source, const Splitter& split, Waiting& waiting) {
  EventRow& row = waiting.row;
  row.place = source.before + split.offset();
  const bool is_whole = row_.values.size() == source.columns.count();
  const std::string_view id = waiting.id = get(ticket_);
  const std::string_view text = get(time_);
  ReadTime time;
  bool has_time = true;
  if (auto known = times_.on_same_day(text))
    time.time = *known;
  else if (auto read = times_.read(text))
    time = *read;
  else
    has_time = false;
  bool is_good = is_whole && !id.empty() && id.size() <= k_longest_id && has_time;
  if (is_good) {
    row.kind = kind_of(source, split, row.place);
    is_good = row.kind != Kinds::k_no_use;
  }
  if (!is_good) return look_at_bad(source, split, row.place);
  if (!Shelves::can_hold(row)) return Use::odd;
  row.time = time.time;
  count_time(time, counts);
  if (rows_of_kind.size() <= row.kind) rows_of_kind.resize(row.kind + 1);
  ++rows_of_kind[row.kind];
  row.identity = has_ids_ ? mix(start_, get(id_)) : identity_of(row_, start_);
  say_who(waiting);
  return Use::good;
}

Result<void> RowTaker::keep_text(std::string_view id) {
  std::uint32_t size = 0;
  packed_.assign(sizeof size, '\0');
  packed_ += 'R';
  pack_cells(row_.values, packed_);
  size = static_cast<std::uint32_t>(packed_.size() - sizeof size);
  std::memcpy(packed_.data(), &size, sizeof size);
  return texts.add(Shelves::shelf_of(id), packed_);
}

RowTaker::Use RowTaker::look_at_bad(const LogSource& source, const Splitter& split, std::uint64_t place) {
  Counts seen;
  auto why = examine(row_, seen);
  if (why) return Use::odd;
  seen.unknown.clear();
  ++seen.bad;
  counts.add(seen);
  if (bad.size() < k_shown_bad || plan_.keeps_records)
    bad.push_back({place, &source, source.before + split.block().offset, split.lines_before(),
                   why.error().message, plan_.keeps_records ? pack_cells(row_.values) : std::string()});
  return Use::bad;
}

Result<bool> RowTaker::take(const LogSource& source, const Block& block) {
  Splitter split(source.delimiter, source.is_latin);
  split.start(block);
  row_.part = plan_.part;
  row_.columns = &source.columns;
  ask(source);
  for (;;) {
    Splitter::Found found = split.next(row_.values);
    if (found == Splitter::Found::odd) return false;
    if (found == Splitter::Found::end) break;
    ++counts.rows;
    Use use = look_at(source, split, waiting_.emplace_back());
    if (use == Use::odd) return false;
    if (use == Use::bad) {
      waiting_.pop_back();
      continue;
    }
    if (plan_.keeps_records) TRY(keep_text(waiting_.back().id));
    if (waiting_.size() == k_waiting || split.is_converted()) TRY(put_on_shelves());
  }
  TRY(put_on_shelves());
  lines.push_back({source.before + block.offset, split.line_ends(), split.row_end()});
  // What such a row says is taken back when the file goes on in it.
  if (plan_.keeps_records && source.is_plain && !split.row_end().is_terminated) return false;
  return codes_.size() < k_many_kinds || codes_.size() < counts.rows / k_rows_a_kind;
}

} // namespace helpdesk::backend::table::event_log
