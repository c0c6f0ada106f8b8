// One SQLite connection: statements prepared once, values bound and read by type, every failure an Error.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace helpdesk::store::sqlite {

class Connection;

// Bytes bound as a blob; must live until the statement was stepped or reset.
struct Blob {
  std::string_view bytes;
};

// A statement on loan from its connection: reset and given back at the end of its life.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Binds parameters 1, 2, …: integers, text (copied), Blob, std::optional of these, std::nullptr_t.
  template <class... Values> Statement& bind(const Values&... values) {
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, int value) { bind_one(index, std::int64_t{value}); }
  void bind_one(int index, double value);
  void bind_one(int index, std::string_view text);
  void bind_one(int index, const std::string& text) { bind_one(index, std::string_view(text)); }
  void bind_one(int index, const char* text) { bind_one(index, std::string_view(text)); }
  void bind_one(int index, Blob blob);
  void bind_one(int index, std::nullptr_t);
  template <class T> void bind_one(int index, const std::optional<T>& value) {
    if (value)
      bind_one(index, *value);
    else
      bind_one(index, nullptr);
  }

  Result<bool> step(); // true: a row is there
  Result<void> run();  // for statements without rows; resets, so that it can be bound and run again
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const; // valid until the next step; blobs too
  bool is_null(int column) const;
  bool is_real(int column) const;
  bool is_blob(int column) const;

 private:
  friend class Connection;
  Statement(Connection& connection, sqlite3_stmt* statement, std::vector<sqlite3_stmt*>* home)
      : connection_(&connection), statement_(statement), home_(home) {}
  Connection* connection_;
  void keep(int code) { bind_failure_ = code ? code : bind_failure_; }
  sqlite3_stmt* statement_;
  std::vector<sqlite3_stmt*>* home_; // nullptr: not kept
  int bind_failure_ = 0;             // told by the next step
};

enum class Mode : unsigned char { read, write, create };

class Connection {
 public:
  // read: nothing can be written through it. create: makes the file when it is not there.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& path() const { return path_; }
  sqlite3* handle() { return db_; }
  Result<Statement> statement(std::string_view sql);
  Result<Statement> one_off(std::string_view sql); // for texts that are built: not kept
  Result<void> execute(std::string_view script);
  Result<std::int64_t> integer(std::string_view sql); // the first column of the first row; 0 without a row
  std::int64_t last_id() const;
  int changes() const;
  bool in_transaction() const;
  // The failure of the last call, in our words: busy is retry, a damaged file says so.
  Failure failure(int code);
  // For packed rows that cannot be decoded.
  Failure damaged(std::string_view what) const;
  // Statements must be given back before a schema change or VACUUM: forgets the cache.
  void drop_statements();

 private:
  Connection(sqlite3* db, std::string path) : db_(db), path_(std::move(path)) {}
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  sqlite3* db_;
  std::string path_;
  // Free statements by text; a list, because a callback may run the same question again while it is being
  // stepped.
  std::unordered_map<std::string, std::unique_ptr<std::vector<sqlite3_stmt*>>, Hash, std::equal_to<>>
      statements_;
};

} // namespace helpdesk::store::sqlite
