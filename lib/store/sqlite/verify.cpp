#include "base/text.hpp"
#include "store/canonical.hpp"
#include "store/sqlite/raw_shared.hpp"
#include "store/sqlite/ticket_rows.hpp"
#include "store/sqlite/topics.hpp"

#include <algorithm>
#include <set>

namespace helpdesk::store::sqlite {
namespace {

constexpr std::size_t k_most_problems = 100;

class Verifier {
 public:
  Verifier(Database& db, const std::function<void(std::string_view)>& dump) : db_(db), dump_(dump) {}
  VerifyReport report;

  Result<void> run() {
    TRY(database());
    TRY(records());
    TRY(placements());
    TRY(journal());
    TRY(tickets());
    TRY(messages());
    TRY(people());
    TRY(timelines());
    TRY(references());
    report.digest = digest_.hex();
    return {};
  }
  void problem(std::string text) {
    if (report.problems.size() < k_most_problems) report.problems.push_back(std::move(text));
  }

 private:
  Database& db_;
  const std::function<void(std::string_view)>& dump_;
  Digest digest_;

  void line(const std::string& text) {
    digest_.add(text);
    if (dump_) dump_(text);
  }
  void sorted(std::vector<std::string> lines) {
    std::ranges::sort(lines);
    for (const auto& text : lines) line(text);
  }

  Result<void> database() {
    auto s = TRY(db_.c.statement("PRAGMA integrity_check(20)"));
    while (TRY(s.step()))
      if (s.text(0) != "ok") problem("database: " + std::string(s.text(0)));
    return {};
  }

  Result<void> records() {
    std::vector<std::string> shelves; // the desk's own among them
    {
      auto s = TRY(db_.c.statement("SELECT name FROM accounts ORDER BY name"));
      while (TRY(s.step())) shelves.emplace_back(s.text(0));
    }
    for (const auto& account : shelves) {
      std::vector<std::string> keys;
      {
        auto s = TRY(db_.c.statement(
            "SELECT key FROM raw WHERE account=(SELECT id FROM accounts WHERE name=?1) UNION ALL SELECT ?2 "
            "|| id FROM raw_shared WHERE account=(SELECT id FROM accounts WHERE name=?1) ORDER BY 1"));
        s.bind(account, k_shared_prefix);
        while (TRY(s.step())) keys.emplace_back(s.text(0));
      }
      // One by one: a damaged frame must not hide the ones behind it.
      for (const auto& key : keys) {
        auto record = raw(db_, account, key);
        if (!record) {
          problem(record.error().message);
        } else if (*record) {
          auto hash = sha256_hex((*record)->bytes);
          // A pruned mail keeps the name of the bytes that came.
          bool pruned = (*record)->hint.find("\"pruned\"") != std::string::npos;
          if ((*record)->format == "mail" && key.ends_with(hash) == false && is_hash(key) && !pruned)
            problem("record " + account + " " + key + ": its bytes have another hash");
          line(canonical_line(**record));
        }
      }
    }
    return {};
  }

