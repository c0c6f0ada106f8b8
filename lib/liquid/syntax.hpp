// The parsed form of a template. Everything lives in the template's arena and views its text. Internal to the
// engine.
#pragma once

#include "liquid/arena.hpp"
#include "liquid/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace helpdesk::liquid {

class Context;
struct FilterEntry;

// An expression's value is a literal, a variable with its members, or a range. blank and empty are literals
// that conditions compare by meaning, and that are "" everywhere else.
struct Expression;

struct Member {
  std::string_view key;              // of .key
  const Expression* index = nullptr; // of [index]
  std::uint32_t offset = 0;
};

struct Expression {
  enum class Type : unsigned char { literal, blank, empty, lookup, range };
  Type type = Type::literal;
  std::string_view source;                  // as written
  Value literal;                            // literal: never one that counts references
  std::string_view name;                    // lookup: the variable
  const Expression* dynamic_name = nullptr; // lookup: [expression]
  std::span<Member> members;                // lookup
  const Expression* first = nullptr;        // range
  const Expression* last = nullptr;
};

struct NamedArgument {
  std::string_view name;
  const Expression* value;
};

struct FilterCall {
  std::string_view name;
  const FilterEntry* entry = nullptr; // nullptr: unknown
  std::span<const Expression*> arguments;
  std::span<NamedArgument> named;
};

// A value and the filters it goes through: what stands between {{ }}, after echo, after assign's "=".
struct Filtered {
  const Expression* base = nullptr; // nullptr: {{ }}
  std::span<FilterCall> filters;
};

enum class Compare : unsigned char {
  none,
  equal,
  unequal,
  less,
  greater,
  less_equal,
  greater_equal,
  contains,
  unknown
};

struct Condition {
  enum class Relation : unsigned char { none, conjunction, disjunction };
  const Expression* left = nullptr;
  Compare compare = Compare::none;
  std::string_view operation; // as written
  const Expression* right = nullptr;
  Relation relation = Relation::none;
  const Condition* next = nullptr;
};

class Node {
 public:
  enum class Type : unsigned char { text, output, tag };
  explicit Node(Type type) : type(type) {}
  virtual void render(Context& context) const = 0;

  Type type;
  bool blank = false;       // prints nothing but white space, whatever the data are
  std::uint32_t line = 1;   // where the reference says that it stands: the line on which its markup begins
  std::uint32_t offset = 0; // of its first character

 protected:
  ~Node() = default; // the arena frees nodes; no one deletes one
};

struct Body {
  std::span<const Node*> nodes;
  bool blank = true;
};

} // namespace helpdesk::liquid
