// Cuts a template into text, {{ output }} and {% tag %}, or the inside of a {% liquid %} tag into lines.
// Linear in the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace helpdesk::liquid {

struct Piece {
  enum class Type : unsigned char { text, output, tag, line };
  Type type;
  std::string_view text; // with its delimiters; views the template
  bool complete = true;  // false: an output or a tag that nothing closes
  bool trims_before() const {
    return type != Type::text && type != Type::line && text.size() > 2 && text[2] == '-';
  }
  bool trims_after() const { return text.size() > 2 && text[text.size() - 3] == '-'; }
};

class Tokenizer {
 public:
  enum class Form : unsigned char { markup, lines };
  Tokenizer(std::string_view text, Form form) : text_(text), form_(form) {}
  std::optional<Piece> next();
  bool lines() const { return form_ == Form::lines; }
  const char* position() const { return text_.data() + at_; }

 private:
  Piece output();
  Piece tag(std::size_t start);
  std::string_view text_;
  std::size_t at_ = 0;
  Form form_;
};

// The name and markup of a tag or of a line; nothing when it has no name.
struct TagHead {
  std::string_view name, markup;
};
std::optional<TagHead> tag_head(const Piece& piece);
// Where "{% name" begins in a piece that ends with it, however broken its start is: how raw and doc find
// their end.
std::optional<std::pair<std::size_t, std::string_view>> last_tag_in(const Piece& piece);

} // namespace helpdesk::liquid
