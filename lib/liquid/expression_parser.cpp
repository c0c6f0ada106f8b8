// Expressions as strict and strict2 read them: tokens, one after the other.
#include "liquid/filter_table.hpp"
#include "liquid/number_text.hpp"
#include "liquid/parser.hpp"

namespace helpdesk::liquid {

namespace {

constexpr int k_expression_depth = 100;

[[noreturn]] void expected(TokenType type, const Token& found, std::uint32_t offset) {
  syntax_error("Expected " + std::string(token_name(type)) + " but found " +
                   std::string(token_name(found.type)),
               offset);
}

std::string describe(const Token& token) {
  auto text = "[:" + std::string(token_name(token.type));
  if (token.type != TokenType::end_of_string) text += ", \"" + std::string(token.text) + "\"";
  return text + "] is not a valid expression";
}

Compare comparison_of(std::string_view text) {
  if (text == "==") return Compare::equal;
  if (text == "!=" || text == "<>") return Compare::unequal;
  if (text == "<") return Compare::less;
  if (text == ">") return Compare::greater;
  if (text == "<=") return Compare::less_equal;
  if (text == ">=") return Compare::greater_equal;
  if (text == "contains") return Compare::contains;
  return Compare::unknown;
}

} // namespace

void Parser::start(std::string_view markup) {
  lex(markup, source_, tokens_);
  token_ = 0;
  expression_depth_ = 0;
}

bool Parser::look(TokenType type, std::size_t ahead) const {
  return token_ + ahead < tokens_.size() && tokens_[token_ + ahead].type == type;
}

std::optional<std::string_view> Parser::accept(TokenType type) {
  if (!look(type)) return std::nullopt;
  return tokens_[token_++].text;
}

std::string_view Parser::expect(TokenType type) {
  const auto& token = tokens_[std::min(token_, tokens_.size() - 1)];
  if (token.type != type) expected(type, token, offset_of(token.text));
  ++token_;
  return token.text;
}

bool Parser::accept_id(std::string_view name) {
  if (!look(TokenType::id) || tokens_[token_].text != name) return false;
  ++token_;
  return true;
}

void Parser::members(Expression& lookup) {
  std::vector<Member> found;
  while (true) {
    const auto at = offset_of(tokens_[token_].text);
    if (accept(TokenType::open_square)) {
      const auto* index = expression();
      expect(TokenType::close_square);
      found.push_back({{}, index, at});
    } else if (accept(TokenType::dot)) {
      found.push_back({expect(TokenType::id), nullptr, at});
    } else {
      break;
    }
  }
  lookup.members = arena_.copy(found);
}

const Expression* Parser::operand() {
  const auto type = look(TokenType::id) && !look(TokenType::dot, 1) && !look(TokenType::open_square, 1)
                        ? tokens_[token_].text == "blank"   ? Expression::Type::blank
                          : tokens_[token_].text == "empty" ? Expression::Type::empty
                                                            : Expression::Type::literal
                        : Expression::Type::literal;
  if (type == Expression::Type::literal) return expression();
  auto* result = arena_.make<Expression>();
  result->type = type;
  result->source = tokens_[token_++].text;
  result->literal = Value::borrowed("");
  return result;
}

const Expression* Parser::expression() {
  if (++expression_depth_ > k_expression_depth)
    throw Failed{.kind = Problem::Kind::nesting, .message = "Nesting too deep", .limit = "depth"};
  const auto& token = tokens_[token_];
  const auto* start = token.text.data();
  auto* result = arena_.make<Expression>();
  switch (token.type) {
  case TokenType::id:
    ++token_;
    members(*result);
    if (result->members.empty() && literal_of(token.text, result->literal)) break;
    result->type = Expression::Type::lookup;
    result->name = token.text;
    break;
  case TokenType::open_square:
    if (options_.mode == Mode::strict2)
      syntax_error("Bare bracket access is not allowed. Use self['...'] instead", offset_of(token.text));
    ++token_;
    result->type = Expression::Type::lookup;
    result->dynamic_name = expression();
    expect(TokenType::close_square);
    members(*result);
    break;
  case TokenType::string:
    ++token_;
    result->literal = Value::borrowed(token.text.substr(1, token.text.size() - 2));
    break;
  case TokenType::number:
    ++token_;
    result->literal = number_of(token.text);
    break;
  case TokenType::open_round:
    ++token_;
    result->type = Expression::Type::range;
    result->first = expression();
    expect(TokenType::dotdot);
    result->last = expression();
    expect(TokenType::close_round);
    break;
  default: syntax_error(describe(token), offset_of(token.text));
  }
  const auto* end = tokens_[token_ - 1].text.data() + tokens_[token_ - 1].text.size();
  result->source = {start, static_cast<std::size_t>(end - start)};
  if (result->type == Expression::Type::lookup) lookups_.push_back(result);
  --expression_depth_;
  return result;
}

void Parser::filter(std::vector<FilterCall>& filters) {
  FilterCall call;
  call.name = expect(TokenType::id);
  call.entry = find_filter(call.name, options_.helpdesk_filters);
  if (!call.entry) unknown_filters_.push_back(call.name);
  std::vector<const Expression*> arguments;
  std::vector<NamedArgument> named;
  const auto argument = [&] {
    if (look(TokenType::id) && look(TokenType::colon, 1)) {
      const auto name = expect(TokenType::id);
      expect(TokenType::colon);
      named.push_back({name, expression()});
    } else {
      arguments.push_back(expression());
    }
  };
  if (accept(TokenType::colon)) {
    const bool strict2 = options_.mode != Mode::strict;
    const auto ended = [&] { return strict2 && (look(TokenType::pipe) || look(TokenType::end_of_string)); };
    if (!ended()) argument();
    while (accept(TokenType::comma) && !ended()) argument();
  }
  call.arguments = arena_.copy(arguments);
  call.named = arena_.copy(named);
  filters.push_back(call);
}

void Parser::filtered(Filtered& result) {
  result = {};
  if (look(TokenType::end_of_string)) return;
  result.base = expression();
  std::vector<FilterCall> filters;
  while (accept(TokenType::pipe)) filter(filters);
  expect(TokenType::end_of_string);
  result.filters = arena_.copy(filters);
}

Filtered Parser::filtered_markup(std::string_view markup, bool braces) {
  Filtered result;
  parse_markup(markup, [&] { filtered(result); }, [&] { lax_filtered(markup, result); }, true, braces);
  return result;
}

const Condition* Parser::comparison() {
  auto* result = arena_.make<Condition>();
  result->left = operand();
  if (const auto operation = accept(TokenType::comparison)) {
    result->operation = *operation;
    result->compare = comparison_of(*operation);
    result->right = operand();
  }
  return result;
}

const Condition* Parser::condition() {
  const auto* first = comparison();
  auto* last = const_cast<Condition*>(first);
  while (true) {
    const auto relation = accept_id("and")  ? Condition::Relation::conjunction
                          : accept_id("or") ? Condition::Relation::disjunction
                                            : Condition::Relation::none;
    if (relation == Condition::Relation::none) return first;
    last->relation = relation;
    last->next = comparison();
    last = const_cast<Condition*>(last->next);
  }
}

} // namespace helpdesk::liquid
