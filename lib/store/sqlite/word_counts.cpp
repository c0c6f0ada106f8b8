#include "store/word_counts.hpp"

#include "base/file.hpp"
#include "base/fold.hpp"
#include "store/sqlite/connection.hpp"

namespace helpdesk::store {
namespace {

using sqlite::Connection;

class Counts final : public WordCounts {
 public:
  explicit Counts(std::unique_ptr<Connection> connection) : c_(std::move(connection)) {}
  Result<std::int64_t> messages_with(std::string_view word, bool prefix, std::int64_t at_most) override {
    std::string folded = fold_for_index(word);
    if (folded.empty() || folded.find_first_of(" \"") != std::string::npos) return std::int64_t{0};
    auto s = TRY(
        c_->statement("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? ORDER BY rowid DESC "
                      "LIMIT ?)"));
    s.bind("\"" + folded + (prefix ? "\" *" : "\""), at_most);
    TRY(s.step());
    return s.integer(0);
  }
  Result<std::int64_t> messages(std::int64_t at_most) override {
    auto s = TRY(c_->statement("SELECT count(*) FROM (SELECT 1 FROM messages LIMIT ?)"));
    s.bind(at_most);
    TRY(s.step());
    return s.integer(0);
  }

 private:
  std::unique_ptr<Connection> c_;
};

} // namespace

Result<std::unique_ptr<WordCounts>> open_word_counts(const std::string& directory) {
  auto connection = TRY(Connection::open(join_path(directory, "store.db"), sqlite::Mode::read));
  TRY(connection->execute("PRAGMA query_only=ON"));
  return std::make_unique<Counts>(std::move(connection));
}

} // namespace helpdesk::store
