// A log of events read the fast way says what a pull of the same files puts into a store: on logs made up by
// chance, with the odd things that people's exports hold.
#include "backend/event_log.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "sync/ingest.hpp"
#include "sync/log_load.hpp"
#include "sync/log_reader.hpp"
#include "sync/log_timeline.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk::sync {
namespace {

using TermText = std::function<std::string(model::Term)>;

std::string describe(const model::TimelineEntry& e, const TermText& text) {
  std::string line = std::to_string(micros(e.time));
  auto add = [&](auto value) { line += " " + std::to_string(static_cast<int>(value)); };
  add(e.entry), add(e.direction), add(e.visibility), add(e.author_role), add(e.automation),
      add(e.needs_reply);
  add(e.delivery), add(e.kind), add(e.source), add(e.local), add(e.number);
  const bool is_status = e.entry == model::EntryKind::event && e.kind == model::EventKind::status;
  for (model::Term term : {e.from, e.to}) line += "|" + (is_status ? std::to_string(term) : text(term));
  return line + "|" + text(e.field) + "|" + text(e.actor);
}

std::string describe(const model::Timeline& t, const TermText& text) {
  std::string line;
  for (model::Term term : {t.account, t.requester, t.assignee, t.queue, t.language, t.organisation})
    line += text(term) + "|";
  for (auto word : {model::text(t.channel), model::text(t.status), model::text(t.priority)})
    line += std::string(word) + "|";
  for (bool flag : {t.spam, t.deleted, t.merged, t.history_only}) line += flag ? "1" : "0";
  for (model::Term tag : t.tags) line += " #" + text(tag);
  for (const model::FieldValue& field : t.fields) line += " " + text(field.field) + "=" + text(field.value);
  for (const model::TimelineEntry& e : t.entries) line += "\n  " + describe(e, text);
  return line;
}

// What a reading says: each timeline, and what is told of the rows.
struct Said {
  std::vector<std::string> timelines, remarks, bad;
  std::uint64_t bad_count = 0;
  std::string digest, dump, cursor; // of a store
  bool operator==(const Said&) const = default;
};

std::vector<std::string> remarks_of(const std::string& cursor) {
  std::vector<std::string> texts;
  auto remarks =
      backend::find_kind("table")->remarks([&](std::string_view) -> Result<std::string> { return cursor; });
  if (!remarks) return {remarks.error().message};
  for (const backend::Remark& remark : *remarks) texts.push_back(remark.text);
  return texts;
}

class StoreSink final : public backend::Sink {
 public:
  StoreSink(Ingest& ingest, Said& said) : ingest_(ingest), said_(said) {}
  Result<void> page(backend::Page&& page) override {
    if (page.cursor) cursor_text = *page.cursor;
    for (const store::RawRecord& record : page.records) {
      if (record.format != "table-bad") continue;
      ++said_.bad_count;
      if (said_.bad.size() < 3) said_.bad.push_back(record.hint);
    }
    return ingest_.page(std::move(page));
  }
  Result<std::string> cursor(std::string_view) override { return std::string(); }
  Result<bool> has_record(std::string_view) override { return false; }
  Result<std::optional<store::RawRecord>> record(std::string_view) override {
    return std::optional<store::RawRecord>();
  }
  Result<std::string> record_of_message_id(std::string_view, std::uint64_t) override { return std::string(); }
  Result<std::vector<store::Placement>> placements(std::string_view) override {
    return std::vector<store::Placement>();
  }
  bool in_scope(std::string_view) override { return true; }
  void progress(std::string_view, std::uint64_t, std::uint64_t, std::uint64_t) override {}

  std::string cursor_text;

