#include "store/articles.hpp"

#include "base/file.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"
#include "store/sqlite/connection.hpp"

#include <algorithm>
#include <map>

namespace helpdesk::store {
namespace {

using sqlite::Connection;
using sqlite::Statement;

// Made when the first folder is added: most desks have none, and no other table knows of these.
constexpr std::string_view k_tables = R"sql(
CREATE TABLE IF NOT EXISTS articles(id INTEGER PRIMARY KEY, folder TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL,
  language TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
  changed INTEGER NOT NULL, UNIQUE(folder, path));
CREATE INDEX IF NOT EXISTS articles_name ON articles(name);
CREATE VIRTUAL TABLE IF NOT EXISTS articles_search USING fts5(title, name, text,
  tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'");
)sql";
constexpr std::string_view k_columns = "folder, path, name, language, title, url, hash, changed";
constexpr std::size_t k_most_words = 32;

Article row(const Statement& s, bool with_text) {
  Article a;
  a.folder = s.text(0);
  a.path = s.text(1);
  a.name = s.text(2);
  a.language = s.text(3);
  a.title = s.text(4);
  a.url = s.text(5);
  a.hash = s.text(6);
  a.changed = instant_of_micros(s.integer(7));
  if (with_text) a.text = s.text(8);
  return a;
}

// "\"word\" AND (\"muller\" OR \"mueller\")" of what was typed; empty without a word.
std::string match_of(std::string_view words, std::string_view join) {
  std::string out;
  std::size_t count = 0;
  for (const FoldedToken& token : fold_tokens(words)) {
    if (++count > k_most_words) break;
    std::string any = "\"" + replace_all(token.text, "\"", "") + "\" *";
    for (const std::string& other : token.alternatives)
      any += " OR \"" + replace_all(other, "\"", "") + "\" *";
    out += (out.empty() ? "(" : std::string(join) + "(") + any + ")";
  }
  return out;
}

// The line of the text with most of the words; no heading, which the title says already.
std::string snippet_of(std::string_view text, std::string_view words) {
  std::vector<FoldedToken> wanted = fold_tokens(words);
  std::string_view best;
  std::size_t most = 0;
  for (std::string_view line : split_lines(text)) {
    if (line.starts_with('#')) continue;
    std::vector<FoldedToken> there = fold_tokens(line.substr(0, 2000));
    auto found = static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), [&](const auto& one) {
      return std::any_of(there.begin(), there.end(),
                         [&](const auto& t) { return t.text.starts_with(one.text); });
    }));
    if (found > most || (best.empty() && !trim(line).empty())) {
      most = found;
      best = line;
    }
  }
  return ellipsize(collapse_spaces(best), 120);
}

class SqliteArticles final : public Articles {
 public:
  SqliteArticles(std::unique_ptr<Connection> connection, bool there)
      : c_(std::move(connection)), there_(there) {}

  Result<std::vector<Article>> all() override {
    return rows("SELECT " + std::string(k_columns) + " FROM articles ORDER BY name, language, folder", "",
                false);
  }
  Result<std::vector<Article>> named(std::string_view name) override {
    return rows("SELECT " + std::string(k_columns) +
                    ", text FROM articles WHERE name=? ORDER BY language, folder",
                name, true);
  }
  Result<std::vector<std::string>> folders() override {
    std::vector<std::string> out;
    if (!there_) return out;
    auto s = TRY(c_->statement("SELECT DISTINCT folder FROM articles ORDER BY folder"));
    while (TRY(s.step())) out.emplace_back(s.text(0));
    return out;
  }

  Result<std::vector<ArticleHit>> search(std::string_view words, int limit) override {
    std::vector<ArticleHit> hits;
    if (!there_) return hits;
    for (std::string_view join : {" AND ", " OR "}) {
      std::string match = match_of(words, join);
      if (match.empty()) return hits;
      auto s = TRY(c_->statement(
          "SELECT a.folder, a.path, a.name, a.language, a.title, a.url, a.hash, a.changed, a.text, "
          "bm25(articles_search, 6.0, 4.0, 1.0) AS score FROM articles_search JOIN articles a ON "
          "a.id=articles_search.rowid WHERE articles_search MATCH ? ORDER BY score, a.name, a.language LIMIT "
          "?"));
      s.bind(match, limit);
      while (TRY(s.step())) {
        ArticleHit& hit = hits.emplace_back();
        hit.article = row(s, true);
        hit.rank = -s.real(9);
        hit.snippet = snippet_of(hit.article.text, words);
      }
      if (!hits.empty()) break;
    }
    return hits;
  }

