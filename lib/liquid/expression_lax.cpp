// Expressions as lax mode reads what strict refuses: it picks out the fragments it knows and skips the rest.
#include "liquid/characters.hpp"
#include "liquid/filter_table.hpp"
#include "liquid/fragments.hpp"
#include "liquid/number_text.hpp"
#include "liquid/parser.hpp"

namespace helpdesk::liquid {

namespace {

constexpr int k_expression_depth = 100;

bool is_name(char c) { return is_word(c) || c == '-'; }

// "12", "1.5", "1.5.2" (which is 1.5): digits and points after an optional dash.
bool looks_numeric(std::string_view text) {
  if (text.empty() || (text[0] != '-' && !is_ascii_digit(text[0]))) return false;
  bool digit = is_ascii_digit(text[0]);
  for (const char c : text.substr(1)) {
    if (c != '.' && !is_ascii_digit(c)) return false;
    digit = digit || c != '.';
  }
  return digit;
}

Value lax_number(std::string_view text) {
  const auto point = text.find('.');
  if (point == std::string_view::npos) return number_of(text);
  const auto second = text.find('.', point + 1);
  auto digits = text.substr(0, second);
  return number_of(digits).kind() == Kind::number ? number_of(digits) : Value(0.0);
}

// For each '[' the ']' that balances it, npos for none.
std::vector<std::size_t> balance(std::string_view text) {
  std::vector<std::size_t> closing(text.size(), std::string_view::npos), open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') open.push_back(i);
    if (text[i] == ']' && !open.empty()) {
      closing[open.back()] = i;
      open.pop_back();
    }
  }
  return closing;
}

Compare lax_comparison(std::string_view text) {
  if (text.empty()) return Compare::none;
  if (text == "==") return Compare::equal;
  if (text == "!=" || text == "<>") return Compare::unequal;
  if (text == "<") return Compare::less;
  if (text == ">") return Compare::greater;
  if (text == "<=") return Compare::less_equal;
  if (text == ">=") return Compare::greater_equal;
  if (text == "contains") return Compare::contains;
  return Compare::unknown;
}

bool is_relation(std::string_view rest, std::string_view word) {
  return rest.starts_with(word) && (rest.size() == word.size() || !is_word(rest[word.size()]));
}

} // namespace

const Expression* Parser::make_lookup(std::string_view markup) {
  auto* result = arena_.make<Expression>();
  result->type = Expression::Type::lookup;
  result->source = markup;
  const auto closing =
      markup.find('[') == std::string_view::npos ? std::vector<std::size_t>{} : balance(markup);
  std::vector<Member> found;
  bool named = false;
  for (std::size_t i = 0; i < markup.size();) {
    Member member;
    member.offset = offset_of(markup.substr(i));
    if (markup[i] == '[' && closing[i] != std::string_view::npos) {
      member.index = lax_expression(markup.substr(i + 1, closing[i] - i - 1));
      i = closing[i] + 1;
    } else if (is_name(markup[i])) {
      auto end = i;
      while (end < markup.size() && is_name(markup[end])) ++end;
      if (end < markup.size() && markup[end] == '?') ++end;
      member.key = markup.substr(i, end - i);
      i = end;
    } else {
      ++i;
      continue;
    }
    if (named) {
      found.push_back(member);
    } else {
      named = true;
      result->name = member.key;
      result->dynamic_name = member.index;
    }
  }
  result->members = arena_.copy(found);
  lookups_.push_back(result);
  return result;
}