 private:
  Ingest& ingest_;
  Said& said_;
};

class EventLogs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-log-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    settings_.account = policy_.account = "log";
    settings_.kind = policy_.kind = "table";
    settings_.values = {
        {"path", (folder_ / "*.csv").string()}, {"rows", "event"},        {"max_bad", "100%"},
        {"columns.ticket", "ticket"},           {"columns.time", "time"}, {"columns.event", "event"}};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, std::string_view text) {
    ASSERT_TRUE(write_file_atomically((folder_ / name).string(), text));
  }

  Said pulled() {
    policy_.backend_sends_status = backend::find_kind("table")->sends_status(settings_);
    Said said;
    std::unique_ptr<store::Store> stored = store::open_memory_store();
    Ingest ingest(*stored, settings_, policy_, store::Durability::refetchable);
    StoreSink sink(ingest, said);
    auto backend = backend::find_kind("table")->open(settings_, {});
    EXPECT_TRUE(backend) << backend.error().message;
    auto done = (*backend)->pull({.now = instant_of_seconds(1769000000)}, sink);
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_TRUE(stored->timelines({}, [&](const model::Timeline& t) {
      said.timelines.push_back(describe(t, [&](model::Term term) { return *stored->term_text(term); }));
      return true;
    }));
    std::sort(said.timelines.begin(), said.timelines.end());
    said.remarks = remarks_of(sink.cursor_text);
    said.cursor = sink.cursor_text;
    take_digest(*stored, said);
    return said;
  }

  static void take_digest(store::Store& stored, Said& said) {
    auto report = stored.verify([&](std::string_view line) { (said.dump += line) += "\n"; });
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->problems.empty()) << report->problems.front();
    said.digest = report->digest;
  }

  // As a first pull puts it where it can.
  std::optional<Said> loaded(store::Store& stored) {
    auto load = load_log(stored, settings_, policy_);
    EXPECT_TRUE(load) << load.error().message;
    if (!load || !*load) return std::nullopt;
    Said said;
    said.cursor = (*load)->page.cursor.value_or("none");
    Ingest ingest(stored, settings_, policy_, store::Durability::refetchable);
    auto done = ingest.page(std::move((*load)->page));
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_TRUE(stored.compact_timelines());
    take_digest(stored, said);
    return said;
  }

  // nullopt: not a log for the fast way.
  std::optional<Said> read_fast(std::size_t threads, std::size_t block, std::size_t memory,
                                std::optional<Instant> unnamed_until = std::nullopt) {
    policy_.backend_sends_status = backend::find_kind("table")->sends_status(settings_);
    std::mutex mutex;
    std::map<std::string, model::Term, std::less<>> codes{{"", 0}};
    std::vector<std::string> texts{""};
    backend::EventLogReading reading;
    reading.threads = threads;
    reading.block = block;
    reading.memory = memory;
    reading.unnamed_until = unnamed_until;
    reading.term = [&](std::string_view text) {
      std::lock_guard lock(mutex);
      auto [found, is_new] = codes.try_emplace(std::string(text), static_cast<model::Term>(texts.size()));
      if (is_new) texts.emplace_back(text);
      return found->second;
    };
    Said said;
    model::Term account = reading.term(policy_.account);
    reading.take = [&](std::size_t, backend::LoggedTicket& ticket) {
      derive_logged(ticket, policy_, account);
      std::lock_guard lock(mutex);
      said.timelines.push_back(describe(ticket.head, [&](model::Term term) { return texts.at(term); }));
    };
    auto summary = backend::find_kind("table")->read_events(settings_, reading);
    EXPECT_TRUE(summary) << summary.error().message;
    if (!summary || !*summary) return std::nullopt;
    std::sort(said.timelines.begin(), said.timelines.end());
    said.remarks = remarks_of((*summary)->cursor);
    said.bad_count = (*summary)->bad;
    said.bad = (*summary)->first_bad;
    return said;
  }

  std::unique_ptr<store::Store> open_on_disk(unsigned seed) const {
    auto stored =
        store::open_sqlite_store((folder_ / ("store" + std::to_string(seed))).string(), store::Access::write);
    EXPECT_TRUE(stored) << stored.error().message;
    return std::move(*stored);
  }

  std::filesystem::path folder_;
  backend::Settings settings_;
  Policy policy_;
};

// Without the names of the log's events, and with the times between which it all lies.
std::string without_names(const std::string& timeline) {
  std::string out, first, last, line;
  for (std::size_t at = 0; at < timeline.size(); at += line.size() + 3) {
    const std::size_t end = timeline.find("\n  1", at); // of an entry, whose texts may hold line ends
    line = timeline.substr(at, end - at);
    const bool is_name = line.find("|event|") != line.npos && line.find(" 7 ") != line.npos;
    if (!is_name) out += line + "\n";
    if (at == 0) continue;
    last = line.substr(0, line.find(' '));
    if (first.empty()) first = last;
  }
  return out + first + " - " + last;
}

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string of(const std::vector<std::string>& list) { return list[below(list.size())]; }

 private:
  std::mt19937 random_;
};

// A cell as one export or another writes it.
std::string cell(Chance& chance, const std::string& value) {
  const bool needs = value.find_first_of(",\"\n\r") != value.npos;
  if (!needs && !chance.one_in(9)) return chance.one_in(30) ? " " + value + " " : value;
  return "\"" + replace_all(value, "\"", "\"\"") + "\"";
}

