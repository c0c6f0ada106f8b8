// Builds the syntax of one template. One Parser a template; it throws Failed.
#pragma once

#include "liquid/failure.hpp"
#include "liquid/lexer.hpp"
#include "liquid/syntax.hpp"
#include "liquid/template.hpp"
#include "liquid/tokenizer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::liquid {

// What stopped a body: a tag that is none of the language's, which its block may know, or the end of the
// text.
struct Stop {
  bool at_end = false;
  std::string_view name, markup;
};

class Parser {
 public:
  Parser(std::string_view source, const std::vector<std::uint32_t>& line_starts, const ParseOptions& options,
         Arena& arena, std::vector<Problem>& warnings);
  Body document();

  // For the tags.
  Body body(Stop& stop);
  // Throws what the reference says when block meets a tag that is neither its end nor a part of it.
  [[noreturn]] void refuse(std::string_view block, const Stop& stop);
  [[noreturn]] void never_closed(std::string_view block);
  // Parses the rest of a plain block (its end is "end" + name) as one body.
  Body whole_block(std::string_view name);
  // Text is dropped from bodies of a block that prints nothing but white space.
  Body without_text(const Body& body);

  // Runs strict on the tokens of markup; in lax and warn mode a syntax failure in it runs lax instead.
  // strict_too: whether Mode::strict uses the strict form (some tags have it from strict2 on).
  template <class Strict, class Lax>
  void parse_markup(std::string_view markup, Strict strict, Lax lax, bool strict_too = true,
                    bool braces = false);

  // Expressions out of the current tokens (strict).
  void start(std::string_view markup);
  bool look(TokenType type, std::size_t ahead = 0) const;
  std::optional<std::string_view> accept(TokenType type);
  std::string_view expect(TokenType type);
  bool accept_id(std::string_view name);
  const Expression* expression();
  // As expression, but blank and empty keep their meaning.
  const Expression* operand();
  void filtered(Filtered& result);
  const Condition* condition();

  // The same from text, as lax mode reads it.
  const Expression* lax_expression(std::string_view markup, bool literals = false);
  void lax_filtered(std::string_view markup, Filtered& result);
  const Condition* lax_condition(std::string_view markup);
  Filtered filtered_markup(std::string_view markup, bool braces);

  std::uint32_t offset_of(std::string_view part) const;
  std::uint32_t line_of(std::uint32_t offset);
  Arena& arena() { return arena_; }
  Tokenizer& tokenizer() { return *tokenizer_; }
  Mode mode() const { return options_.mode; }
  bool helpdesk_filters() const { return options_.helpdesk_filters; }
  // White space at the start of the next text goes, too: the tag that was just read ends with "-%}".
  void set_trim(bool trim) { trim_ = trim; }
  // Says that the template itself gives the variable its value.
  void declare(std::string_view name) { declared_.push_back(name); }
  const std::vector<std::string_view>& declared() const { return declared_; }
  const std::vector<const Expression*>& lookups() const { return lookups_; }
  // Names of filters that nobody knows, and of partials that are written out.
  const std::vector<std::string_view>& unknown_filters() const { return unknown_filters_; }
  const std::vector<std::string_view>& partials() const { return partials_; }
  void use_partial(const Expression* name) {
    if (name && name->type == Expression::Type::literal && name->literal.is_string())
      partials_.push_back(name->literal.as_string());
  }

  struct Deeper {
    explicit Deeper(Parser& parser);
    ~Deeper() { --parser.depth_; }
    Parser& parser;
  };

 private:
  friend struct Deeper;
  void text(std::string_view text, std::vector<Node*>& nodes, Body& result);
  bool tag(const Piece& piece, std::vector<Node*>& nodes, Body& result, Stop& stop);
  void lines(std::string_view markup, std::vector<Node*>& nodes, Body& result);
  Node* output(const Piece& piece);
  void append_nodes(std::vector<Node*>& nodes, Body& result, Stop& stop);
  const Condition* comparison();
  void members(Expression& lookup);
  void filter(std::vector<FilterCall>& filters);
  const Expression* make_lookup(std::string_view markup);
  void warn(const Failed& failed);
  [[noreturn]] void unterminated(std::string_view what, std::string_view token, std::string_view closing);

  std::string_view source_;
  const std::vector<std::uint32_t>& line_starts_; // of the second line and on
  const ParseOptions& options_;
  Arena& arena_;
  std::vector<Problem>& warnings_;
  Tokenizer* tokenizer_ = nullptr;
  std::vector<Token> tokens_;
  std::vector<std::string_view> declared_;
  std::vector<const Expression*> lookups_;
  std::vector<std::string_view> unknown_filters_, partials_;
  std::size_t token_ = 0;
  int depth_ = 0, expression_depth_ = 0;
  bool trim_ = false;
  std::uint32_t line_ = 1;
  std::size_t line_index_ = 0;
};

// Makes the node of a tag; the table in tags.cpp has one for each.
using TagParser = Node* (*)(Parser& parser, std::string_view markup);
TagParser find_tag(std::string_view name);

template <class Strict, class Lax>
void Parser::parse_markup(std::string_view markup, Strict strict, Lax lax, bool strict_too, bool braces) {
  const auto mode = options_.mode;
  if (mode != Mode::strict2 && !strict_too) return lax();
  try {
    start(markup);
    strict();
  } catch (Failed& failed) {
    if (failed.kind != Problem::Kind::syntax) throw;
    if (mode == Mode::lax || mode == Mode::warn) {
      if (mode == Mode::warn) warn(failed);
      return lax();
    }
    if (failed.context.empty()) {
      const auto stripped = braces ? std::string(markup)
                                   : std::string(markup.substr(0, markup.find_last_not_of(" \t\r\n") + 1));
      failed.context = braces ? " in \"{{" + stripped + "}}\"" : " in \"" + stripped + "\"";
    }
    throw;
  }
}

} // namespace helpdesk::liquid