const Expression* Parser::lax_expression(std::string_view markup, bool literals) {
  if (++expression_depth_ > k_expression_depth)
    throw Failed{.kind = Problem::Kind::nesting, .message = "Nesting too deep", .limit = "depth"};
  markup = strip(markup);
  auto* result = arena_.make<Expression>();
  result->source = markup;
  const auto quoted = [&](char quote) {
    return markup.size() > 1 && markup.front() == quote && markup.back() == quote;
  };
  if (quoted('"') || quoted('\'')) {
    result->literal = Value::borrowed(markup.substr(1, markup.size() - 2));
  } else if (literals && (markup == "blank" || markup == "empty")) {
    result->type = markup == "blank" ? Expression::Type::blank : Expression::Type::empty;
    result->literal = Value::borrowed("");
  } else if (literal_of(markup, result->literal)) {
    // done
  } else if (looks_numeric(markup)) {
    result->literal = lax_number(markup);
  } else if (markup.front() == '(' && markup.back() == ')' && markup.find("..") != std::string_view::npos) {
    const auto inner = strip(markup.substr(1, markup.size() - 2));
    const auto dots = inner.rfind("..");
    const auto first = strip(inner.substr(0, dots)), last = strip(inner.substr(dots + 2));
    result->type = Expression::Type::range;
    result->first = lax_expression(first);
    result->last = lax_expression(last);
  } else {
    --expression_depth_;
    return make_lookup(markup);
  }
  --expression_depth_;
  return result;
}

void Parser::lax_filtered(std::string_view markup, Filtered& result) {
  result = {};
  expression_depth_ = 0;
  const auto base = find_fragment(markup, 0);
  if (base.empty()) return;
  result.base = lax_expression(base);
  auto at = static_cast<std::size_t>(base.data() + base.size() - markup.data());
  at = markup.find('|', at);
  if (at == std::string_view::npos) return;
  std::vector<FilterCall> filters;
  for (const auto part : filter_parts(markup.substr(at + 1))) {
    std::size_t begin = 0;
    while (begin < part.size() && !is_word(part[begin])) ++begin;
    if (begin == part.size()) continue;
    auto end = begin;
    while (end < part.size() && is_word(part[end])) ++end;
    FilterCall call;
    call.name = part.substr(begin, end - begin);
    call.entry = find_filter(call.name, options_.helpdesk_filters);
    if (!call.entry) unknown_filters_.push_back(call.name);
    std::vector<const Expression*> arguments;
    std::vector<NamedArgument> named;
    for (const auto& [name, value] : filter_arguments(part)) {
      if (name.empty())
        arguments.push_back(lax_expression(value));
      else
        named.push_back({name, lax_expression(value)});
    }
    call.arguments = arena_.copy(arguments);
    call.named = arena_.copy(named);
    filters.push_back(call);
  }
  result.filters = arena_.copy(filters);
}

const Condition* Parser::lax_condition(std::string_view markup) {
  // Words between "and" and "or" belong together; each group is left, operator and right.
  const Condition* first = nullptr;
  Condition* last = nullptr;
  std::size_t at = 0;
  const auto refuse = [] { syntax_error("Syntax Error in tag 'if' - Valid syntax: if [expression]"); };
  while (true) {
    const auto begin = at;
    auto end = at;
    auto relation = Condition::Relation::none;
    while (at < markup.size()) {
      if (is_space(markup[at])) {
        ++at;
        continue;
      }
      const auto rest = markup.substr(at);
      const bool conjunction = is_relation(rest, "and");
      if (conjunction || is_relation(rest, "or")) {
        relation = conjunction ? Condition::Relation::conjunction : Condition::Relation::disjunction;
        at += conjunction ? 3 : 2;
        break;
      }
      at += std::max<std::size_t>(1, condition_word(rest));
      end = at;
    }
    const auto group = parse_comparison(markup.substr(begin, end - begin));
    if (group.left.empty()) refuse();
    auto* condition = arena_.make<Condition>();
    expression_depth_ = 0;
    condition->left = lax_expression(group.left, true);
    condition->operation = group.operation;
    condition->compare = lax_comparison(group.operation);
    condition->right = lax_expression(group.right, true);
    if (last)
      last->next = condition;
    else
      first = condition;
    last = condition;
    if (relation == Condition::Relation::none) return first;
    condition->relation = relation;
  }
}

} // namespace helpdesk::liquid
