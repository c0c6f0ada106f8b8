// What filters share: a value as text, and new texts that count against the rendering's memory.
#pragma once

#include "liquid/context.hpp"
#include "liquid/filter_table.hpp"

namespace helpdesk::liquid {

// A value as filters read it. Views the value, which must outlive it, or keeps the text it made.
class TextOf {
 public:
  explicit TextOf(const Value& v) : value_(v) {
    if (v.is_string()) {
      view = v.as_string();
    } else {
      append_text(made_, v);
      view = made_;
    }
  }
  explicit TextOf(Value&& v) : kept_(std::move(v)), value_(kept_) {
    if (value_.is_string()) {
      view = value_.as_string();
    } else {
      append_text(made_, value_);
      view = made_;
    }
  }
  TextOf(const TextOf&) = delete;
  TextOf& operator=(const TextOf&) = delete;
  // The whole text; the same string when the value is one.
  Value value() const { return value_.is_string() ? value_ : Value(view); }
  // A part of it, without a copy when it is the whole.
  Value part(std::string_view some) const { return some.size() == view.size() ? value() : Value(some); }

  std::string_view view;

 private:
  std::string made_;
  Value kept_;
  const Value& value_;
};

inline Value made(const FilterInput& call, std::string_view text) {
  call.context.run.charge(text.size());
  return Value(text);
}

// Byte offset n characters after from, at most the end.
std::size_t code_point_offset(std::string_view text, std::size_t from, std::int64_t n);

} // namespace helpdesk::liquid