// With seconds it is read the quick way; two days, and what looks like one.
std::string time_of_day(Chance& chance) {
  std::string time = (chance.one_in(5) ? "2026-03-28 0" : "2026-03-29 0") + std::to_string(chance.below(4)) +
                     ":3" + std::to_string(chance.below(3));
  if (chance.one_in(3)) return time;
  time += chance.one_in(20) ? ":60" : ":0" + std::to_string(chance.below(3));
  if (chance.one_in(2)) time[10] = 'T';
  if (chance.one_in(2)) time += 'Z';
  if (chance.one_in(40)) time[12] = 'x';
  return time;
}

struct Column {
  std::string field;
  std::vector<std::string> values;
};

const std::vector<Column> k_columns = {
    {"status", {"", "", "new", "Open", "pending", "Resolved", "closed", "Parked", "spam", "deleted", "?"}},
    {"priority", {"", "low", "2 - High", "urgent", "whatever", ""}},
    {"role", {"customer", "agent", "bot", "system", "", "admin"}},
    {"channel", {"email", "chat", "Telephone", "", "pigeon"}},
    {"queue", {"", "billing", "shipping", "Ä, \"B\""}},
    {"assignee", {"", "ida", "Kari@Shop.Example", "ole"}},
    {"tags", {"", "a;b", "[x, 'y']", ";", "b|a|b"}},
    {"language", {"", "en", "nb"}},
    {"merged_into", {"", "", "", "", "", "7"}},
    {"from", {"", "low", "ida", "billing"}},
    {"to", {"", "high", "ole", "95", "1:35", "12 min", "solved", "Shipping"}},
    {"actor", {"", "ida", "Ann@Example.ORG", "bot 7", "customer,\nwith \"quotes\""}},
    {"author", {"", "zoe", "Ann@Example.ORG"}},
    {"author_name", {"", "Zoe Z", "Ida"}},
    {"requester", {"", "", "ann@EXAMPLE.org", "per"}},
    {"id", {"e1", "e2", "e3", "e4", "e5", "e6", "e7", "", "e9"}},
};
const std::vector<std::string> k_events = {"created",        "question", "reply", "note",  "solved",
                                           "Take in charge", "to queue", "work",  "moved", "weg",
                                           "restore",        "two",      "zzz"};

TEST_F(EventLogs, TellFilesApartWhoseColumnsStandElsewhere) {
  settings_.values["columns.queue"] = "queue";
  settings_.values["columns.assignee"] = "assignee";
  write("a.csv", "ticket,time,event,queue,assignee\nT1,2026-03-29 01:00:00,hello,ida,ole\n");
  write("b.csv", "ticket,time,event,assignee,queue\nT2,2026-03-29 01:00:00,hello,ida,ole\n");
  std::optional<Said> quick = read_fast(1, 2 << 20, 64 << 20);
  ASSERT_TRUE(quick);
  EXPECT_EQ(pulled().timelines, quick->timelines);
}

