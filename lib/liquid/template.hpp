// Liquid templates: text in, text out, and a map from each stretch of the output back to the template and its
// variable. A Template is immutable and may be rendered by several threads at once.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "liquid/value.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::liquid {

// lax renders what it can make sense of; strict refuses expressions that do not parse; strict2 refuses what
// strict lets through in tags too. warn is lax that reports what strict would have refused.
enum class Mode : unsigned char { lax, warn, strict, strict2 };

// A place in a template: line and column from 1, columns in code points; offset in bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t offset = 0;
};

struct Problem {
  enum class Kind : unsigned char { syntax, argument, undefined, missing_partial, nesting, limit, internal };
  Kind kind = Kind::argument;
  std::string message; // "divided by 0"
  std::string text;    // as the reference prints it: "Liquid error (line 3): divided by 0"
  std::string name;    // of the template or partial; empty when it has none
  Position position;
  std::string limit; // kind limit: which one, "output", "time", "steps", "memory", "score", "depth"
  // "greeting.en.liquid:3:7: divided by 0"
  std::string located() const;
};

// What one rendering may cost. 0 lifts a limit.
struct Limits {
  std::size_t output_bytes = 10U << 20;
  std::size_t memory_bytes = 64U << 20; // strings and arrays made while rendering, all together
  std::chrono::milliseconds time{1000};
  std::uint64_t steps = 1'000'000; // nodes rendered and items gone through
  int depth = 100;                 // blocks in blocks, partials in partials
  std::uint64_t render_score = 0;  // as the reference counts: nodes of one template or partial
  std::uint64_t assign_score = 0;  // as the reference counts: bytes and items assigned
  std::uint64_t cumulative_render_score = 0;
  std::uint64_t cumulative_assign_score = 0;
};

// Gives a partial's text by its name for {% render %} and {% include %}; nullopt when there is none.
using PartialSource = std::function<std::optional<std::string>(std::string_view name)>;

struct ParseOptions {
  Mode mode = Mode::strict2;
  std::string name;              // for errors: "greeting.en.liquid"
  bool helpdesk_filters = false; // fallback, datetime_format, json, money, quote, first_name
  int depth = 100;               // blocks in blocks
  bool partial = false;          // whether its errors say its name, as those of partials do
};

enum class OnError : unsigned char {
  stop,   // the first error ends the rendering
  inline_ // the error's text stands in the output, and the rendering goes on
};

struct RenderOptions {
  OnError on_error = OnError::stop;
  bool blank_body_errors = false; // inline_: also where the failing block would print nothing but white space
  Value globals;                  // variables that rendered partials see, too: a hash or an object
  bool strict_variables = false;  // an undefined variable is an error
  bool strict_filters = false;    // an unknown filter is an error
  bool source_map = true;
  Limits limits;
  PartialSource partials;
  std::optional<Instant> now; // the clock of "now" and "today"; the system's when empty
  std::optional<Zone> zone;   // of dates that name none; UTC when empty
  std::string language; // month and weekday names of date and money: "nb"; English when empty or unknown
};

struct Source; // internal
struct Expression;

// One stretch [begin, end) of the output; a placeholder that printed nothing has begin == end. What it tells
// lives as long as the Rendered.
struct SourceSpan {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t offset = 0;            // in the text of source
  const Expression* printed = nullptr; // null: the template's own words
  const Source* source = nullptr;

  Position position() const;         // counts characters: asked for, not kept
  std::string_view variable() const; // "ticket.requester.name", or the literal's text; empty for words
  std::string_view name() const;     // of the template or partial
};

struct Rendered {
  std::string text;
  std::vector<SourceSpan> source_map; // in output order, without gaps; empty when a limit ended the rendering
  std::vector<Problem>
      errors; // empty when all went well; with OnError::stop at most one, and text is what came before it
  std::vector<Problem> warnings;
  std::shared_ptr<const void> keeps; // what the source map views
};

// A variable that the template reads from outside: not assigned, captured or looped over by itself.
struct VariableUse {
  std::string path; // "ticket.requester.name"
  Position position;
};

class Template {
 public:
  // Never throws, whatever the text is. Time and memory are linear in its length.
  static std::expected<Template, Problem> parse_or_problem(std::string text,
                                                           const ParseOptions& options = {});
  // Usage error "name:line:column: message" instead of a Problem.
  static Result<Template> parse(std::string text, const ParseOptions& options = {});

  // data: a hash, or an object. Never throws.
  Rendered render(const Value& data, const RenderOptions& options = {}) const;

  const std::string& text() const;
  const std::string& name() const;
  const std::vector<Problem>& warnings() const; // of Mode::warn
  std::vector<VariableUse> variables() const;
  // Filters that do not exist, and partials named by a literal, each time they are written. The path is the
  // name.
  std::vector<VariableUse> unknown_filters() const;
  std::vector<VariableUse> partials() const;

 private:
  explicit Template(std::shared_ptr<const Source> source) : source_(std::move(source)) {}
  std::shared_ptr<const Source> source_;
};

} // namespace helpdesk::liquid
