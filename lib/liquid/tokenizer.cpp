#include "liquid/tokenizer.hpp"

#include "liquid/characters.hpp"

#include <cstring>

namespace helpdesk::liquid {

namespace {

// The next "{{" or "{%" at or after from, or the text's end.
std::size_t find_opening(std::string_view text, std::size_t from) {
  while (from + 1 < text.size()) {
    const void* found = std::memchr(text.data() + from, '{', text.size() - 1 - from);
    if (!found) break;
    from = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (text[from + 1] == '{' || text[from + 1] == '%') return from;
    ++from;
  }
  return text.size();
}

std::size_t name_length(std::string_view s) {
  if (!s.empty() && s[0] == '#') return 1;
  std::size_t i = 0;
  while (i < s.size() && is_word(s[i])) ++i;
  return i;
}

std::string_view skip_space(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  return s;
}

} // namespace

std::optional<Piece> Tokenizer::next() {
  if (at_ >= text_.size()) return std::nullopt;
  if (form_ == Form::lines) {
    const auto end = std::min(text_.find('\n', at_), text_.size());
    const auto line = text_.substr(at_, end - at_);
    at_ = end + 1;
    return Piece{Piece::Type::line, line};
  }
  const auto opening = find_opening(text_, at_);
  if (opening == at_) return text_[at_ + 1] == '%' ? tag(at_) : output();
  const auto text = text_.substr(at_, opening - at_);
  at_ = opening;
  return Piece{Piece::Type::text, text};
}

Piece Tokenizer::tag(std::size_t start) {
  const auto end = text_.find("%}", at_ + 2);
  if (end == std::string_view::npos) {
    at_ = text_.size();
    return {Piece::Type::tag, text_.substr(start), false};
  }
  at_ = end + 2;
  const bool is_tag = text_[start + 1] == '%';
  return {is_tag ? Piece::Type::tag : Piece::Type::output, text_.substr(start, at_ - start), is_tag};
}

// An output ends at "}}". A lone "}" ends it too, and so does a tag that begins inside it: both are errors.
Piece Tokenizer::output() {
  const auto start = at_;
  for (auto i = start + 2; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '}') {
      const bool closed = i + 1 < text_.size() && text_[i + 1] == '}';
      at_ = i + (closed ? 2 : 1);
      return {Piece::Type::output, text_.substr(start, at_ - start), closed};
    }
    if (c == '{' && i + 1 < text_.size() && text_[i + 1] == '%') {
      at_ = i;
      return tag(start);
    }
  }
  at_ = text_.size();
  return {Piece::Type::output, text_.substr(start, 2), false};
}

std::optional<TagHead> tag_head(const Piece& piece) {
  auto rest = piece.text;
  if (piece.type == Piece::Type::tag) {
    rest.remove_prefix(2);
    if (rest.size() > 2 && rest.front() == '-') rest.remove_prefix(1);
    rest.remove_suffix(2);
    if (!rest.empty() && rest.back() == '-') rest.remove_suffix(1);
  }
  rest = skip_space(rest);
  const auto length = name_length(rest);
  if (length == 0) return std::nullopt;
  TagHead head{rest.substr(0, length), skip_space(rest.substr(length))};
  if (piece.type == Piece::Type::line)
    while (!head.markup.empty() && is_space(head.markup.back())) head.markup.remove_suffix(1);
  return head;
}

std::optional<std::pair<std::size_t, std::string_view>> last_tag_in(const Piece& piece) {
  if (!piece.text.ends_with("%}")) return std::nullopt;
  for (auto at = piece.text.rfind("{%"); at != std::string_view::npos && at + 3 < piece.text.size();
       at = at == 0 ? std::string_view::npos : piece.text.rfind("{%", at - 1)) {
    auto rest = piece.text.substr(at + 2);
    if (rest.front() == '-') rest.remove_prefix(1);
    rest = skip_space(rest);
    std::size_t length = 0;
    while (length < rest.size() && is_word(rest[length])) ++length;
    if (length > 0) return std::pair{at, rest.substr(0, length)};
  }
  return std::nullopt;
}

} // namespace helpdesk::liquid
