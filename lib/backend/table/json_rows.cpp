// The JSON half of the row reader: an object a line, or the objects of an array.
#include "backend/table/json_cell.hpp"
#include "backend/table/row_reader.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_longest = 8 << 20;

} // namespace

std::vector<std::string> json_names(const Part& part) {
  std::vector<std::string> names;
  auto add = [&](const std::string& name) {
    if (name.empty() || name.starts_with('=') || name == "*") return;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const std::string& column : part.columns) add(column);
  for (const TimeColumn& time : part.times) add(time.column);
  for (const auto& [key, column] : part.fields) add(column);
  return names;
}

void RowReader::take_json(FileRow& row, std::string_view text) {
  latin_ = is_valid_utf8(text) && !force_latin_ ? std::string(text) : from_latin(text);
  row.source = latin_;
  row.values.assign(header_.size(), {});
  auto parsed = json::parse(latin_);
  if (!parsed) {
    row.problem = parsed.error().message;
    return;
  }
  if (!parsed->is_object()) {
    row.problem = "is no JSON object";
    return;
  }
  unescaped_.resize(header_.size());
  for (std::size_t i = 0; i < header_.size(); ++i) {
    unescaped_[i] = json_cell(*parsed, header_[i]);
    row.values[i] = unescaped_[i];
  }
}

// Where the value at pos_ ends. False: more bytes are needed and there are some.
Result<bool> RowReader::json_extent(std::size_t& end, std::size_t& next, bool& terminated) {
  std::size_t size = buffer_.size();
  bool give_up = ended_ || size - pos_ >= k_longest;
  if (shape_ == Shape::json_lines) {
    std::size_t stop = buffer_.find(only_cr_ ? '\r' : '\n', pos_);
    if (stop == std::string::npos) {
      if (!give_up) return false;
      stop = size;
    }
    terminated = stop < size;
    end = stop;
    next = terminated ? stop + 1 : stop;
    return true;
  }
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = pos_; i < size; ++i) {
    char c = buffer_[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    bool done = depth == 0 && (c == '}' || c == ']');
    if (done || (depth <= 0 && (c == ',' || depth < 0))) { // an object, or what stands there instead
      end = done ? i + 1 : i;
      next = std::max(end, pos_ + 1);
      terminated = true;
      return true;
    }
  }
  if (!give_up) return false;
  end = next = size;
  terminated = false;
  return true;
}

Result<bool> RowReader::next_json(FileRow& row) {
  std::size_t end = 0, next = 0;
  for (;;) {
    while (pos_ < buffer_.size()) {
      char c = buffer_[pos_];
      bool between = shape_ == Shape::json_array && (c == ',' || c == ']' || (c == '[' && !in_array_));
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && !between) break;
      if (c == '[') in_array_ = true;
      if (c == (only_cr_ ? '\r' : '\n')) ++line_;
      ++pos_;
    }
    if (pos_ < buffer_.size() && TRY(json_extent(end, next, row.terminated))) break;
    if (!TRY(fill()) && pos_ == buffer_.size()) return false;
  }
  row.line = line_;
  row.begin = base_ + pos_;
  std::string_view text = std::string_view(buffer_).substr(pos_, end - pos_);
  take_json(row, trim(text));
  line_ += static_cast<std::uint64_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(pos_),
                                                 buffer_.begin() + static_cast<std::ptrdiff_t>(next),
                                                 only_cr_ ? '\r' : '\n'));
  pos_ = next;
  return true;
}

} // namespace helpdesk::backend::table