  Result<ArticleChanges> put_folder(const std::string& folder, std::vector<Article> articles) override {
    TRY(c_->execute("PRAGMA synchronous=FULL"));
    TRY(c_->execute("BEGIN IMMEDIATE"));
    auto done = replace(folder, articles);
    if (done) {
      if (auto committed = c_->execute("COMMIT"); !committed) done = Failure(std::move(committed).error());
    }
    if (!done) {
      (void)c_->execute("ROLLBACK");
      return done;
    }
    there_ = true;
    return done;
  }

 private:
  Result<std::vector<Article>> rows(const std::string& sql, std::string_view name, bool with_text) {
    std::vector<Article> out;
    if (!there_) return out;
    auto s = TRY(c_->statement(sql));
    if (!name.empty()) s.bind(name);
    while (TRY(s.step())) out.push_back(row(s, with_text));
    return out;
  }

  Result<void> remove(std::int64_t id) {
    for (std::string_view sql :
         {"DELETE FROM articles_search WHERE rowid=?", "DELETE FROM articles WHERE id=?"}) {
      auto s = TRY(c_->statement(sql));
      TRY(s.bind(id).run());
    }
    return {};
  }

  Result<void> insert(const Article& a) {
    auto s = TRY(c_->statement("INSERT INTO articles(folder, path, name, language, title, url, hash, text, "
                               "changed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    TRY(s.bind(a.folder, a.path, a.name, a.language, a.title, a.url, a.hash, a.text, micros(a.changed))
            .run());
    auto index =
        TRY(c_->statement("INSERT INTO articles_search(rowid, title, name, text) VALUES(?, ?, ?, ?)"));
    return index
        .bind(c_->last_id(), fold_for_index(a.title), fold_for_index(replace_all(a.name, "-", " ")),
              fold_for_index(a.text))
        .run();
  }

  Result<ArticleChanges> replace(const std::string& folder, const std::vector<Article>& articles) {
    TRY(c_->execute(k_tables));
    struct Old {
      std::int64_t id = 0;
      std::string hash, name, language, title, url;
    };
    std::map<std::string, Old> old; // by path
    std::vector<std::int64_t> below;
    {
      auto s = TRY(c_->statement(
          "SELECT id, folder, path, hash, name, language, title, url FROM articles WHERE folder=? OR "
          "substr(folder, 1, ?)=?"));
      std::string inside = folder + "/";
      s.bind(folder, static_cast<std::int64_t>(count_code_points(inside)), inside);
      while (TRY(s.step())) {
        if (s.text(1) == folder)
          old[std::string(s.text(2))] = {s.integer(0),           std::string(s.text(3)),
                                         std::string(s.text(4)), std::string(s.text(5)),
                                         std::string(s.text(6)), std::string(s.text(7))};
        else
          below.push_back(s.integer(0));
      }
    }
    ArticleChanges changes;
    for (const Article& article : articles) {
      auto was = old.find(article.path);
      if (was == old.end()) {
        ++changes.added;
      } else {
        const Old& o = was->second;
        bool same = o.hash == article.hash && o.name == article.name && o.language == article.language &&
                    o.title == article.title && o.url == article.url;
        std::int64_t id = o.id;
        old.erase(was);
        if (same) {
          ++changes.unchanged;
          continue;
        }
        ++changes.changed;
        TRY(remove(id));
      }
      TRY(insert(article));
    }
    for (const auto& [path, gone] : old) TRY(remove(gone.id));
    for (std::int64_t id : below) TRY(remove(id));
    changes.removed = static_cast<std::int64_t>(old.size());
    return changes;
  }

  std::unique_ptr<Connection> c_;
  bool there_; // the tables
};

} // namespace

Result<std::unique_ptr<Articles>> open_articles(const std::string& directory, Access access) {
  auto connection = TRY(Connection::open(join_path(directory, "store.db"),
                                         access == Access::write ? sqlite::Mode::write : sqlite::Mode::read));
  if (access == Access::read) TRY(connection->execute("PRAGMA query_only=ON"));
  auto there =
      TRY(connection->integer("SELECT count(*) FROM sqlite_master WHERE type='table' AND name='articles'"));
  return std::make_unique<SqliteArticles>(std::move(connection), there > 0);
}

} // namespace helpdesk::store
