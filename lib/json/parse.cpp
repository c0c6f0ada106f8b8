// Reading JSON: nlohmann's lexer and grammar, our values.
#include "base/text.hpp"
#include "json/json.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace helpdesk::json {
namespace {

constexpr std::size_t k_deepest = 200;

// Receives the parser's events and builds the value on a stack of open containers.
class Builder {
 public:
  bool null() { return add(Value()); }
  bool boolean(bool b) { return add(Value(b)); }
  bool number_integer(std::int64_t n) { return add(Value(n)); }
  bool number_unsigned(std::uint64_t n) { return add(Value(n)); }
  bool number_float(double d, const std::string& raw) {
    if (raw.find_first_of(".eE") == std::string::npos) return add(Value(BigNumber{raw}));
    return add(Value(d));
  }
  bool string(std::string& s) { return add(Value(std::move(s))); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Value::object()); }
  bool start_array(std::size_t) { return open(Value::array()); }
  bool key(std::string& key) {
    stack_.back().key = std::move(key);
    return true;
  }
  bool end_object() {
    stack_.back().value.mutable_members()->drop_doubled_keys();
    return close();
  }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) {
    position_ = position;
    out_of_range_ = error.id == 406;
    return false;
  }

  Value take() { return std::move(root_); }
  std::size_t position() const { return position_; }
  bool too_deep() const { return too_deep_; }
  bool out_of_range() const { return out_of_range_; }

 private:
  struct Open {
    Value value;
    std::string key;
  };
  bool add(Value value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Open& open = stack_.back();
    if (Array* items = open.value.mutable_items())
      items->push_back(std::move(value));
    else
      open.value.mutable_members()->append(std::move(open.key), std::move(value));
    return true;
  }
  bool open(Value container) {
    if (stack_.size() >= k_deepest) {
      too_deep_ = true;
      return false;
    }
    stack_.push_back({std::move(container), {}});
    return true;
  }
  bool close() {
    Value done = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(done));
  }

  std::vector<Open> stack_;
  Value root_;
  std::size_t position_ = 0;
  bool too_deep_ = false, out_of_range_ = false;
};

std::string place(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  std::size_t line = 1, begin = 0;
  for (std::size_t i = 0; i < offset; ++i)
    if (text[i] == '\n') {
      ++line;
      begin = i + 1;
    }
  return fmt::format("line {}, column {} (byte {})", line, offset - begin + 1, offset);
}

} // namespace

Result<Value> parse(std::string_view text) {
  std::size_t bad = 0;
  if (!is_valid_utf8(text)) {
    // Rare, so the search for the place may walk slowly: the first replacement that stands for something
    // else.
    while (bad < text.size()) {
      std::size_t next = bad;
      if (next_code_point(text, next) == 0xFFFD && text.substr(bad, 3) != "\xEF\xBF\xBD") break;
      bad = next;
    }
    return failed("invalid JSON at " + place(text, bad) + ": not UTF-8");
  }
  Builder builder;
  try {
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  } catch (const std::exception& error) {
    return failed(std::string("cannot read JSON: ") + error.what());
  }
  if (builder.too_deep()) return failed(fmt::format("invalid JSON: more than {} levels deep", k_deepest));
  std::size_t at = builder.position() > 0 ? builder.position() - 1 : 0;
  if (trim(text).empty()) return failed("invalid JSON: empty");
  if (builder.out_of_range()) return failed("invalid JSON at " + place(text, at) + ": a number is too large");
  if (at >= text.size()) return failed("invalid JSON at " + place(text, at) + ": it ends too early");
  std::size_t end = at;
  next_code_point(text, end);
  return failed("invalid JSON at " + place(text, at) + ": unexpected \"" +
                std::string(text.substr(at, end - at)) + "\"");
}

} // namespace helpdesk::json