TEST_F(EventLogs, SayWhatAPullSays) {
  std::size_t fast = 0, fewer_names = 0, loads = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Chance chance(seed);
    std::vector<Column> columns;
    std::erase_if(settings_.values, [](const auto& item) {
      return (item.first.starts_with("columns.") && item.first != "columns.ticket" &&
              item.first != "columns.time" && item.first != "columns.event") ||
             item.first == "fields" || item.first.starts_with("events.") || item.first == "zone";
    });
    for (const Column& column : k_columns)
      // Two columns that are not put at once are rarer.
      if (chance.one_in(column.field == "merged_into" || column.field == "author_name" ? 6 : 2)) {
        columns.push_back(column);
        settings_.values["columns." + column.field] = column.field;
      }
    if (chance.one_in(2)) {
      columns.push_back({"Size", {"", "s", "m", std::string(80, 'x')}});
      columns.push_back({"organisation", {"", "Acme", "Öst AB"}});
      settings_.values["fields"] = chance.one_in(2) ? "size=Size\norganisation" : "*";
    }
    if (chance.one_in(2)) settings_.values["zone"] = "Europe/Oslo";
    settings_.values["missing"] = "?";
    for (const auto& [event, action] :
         std::vector<std::pair<std::string, std::string>>{{"created", "created"},
                                                          {"question", "ask"},
                                                          {"reply", "reply"},
                                                          {"note", "note"},
                                                          {"solved", "status solved"},
                                                          {"take in charge", "assign"},
                                                          {"to queue", "queue"},
                                                          {"work", "worklog"},
                                                          {"moved", chance.one_in(2) ? "priority" : "call"},
                                                          {"weg", chance.one_in(2) ? "spam" : "delete"},
                                                          {"restore", "restore"},
                                                          {"two", "status open; assign ida; reply"}})
      if (!chance.one_in(4)) settings_.values["events." + event] = action;
    policy_.history_before.reset();
    if (chance.one_in(3)) policy_.history_before = parse_rfc3339("2026-03-29T01:30:00Z");

    std::filesystem::remove(folder_ / "b.csv");
    const bool has_latin = chance.one_in(6);
    for (std::string name : {"a.csv", "b.csv"}) {
      if (name == "b.csv" && !chance.one_in(3)) continue;
      std::string line_end = chance.one_in(4) ? "\r\n" : "\n", text = "ticket,time,event";
      for (const Column& column : columns) text += "," + column.field;
      text += line_end;
      const std::size_t rows = 1 + chance.below(60);
      for (std::size_t i = 0; i < rows; ++i) {
        std::string row = cell(chance, chance.one_in(40) ? "" : "T" + std::to_string(chance.below(8)));
        row += "," + (chance.one_in(40) ? "soon" : chance.one_in(9) ? "2026-03-29" : time_of_day(chance));
        row += "," + cell(chance, chance.one_in(50) ? "" : chance.of(k_events));
        for (const Column& column : columns) row += "," + cell(chance, chance.of(column.values));
        if (chance.one_in(60)) row = row.substr(0, row.rfind(','));
        if (has_latin && chance.one_in(10)) row = replace_all(row, "e", "\xe9");
        text += row;
        if (i + 1 < rows || !chance.one_in(4)) text += line_end;
        if (chance.one_in(20)) text += line_end;
        if (chance.one_in(15)) text += row + line_end; // twice
      }
      write(name, text);
    }
    SCOPED_TRACE("seed " + std::to_string(seed));
    Said slow = pulled();
    std::optional<Said> quick = read_fast(1 + seed % 3, seed % 2 ? 100 : 2 << 20, seed % 5 ? 64 << 20 : 300);
    if (!quick) continue;
    ++fast;
    ASSERT_EQ(slow.timelines.size(), quick->timelines.size());
    for (std::size_t i = 0; i < slow.timelines.size(); ++i) ASSERT_EQ(slow.timelines[i], quick->timelines[i]);
    const Instant now = *parse_rfc3339("2026-03-29T02:00:00Z");
    Said fewer = *read_fast(2, 100, 64 << 20, now);
    auto names_of = [](const std::vector<std::string>& timelines) {
      std::vector<std::string> out;
      for (const std::string& timeline : timelines) out.push_back(without_names(timeline));
      std::sort(out.begin(), out.end());
      return out;
    };
    ASSERT_EQ(names_of(fewer.timelines), names_of(quick->timelines));
    for (const std::string& timeline : quick->timelines) {
      const auto end = timeline.rfind("\n  1") + 3;
      if (std::stoll(timeline.substr(end)) <= micros(now)) continue;
      ASSERT_EQ(std::count(fewer.timelines.begin(), fewer.timelines.end(), timeline),
                std::count(quick->timelines.begin(), quick->timelines.end(), timeline));
    }
    fewer_names += fewer.timelines != quick->timelines;
    ASSERT_EQ(slow.remarks, quick->remarks);
    ASSERT_EQ(slow.bad_count, quick->bad_count);
    ASSERT_EQ(slow.bad, quick->bad);

    // Into a store of its own kind, empty or with terms of others in it.
    auto stored = seed % 4 ? store::open_memory_store() : open_on_disk(seed);
    if (seed % 3 == 0) {
      auto tx = stored->begin(store::Durability::refetchable);
      ASSERT_TRUE(tx && (*tx)->term("ida") && (*tx)->term("elsewhere") && (*tx)->commit());
    }
    std::optional<Said> put = loaded(*stored);
    if (!put) continue;
    ++loads;
    ASSERT_EQ(slow.dump, put->dump);
    ASSERT_EQ(slow.digest, put->digest);
    ASSERT_EQ(slow.cursor, put->cursor);
  }
  EXPECT_GT(fewer_names, 50U);
  EXPECT_GT(fast, 150U) << "most logs go the fast way";
  EXPECT_GT(loads, 70U) << "and many are put at once";
}

} // namespace
} // namespace helpdesk::sync
