// What a template sees while it is rendered: variables, output, and what the rendering may still cost.
#pragma once

#include "liquid/failure.hpp"
#include "liquid/source.hpp"
#include "liquid/value_data.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace helpdesk::liquid {

// A located Problem on its way out of the rendering.
struct Stopped {
  Problem problem;
};

// One rendering, with all its partials.
class Run {
 public:
  explicit Run(const RenderOptions& options);
  // One more node or item; a work in bulk says how much at once.
  void step(std::uint64_t n = 1) {
    steps_ += n;
    if (steps_ >= next_check_) [[unlikely]]
      check();
  }
  // Memory that the template made. 16 bytes an item, 1 a byte of text.
  void charge(std::uint64_t bytes) {
    memory_ += bytes;
    if (memory_ > memory_limit_) [[unlikely]]
      out_of("memory", options.limits.memory_bytes, "bytes");
  }
  void check_output(std::size_t size) {
    if (size > output_limit_) [[unlikely]]
      out_of("output", options.limits.output_bytes, "bytes");
  }
  // For a filter in the midst of its work: what it has made so far, and what it has gone through.
  void check_made(std::uint64_t bytes) {
    if (memory_ + bytes > memory_limit_) charge(bytes);
  }
  void step_bytes(std::uint64_t bytes) {
    bytes_ += bytes;
    if (bytes_ >= 4096) [[unlikely]] {
      step(bytes_ / 1024);
      bytes_ = 0;
    }
  }
  // Output up to end comes from offset of source. What no span covers before begin belongs to the same place:
  // tags print on their own.
  void span(std::size_t begin, std::size_t end, std::uint32_t offset, const Expression* variable,
            const Source* source) {
    charge(2 * sizeof(SourceSpan));
    if (begin > covered_)
      spans.push_back(
          {static_cast<std::uint32_t>(covered_), static_cast<std::uint32_t>(begin), offset, nullptr, source});
    if (variable || end > begin)
      spans.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), offset, variable, source});
    covered_ = end;
  }
  std::size_t covered() const { return covered_; }
  void score(std::size_t nodes);
  void assigned(const Value& value);
  Instant now();
  const Zone& zone();
  const Source* partial(std::string_view name, const Source& from);
  // Keeps the template and all partials alive.
  std::shared_ptr<const void> take_partials(std::shared_ptr<const Source> source);

  const RenderOptions& options;
  std::string text;
  std::vector<SourceSpan> spans;
  std::vector<Problem> errors, warnings;

 private:
  void check();
  [[noreturn]] void out_of(const char* what, std::uint64_t limit, const char* unit);
  std::size_t covered_ = 0;
  std::uint64_t steps_ = 0, bytes_ = 0, next_check_ = 0, step_limit_;
  std::uint64_t memory_ = 0, memory_limit_, output_limit_;
  std::uint64_t render_score_ = 0, assign_score_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::optional<Instant> now_;
  std::optional<Zone> zone_;
  std::map<std::string, std::shared_ptr<const Source>, std::less<>> partials_;
  std::vector<std::shared_ptr<const Source>> kept_;
};

// Variables of a block. Keys view the templates' texts.
struct Scope {
  Hash variables;
  Scope* outer = nullptr;
};

enum class Interrupt : unsigned char { none, stop, next };

class Context {
 public:
  Context(Run& run, const Source& source, const Value* data, int depth);

  Value evaluate(const Expression& expression);
  Value evaluate(const Filtered& filtered);
  bool test(const Condition* condition);
  // A range's bound or a loop's limit: throws "invalid integer".
  void render(const Body& body);
  // Prints what an output node does: nil is nothing, arrays item by item.
  void print(const Value& value);
  void print_output(const Filtered& filtered, std::uint32_t offset);
  // Runs body with its output in a string of its own.
  std::string capture(const Body& body);

  void assign(std::string_view name, Value value) {
    root_.variables.set(Value::borrowed(name), std::move(value));
  }
  void set(std::string_view name, Value value) {
    top_->variables.set(Value::borrowed(name), std::move(value));
  }
  const Value* find_local(std::string_view name) const;
  Value find(std::string_view name, bool& found);
  std::int64_t counter(std::string_view name);
  void set_counter(std::string_view name, std::int64_t value);

  // A problem in node: printed or thrown, as the options say.
  void fail(const Node& node, Failed& failed);

  Run& run;
  const Source* source;
  std::string* out;
  Interrupt interrupt = Interrupt::none;
  bool include_allowed = true;
  bool in_partial = false;
  int depth;
  const Value* data;        // nullptr in a rendered partial
  std::vector<Value> loops; // the forloops around, outermost first
  std::unordered_map<std::string, std::int64_t> offsets, cycles;
  std::optional<std::string> last_changed;

  struct Block {
    explicit Block(Context& context);
    ~Block();
    Context& context;
    Scope scope;
  };

 private:
  friend struct Block;
  Value lookup(const Expression& expression);
  bool compare_sides(const Condition& condition);
  Value member(const Value& object, const Value& key, bool command, bool& found);
  void print(const Value& value, int depth);
  Scope root_;
  Scope* top_;
  Hash counters_;
};

// As the filters and the loops convert.
std::int64_t to_integer(const Value& value); // throws "invalid integer"
std::int64_t range_bound(const Value& value);
std::int64_t whole_part(double number); // towards zero, within 64 bits
bool equal(const Value& a, const Value& b);
// <0, 0, >0, or nothing when a and b cannot be compared.
std::optional<int> compare(const Value& a, const Value& b);
bool holds(Compare compare, const Value& left, const Value& right, std::string_view operation);
bool is_empty(const Value& value);
bool is_blank_value(const Value& value);
void append_text(std::string& out, const Value& value); // Utils.to_s
void append_inspect(std::string& out, const Value& value);
// An object's stand-in, else the value itself.
Value whole(const Value& value);

} // namespace helpdesk::liquid