  static bool is_hash(std::string_view key) {
    return key.size() >= 64 && std::ranges::all_of(key.substr(key.size() - 64), [](char c) {
             return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
  }

  Result<void> placements() {
    std::vector<std::string> lines, names;
    {
      auto s = TRY(db_.c.statement("SELECT name FROM accounts ORDER BY name"));
      while (TRY(s.step())) names.emplace_back(s.text(0));
    }
    for (const auto& account : names)
      for (const auto& p : TRY(sqlite::placements(db_, account, ""))) lines.push_back(canonical_line(p));
    sorted(std::move(lines));
    return {};
  }

  Result<void> journal() {
    std::vector<std::string> lines;
    for (const auto& entry : TRY(sqlite::journal(db_, {})))
      if (entry.kind != "account") lines.push_back(canonical_line(entry));
    sorted(std::move(lines));
    return {};
  }

  Result<std::vector<std::string>> column(std::string_view sql) {
    auto s = TRY(db_.c.statement(sql));
    std::vector<std::string> out;
    while (TRY(s.step())) out.emplace_back(s.text(0));
    return out;
  }

  Result<void> tickets() {
    for (const auto& key :
         TRY(column("SELECT k.key FROM tickets t JOIN ticket_keys k ON k.id=t.id ORDER BY k.key"))) {
      auto t = ticket_by_key(db_, key);
      if (!t)
        problem(t.error().message);
      else if (*t && (*t)->key != key)
        problem("ticket " + key + ": the row is of " + (*t)->key);
      else if (*t)
        line(canonical_line(**t));
    }
    return {};
  }

  Result<void> messages() {
    for (const auto& key : TRY(column("SELECT key FROM messages ORDER BY key"))) {
      auto m = message(db_, key);
      if (!m)
        problem(m.error().message);
      else if (!*m)
        problem("message " + key + ": has no text or no ticket");
      else
        line(canonical_line(**m));
    }
    return {};
  }

  Result<void> people() {
    for (const auto& key : TRY(column("SELECT key FROM people ORDER BY key"))) {
      auto p = person(db_, key);
      if (!p)
        problem(p.error().message);
      else if (*p)
        line(canonical_line(**p));
    }
    return {};
  }

  Result<void> timelines() {
    std::set<std::string> with;
    for (const auto& key :
         TRY(column("SELECT k.key FROM tickets t JOIN ticket_keys k ON k.id=t.id ORDER BY k.key"))) {
      auto t = timeline(db_, key);
      if (!t) {
        problem(t.error().message);
      } else if (*t) {
        Result<void> known;
        auto text = canonical_line(key, **t, [&](model::Term term) {
          auto name = term_text(db_, term);
          if (!name) known = Failure(name.error());
          return name ? *name : std::string();
        });
        if (known)
          line(text);
        else
          problem("timeline of " + key + ": " + known.error().message);
      }
    }
    std::int64_t orphans = 0;
    auto all = sqlite::timelines(db_, {}, [&](const model::Timeline& t) {
      auto id = id_of_number(db_, t.ticket);
      if (id && !*id) ++orphans;
      return true;
    });
    if (!all) problem(all.error().message);
    if (orphans) problem(std::to_string(orphans) + " timelines belong to no ticket");
    return {};
  }

  Result<void> none(std::string_view count, std::string_view what) {
    if (auto n = TRY(db_.c.integer(count))) problem(std::to_string(n) + " " + std::string(what));
    return {};
  }

  Result<void> references() {
    TRY(none("SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id=m.ticket)",
             "messages belong to a ticket that is not there"));
    TRY(none("SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM bodies b WHERE b.id=m.id)",
             "messages have no text"));
    TRY(none("SELECT count(*) FROM bodies b WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.id=b.id)",
             "texts belong to no message"));
    TRY(none("SELECT count(*) FROM links l WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.id=l.message)",
             "links come from a message that is not there"));
    TRY(none("SELECT count(*) FROM aliases a WHERE NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id=a.ticket)",
             "aliases lead to a ticket that is not there"));
    TRY(none(
        "SELECT count(*) FROM identities i WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.id=i.person)",
        "identities belong to a person who is not there"));
    TRY(none(
        "SELECT count(*) FROM placements p WHERE NOT EXISTS (SELECT 1 FROM raw r WHERE "
        "r.account=p.account AND r.key=p.record) AND NOT EXISTS (SELECT 1 FROM raw_shared r WHERE "
        "r.account=p.account AND p.record>='ticket:' AND p.record<'ticket;' AND r.id=substr(p.record, 8))",
        "placements are of a record that is not there"));
    TRY(none("SELECT count(*) FROM (SELECT 1 FROM tickets GROUP BY coalesce(number, id) HAVING count(*)>1)",
             "numbers belong to two tickets"));
    TRY(none("SELECT count(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM ticket_keys k WHERE "
             "k.id=coalesce(t.number, t.id) AND k.number IS NULL) AND NOT EXISTS (SELECT 1 FROM ticket_keys "
             "k WHERE "
             "k.number=coalesce(t.number, t.id) AND k.number>0)",
             "tickets have a number that was never given"));
    TRY(none("SELECT count(*) FROM (SELECT 1 FROM ticket_keys WHERE number IS NULL OR number>0 GROUP BY "
             "coalesce(number, id) HAVING count(*)>1)",
             "numbers were given twice"));
    return {};
  }
};

Result<void> check_index(Database& db, Verifier& verifier) {
  TRY(db.c.execute("BEGIN IMMEDIATE"));
  auto checked = db.c.execute("INSERT INTO search(search, rank) VALUES('integrity-check', 1)");
  (void)db.c.execute("ROLLBACK");
  if (!checked) {
    if (checked.error().kind == ErrorKind::retry) return checked;
    verifier.problem("full-text index: " + checked.error().message);
  }
  return {};
}

} // namespace

Result<VerifyReport> verify(Database& reader, Database* writer,
                            const std::function<void(std::string_view line)>& dump) {
  Verifier verifier(reader, dump);
  {
    auto snapshot = TRY(Snapshot::take(reader));
    TRY(verifier.run());
  }
  if (writer) TRY(check_index(*writer, verifier));
  return std::move(verifier.report);
}

} // namespace helpdesk::store::sqlite
