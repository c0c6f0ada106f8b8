// A Document is what a command has to say, before anyone decided how it looks. Renderers get a Document and a
// Writer, never a store.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace helpdesk::render {

// A typed cell. Null prints as an empty cell, and as null in JSON. Nested lists and maps appear in JSON as
// they are and in tables as comma-separated text. JSON: instants as RFC 3339 strings in the document's zone,
// durations as seconds.
struct Value;
using List = std::vector<Value>;
using Map = std::vector<std::pair<std::string, Value>>; // order is kept
// No monostate: libstdc++ takes a variant of nothing but small and standard types to be never without a
// value, and destroys what is not there when memory for a copy is lacking.
struct Null {
  Null() = default;
  Null(const Null&) noexcept {}
  Null& operator=(const Null&) noexcept { return *this; } // NOLINT(bugprone-unhandled-self-assignment): empty
  ~Null() = default;
};
struct Value {
  std::variant<Null, bool, std::int64_t, double, std::string, Instant, Duration, List, Map> data;
  Value() = default;
  template <class T>
  Value(T&& v) : data(std::forward<T>(v)) {} // NOLINT: implicit on purpose, cells are written as literals
  Value(const char* s) : data(std::string(s)) {}
  Value(std::string_view s) : data(std::string(s)) {}
  Value(int n) : data(static_cast<std::int64_t>(n)) {}
  Value(std::size_t n) : data(static_cast<std::int64_t>(n)) {}
  template <class T> Value(std::optional<T> v) {
    if (v) data = std::move(*v);
  }
  Value(const Value&) = default;
  Value(Value&&) = default;
  Value(Value& other) : data(other.data) {}
  Value& operator=(const Value&) = default;
  Value& operator=(Value&&) = default;
  bool is_null() const { return std::holds_alternative<Null>(data); }
};

// quiet: dimmed; warn, bad, good: colour on a terminal, class names in HTML. Never the only carrier of a
// meaning.
enum class Emphasis : unsigned char { plain, strong, quiet, good, warn, bad };
enum class Align : unsigned char { left, right };
// How instants are shown to people: relative ("3 h ago"), minute ("2026-01-05 10:00"), day.
enum class TimeStyle : unsigned char { relative, minute, day };

struct Column {
  std::string key;   // contract: JSON key and CSV header
  std::string title; // for people
  Align align = Align::left;
  TimeStyle time_style = TimeStyle::relative;
  int keep = 5;          // 9: never dropped when the terminal is narrow, 0: dropped first
  bool flexible = false; // may be cut with an ellipsis to fit
  bool shown = true;     // false: only in machine formats and --json
  std::string help;      // one line, for --json list
};

struct Cell {
  Value value;
  Emphasis emphasis = Emphasis::plain;
  std::string shown; // what people see instead of the value's own form, e.g. "> 4 d"; empty: the value
  Cell() = default;
  template <class T>
  Cell(T&& v, Emphasis e = Emphasis::plain)
      : value(std::forward<T>(v)), emphasis(e) {} // NOLINT: implicit on purpose
  Cell(Value v, Emphasis e, std::string text) : value(std::move(v)), emphasis(e), shown(std::move(text)) {}
  Cell(const Cell&) = default;
  Cell(Cell&&) = default;
  Cell(Cell& other)
      : value(static_cast<const Value&>(other.value)), emphasis(other.emphasis), shown(other.shown) {}
  Cell& operator=(const Cell&) = default;
  Cell& operator=(Cell&&) = default;
};
using Row = std::vector<Cell>; // one cell a column

struct Table {
  std::string key; // in JSON documents
  std::string title;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::string empty; // what people see when there are no rows
};
struct Paragraph {
  std::string text; // may hold newlines; wrapped to the width
  Emphasis emphasis = Emphasis::plain;
  bool preformatted = false; // keep line breaks, no re-wrapping: message bodies
  int indent = 0;
  std::string key; // empty: not in machine formats
};
struct Facts { // "Status  open"
  std::string key;
  std::vector<std::pair<Column, Cell>> rows;
};
struct Bar {
  std::string label;
  double value;
  std::string shown;
};
struct Chart { // horizontal bars
  std::string key, title;
  std::vector<Bar> bars;
};
using Block = std::variant<Table, Paragraph, Facts, Chart>;
struct Section {
  std::string key, title;
  std::vector<Block> blocks;
};

struct Document {
  std::string kind; // "digest", "stats" …: "kind" in JSON
  std::string title;
  std::optional<Instant> as_of; // printed at the start with the zone
  Zone zone = Zone::utc();
  Instant now{};                     // what relative times are relative to
  std::vector<std::string> warnings; // stale, quiet accounts; shown at the top everywhere
  std::vector<Section> sections;
  std::optional<Value> json; // when set, JSON formats print this instead of the derived structure
};

} // namespace helpdesk::render
