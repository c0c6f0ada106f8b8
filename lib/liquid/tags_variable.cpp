// assign, capture, increment, decrement, echo.
#include "liquid/characters.hpp"
#include "liquid/nodes.hpp"
#include "liquid/number_text.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

class AssignNode final : public Node {
 public:
  AssignNode(std::string_view target, const Filtered& value) : Node(Type::tag), target(target), value(value) {
    blank = true;
  }
  void render(Context& context) const override {
    auto result = context.evaluate(value);
    context.run.charge(64);
    context.run.assigned(result);
    context.assign(target, std::move(result));
  }
  std::string_view target;
  Filtered value;
};

class CaptureNode final : public Node {
 public:
  CaptureNode(std::string_view target, const Body& body) : Node(Type::tag), target(target), body(body) {
    blank = true;
  }
  void render(Context& context) const override {
    Value text(context.capture(body));
    context.run.assigned(text);
    context.assign(target, std::move(text));
  }
  std::string_view target;
  Body body;
};

class CountNode final : public Node {
 public:
  CountNode(std::string_view name, bool up) : Node(Type::tag), name(name), up(up) {}
  void render(Context& context) const override {
    auto value = context.counter(name);
    const auto next = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) + (up ? 1ULL : ~0ULL));
    context.set_counter(name, next);
    context.print(Value(up ? value : next));
  }
  std::string_view name;
  bool up;
};

bool is_target(char c) {
  return is_word(c) || c == '-' || c == '.' || c == '[' || c == ']' || c == '(' || c == ')';
}

bool is_plain_target(char c) { return is_target(c) && c != '(' && c != ')'; }

// Where the target at the end of text begins: each of its characters may stand in parentheses, as the
// reference has it.
std::size_t target_begin(std::string_view text) {
  auto begin = text.size();
  while (begin > 0) {
    if (is_plain_target(text[begin - 1]))
      begin -= 1;
    else if (text[begin - 1] == ')' && begin > 1 && is_plain_target(text[begin - 2]))
      begin -= 2;
    else
      break;
    if (begin > 0 && text[begin - 1] == '(') --begin;
  }
  return begin;
}

// The name and the rest of "name = rest".
struct Assignment {
  std::string_view target, value;
};

Assignment split_assignment(std::string_view markup) {
  for (auto equals = markup.find('='); equals != std::string_view::npos;
       equals = markup.find('=', equals + 1)) {
    auto before = strip_right(markup.substr(0, equals));
    const auto begin = target_begin(before);
    if (begin < before.size()) return {before.substr(begin), strip_left(markup.substr(equals + 1))};
  }
  syntax_error("Syntax Error in 'assign' - Valid syntax: assign [var] = [source]");
}

// A plain name, strict2's way: an identifier, or for capture a quoted string.
std::string_view strict_name(Parser& parser) {
  auto name =
      parser.look(TokenType::string) ? parser.expect(TokenType::string) : parser.expect(TokenType::id);
  if (name.front() == '"' || name.front() == '\'') name = name.substr(1, name.size() - 2);
  parser.expect(TokenType::end_of_string);
  return name;
}

Node* count(Parser& parser, std::string_view markup, bool up) {
  std::string_view name;
  parser.parse_markup(markup, [&] { name = strict_name(parser); }, [&] { name = strip(markup); }, false);
  parser.declare(name);
  return parser.arena().make<CountNode>(name, up);
}

} // namespace

Node* assign(Parser& parser, std::string_view markup) {
  auto [target, value] = split_assignment(markup);
  if (parser.mode() == Mode::strict2)
    parser.parse_markup(target, [&] { target = strict_name(parser); }, [] {});
  parser.declare(target);
  return parser.arena().make<AssignNode>(target, parser.filtered_markup(value, false));
}

Node* capture(Parser& parser, std::string_view markup) {
  std::string_view name;
  parser.parse_markup(
      markup, [&] { name = strict_name(parser); },
      [&] {
        std::size_t begin = 0;
        while (begin < markup.size() && !is_target(markup[begin])) ++begin;
        auto end = begin;
        while (end < markup.size() && is_target(markup[end])) ++end;
        if (begin == end) syntax_error("Syntax Error in 'capture' - Valid syntax: capture [var]");
        name = markup.substr(begin, end - begin);
      },
      false);
  parser.declare(name);
  return parser.arena().make<CaptureNode>(name, parser.whole_block("capture"));
}

Node* increment(Parser& parser, std::string_view markup) { return count(parser, markup, true); }
Node* decrement(Parser& parser, std::string_view markup) { return count(parser, markup, false); }

Node* echo(Parser& parser, std::string_view markup) {
  return parser.arena().make<EchoNode>(parser.filtered_markup(markup, false));
}

} // namespace helpdesk::liquid::tags
