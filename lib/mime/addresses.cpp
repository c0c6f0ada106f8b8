// Address lists, RFC 5322 with the obsolete forms, RFC 6854 groups, and what people type instead.
#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/header_block.hpp"
#include "mime/idna.hpp"

#include <optional>

namespace helpdesk::mime {

namespace {

class AddressParser {
 public:
  explicit AddressParser(std::string_view text) : text_(text) {}

  std::vector<model::Contact> parse() {
    while (pos_ < text_.size() && contacts_.size() < k_most) {
      const char c = text_[pos_];
      switch (c) {
      case '"': read_quoted(); break;
      case '(': read_comment(); break;
      case '<': read_angle(); break;
      case ',':
      case ';':
        finish();
        ++pos_;
        break;
      case ':':
        // Group name, unless a colon stands inside something like "mailto:a@b".
        if (!angle_ && plain_.find('@') == std::string::npos) {
          phrase_.clear();
          plain_.clear();
        } else {
          plain_ += c;
        }
        ++pos_;
        break;
      case ' ':
      case '\t':
        space_ = true;
        ++pos_;
        break;
      default: read_atom(); break;
      }
    }
    finish();
    return std::move(contacts_);
  }

 private:
  static constexpr std::size_t k_most = 20'000;

  void add_space(std::string& to) const {
    if (space_ && !to.empty()) to += ' ';
  }

  void read_atom() {
    const std::size_t start = pos_;
    // An encoded word may hold commas and parentheses that mean nothing here.
    if (text_.substr(pos_, 2) == "=?") {
      std::size_t marks = 0, i = pos_ + 2;
      while (i < text_.size() && marks < 3) {
        if (text_[i] == '?') ++marks;
        if (marks == 3 || text_[i] == '<') break;
        ++i;
      }
      if (marks == 3 && i + 1 < text_.size() && text_[i + 1] == '=') pos_ = i + 2;
    }
    if (pos_ == start)
      while (pos_ < text_.size() &&
             std::string_view("\"(<,;: \t").find(text_[pos_]) == std::string_view::npos)
        ++pos_;
    const std::string_view atom = text_.substr(start, pos_ - start);
    add_space(plain_);
    plain_ += atom;
    add_space(phrase_);
    phrase_ += atom;
    space_ = false;
  }

  void read_quoted() {
    const std::size_t start = pos_++;
    std::string inside;
    while (pos_ < text_.size() && text_[pos_] != '"') {
      if (text_[pos_] == '\\' && pos_ + 1 < text_.size()) ++pos_;
      inside += text_[pos_++];
    }
    if (pos_ < text_.size()) ++pos_;
    add_space(plain_);
    plain_ += text_.substr(start, pos_ - start);
    add_space(phrase_);
    phrase_ += inside;
    space_ = false;
  }

  void read_comment() {
    int depth = 0;
    std::string inside;
    while (pos_ < text_.size()) {
      const char c = text_[pos_++];
      if (c == '\\' && pos_ < text_.size()) {
        inside += text_[pos_++];
        continue;
      }
      if (c == '(' && depth++ == 0) continue;
      if (c == ')' && --depth == 0) break;
      inside += c;
    }
    if (comment_.empty()) comment_ = std::move(inside);
    space_ = true;
  }

  void read_angle() {
    std::size_t end = pos_ + 1;
    bool quoted = false;
    while (end < text_.size() && (quoted || text_[end] != '>')) {
      if (text_[end] == '"') quoted = !quoted;
      if (text_[end] == '\\' && end + 1 < text_.size()) ++end;
      ++end;
    }
    if (end > text_.size()) end = text_.size();
    std::string_view inside = text_.substr(pos_ + 1, end - pos_ - 1);
    pos_ = end < text_.size() ? end + 1 : end;
    inside = trim(inside);
    while (inside.starts_with('<')) inside.remove_prefix(1);
    // A source route "@a,@b:user@host" (obsolete): the mailbox stands behind the colon.
    if (inside.starts_with('@'))
      if (const std::size_t colon = inside.find(':'); colon != std::string_view::npos)
        inside.remove_prefix(colon + 1);
    if (angle_) finish(); // two addresses without a comma between them
    angle_ = std::string(inside);
    space_ = false;
  }

  static std::string clean_address(std::string_view address) {
    std::string compact;
    bool quoted = false;
    for (const char c : address) {
      if (c == '"') quoted = !quoted;
      if (static_cast<unsigned char>(c) <= 32 && !quoted) continue; // "user @ host" is obsolete, and the same
      if (static_cast<unsigned char>(c) < 32 || c == 127) continue;
      compact += c;
    }
    if (starts_with_ignoring_case(compact, "mailto:")) compact.erase(0, 7);
    std::string text = guess_utf8(compact);
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos) return text;
    std::string domain = domain_to_unicode(std::string_view(text).substr(at + 1));
    while (domain.ends_with('.')) domain.pop_back();
    return text.substr(0, at + 1) + domain;
  }

  static std::string clean_name(std::string_view name) {
    std::string text = collapse_spaces(decode_header(name));
    for (const char quote : {'"', '\''})
      if (text.size() >= 2 && text.front() == quote && text.back() == quote)
        text = std::string(trim(std::string_view(text).substr(1, text.size() - 2)));
    return text;
  }

  void finish() {
    model::Contact contact;
    if (angle_) {
      contact.address = clean_address(*angle_);
      contact.name = clean_name(phrase_);
      if (contact.name.empty()) contact.name = clean_name(comment_);
    } else if (plain_.find('@') != std::string::npos) {
      contact.address = clean_address(address_in_plain());
      contact.name = clean_name(comment_);
    } else {
      contact.name = clean_name(phrase_);
      if (contact.name.empty()) contact.name = clean_name(comment_);
    }
    if (!contact.name.empty() || !contact.address.empty()) contacts_.push_back(std::move(contact));
    plain_.clear();
    phrase_.clear();
    comment_.clear();
    angle_.reset();
    space_ = false;
  }

  // "Anna Berg anna@example.org" without brackets: the word with the @ is the address, what stands before it
  // the name.
  std::string address_in_plain() {
    if (plain_.find('"') != std::string::npos || plain_.find(" @") != std::string::npos ||
        plain_.find("@ ") != std::string::npos)
      return plain_;
    const std::size_t at = plain_.find('@');
    const std::size_t before = plain_.rfind(' ', at);
    const std::size_t after = plain_.find(' ', at);
    std::string address =
        plain_.substr(before == std::string::npos ? 0 : before + 1,
                      after == std::string::npos ? std::string::npos
                                                 : after - (before == std::string::npos ? 0 : before + 1));
    if (before != std::string::npos && comment_.empty()) comment_ = plain_.substr(0, before);
    return address;
  }

  std::string_view text_;
  std::size_t pos_ = 0;
  std::string plain_, phrase_, comment_;
  std::optional<std::string> angle_;
  bool space_ = false;
  std::vector<model::Contact> contacts_;
};

} // namespace

std::vector<model::Contact> parse_addresses(std::string_view value) {
  const std::string text = unfold(value);
  return AddressParser(text).parse();
}

} // namespace helpdesk::mime
