#include "store/store.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "store/forward.hpp"
#include "store/sqlite/content.hpp"
#include "store/sqlite/transaction.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helpdesk::store {
namespace {

using sqlite::Content;
using sqlite::Database;

// Reads on one connection and writes on another, so that what is not committed is seen by its own transaction
// only.
class SqliteStore : public Forward<Store, SqliteStore> {
 public:
  SqliteStore(std::string directory, Access access, std::unique_ptr<Database> reader)
      : directory_(std::move(directory)), access_(access), reader_(std::move(reader)), content_{*reader_} {}
  Content& content() { return content_; }

  Result<std::unique_ptr<Transaction>> begin(Durability durability) override {
    return sqlite::begin_transaction(*TRY(writer()), durability);
  }
  Result<FileLock> lock(View holder, int wait_ms) override {
    return FileLock::acquire(join_path(directory_, "store.lock"), holder, wait_ms);
  }
  Result<VerifyReport> verify(const std::function<void(View line)>& dump) override {
    // FTS5 checks its index by a command that counts as writing.
    auto opened = writer(Access::read);
    return sqlite::verify(*reader_, opened ? *opened : nullptr, dump);
  }
  Result<void> backup(const std::string& target) override { return sqlite::backup(*reader_, target); }
  Result<void> compact_timelines() override {
    auto* db = TRY(writer());
    auto transaction = TRY(sqlite::begin_transaction(*db, Durability::refetchable));
    TRY(sqlite::fold_delta(*db, false));
    TRY(sqlite::make_late_indexes(*db)); // last: they fill the pages that the delta leaves
    return transaction->commit();
  }
  Result<void> vacuum() override {
    auto* db = TRY(writer());
    reader_->forget();
    reader_->c.drop_statements();
    return sqlite::vacuum(*db);
  }

 private:
  std::string directory_;
  Access access_;
  // The writer goes last: the last connection to close folds the log into the database, and the next process
  // opens it faster.
  std::unique_ptr<Database> writer_, reader_;
  Content content_;

  Result<Database*> writer(Access needed = Access::write) {
    if (needed == Access::write && access_ == Access::read)
      return failed("store " + directory_ + " was opened for reading only");
    if (!writer_) writer_ = TRY(Database::open(join_path(directory_, "store.db"), sqlite::Mode::write));
    return writer_.get();
  }
};

constexpr int k_making_wait_ms = 5'000;

// Private from its first byte on, whatever the umask says; SQLite gives its other files the same mode. The
// database itself is never opened here: closing any descriptor of it drops the locks that SQLite holds in
// this process, and then another process deletes the log under our feet.
Result<void> make_private_file(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return failed("store cannot be opened: " + path + ": " + std::strerror(errno));
    std::string fresh = path + ".new-" + random_hex(8);
    {
      FileDescriptor fd(::open(fresh.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOCTTY, 0600));
      if (!fd.valid()) return failed("store cannot be opened: " + path + ": " + std::strerror(errno));
    }
    int linked = ::link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST ? 0 : errno;
    // Some file systems know no links.
    if (linked == EPERM || linked == EOPNOTSUPP || linked == ENOSYS)
      linked = ::rename(fresh.c_str(), path.c_str()) == 0 ? 0 : errno;
    (void)remove_file(fresh);
    if (linked != 0) return failed("store cannot be opened: " + path + ": " + std::strerror(linked));
    if (::stat(path.c_str(), &status) != 0) return failed("store: " + path + ": " + std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) return failed("store: " + path + " is not a file");
  if ((status.st_mode & 077) != 0 && ::chmod(path.c_str(), 0600) != 0)
    return failed("store: " + path + " can be read by others and cannot be changed: " + std::strerror(errno));
  return {};
}

// Who came first makes or migrates the store without having the lock, in several steps: between them SQLite
// may say at once that it is busy.
Result<std::unique_ptr<Database>> open_patiently(const std::string& path) {
  constexpr int k_step_ms = 20;
  for (int waited = 0;; waited += k_step_ms) {
    auto database = Database::open(path, sqlite::Mode::read);
    if (database || database.error().kind != ErrorKind::retry || waited >= k_making_wait_ms) return database;
    std::this_thread::sleep_for(std::chrono::milliseconds(k_step_ms));
  }
}

} // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& directory, Access access) try {
  auto path = join_path(directory, "store.db");
  if (access == Access::write) {
    TRY(make_private_directories(directory));
    TRY(make_private_file(path));
    // Makes or migrates the schema; the store itself opens its writing connection when it first writes.
    auto reader = Database::open(path, sqlite::Mode::read);
    if (!reader) {
      // One at a time: SQLite does not wait for another process that is just making the file.
      auto alone = FileLock::acquire(join_path(directory, "store.lock"), "helpdesk, opening the store",
                                     k_making_wait_ms);
      reader = alone ? open_patiently(path) : Database::open(path, sqlite::Mode::read);
      if (!reader && !alone) return Failure(std::move(alone).error());
      if (!reader) {
        TRY(Database::open(path, sqlite::Mode::write));
        reader = Database::open(path, sqlite::Mode::read);
      }
    }
    if (!reader) return Failure(std::move(reader).error());
    return std::make_unique<SqliteStore>(directory, access, std::move(*reader));
  }
  if (!exists(path))
    return not_found("no store in " + directory + ": run \"helpdesk init\", then \"helpdesk pull\"");
  auto reader = TRY(Database::open(path, sqlite::Mode::read));
  return std::make_unique<SqliteStore>(directory, access, std::move(reader));
} catch (const std::bad_alloc&) {
  return failed("out of memory while opening the store in " + directory);
}

} // namespace helpdesk::store
