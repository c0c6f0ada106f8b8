// cycle, ifchanged.
#include "liquid/characters.hpp"
#include "liquid/fragments.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

class CycleNode final : public Node {
 public:
  CycleNode() : Node(Type::tag) {}
  void render(Context& context) const override {
    std::string key;
    if (name)
      append_text(key, context.evaluate(*name));
    else
      for (const auto* value : values) append_inspect(key, value->literal);
    auto& position =
        context.cycles[(name ? "n:" : "u:") + key + (own_position ? std::to_string(offset) : "")];
    const auto size = static_cast<std::int64_t>(values.size());
    if (size == 0) return;
    const auto at = position;
    const auto next = at + 1 >= size ? 0 : at + 1;
    position = next;
    if (at < size) context.print(context.evaluate(*values[static_cast<std::size_t>(at)]));
  }
  const Expression* name = nullptr;
  bool own_position = false; // unnamed, with variables: shared with no other
  std::span<const Expression*> values;
};

class IfChangedNode final : public Node {
 public:
  explicit IfChangedNode(const Body& body) : Node(Type::tag), body(body) { blank = body.blank; }
  void render(Context& context) const override {
    auto text = context.capture(body);
    if (context.last_changed == text) return;
    context.print(Value(text));
    context.last_changed = std::move(text);
  }
  Body body;
};

} // namespace

Node* cycle(Parser& parser, std::string_view markup) {
  const Expression* name = nullptr;
  std::vector<const Expression*> values;
  parser.parse_markup(
      markup,
      [&] {
        if (parser.look(TokenType::end_of_string))
          syntax_error("Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]");
        const auto* first = parser.expression();
        if (parser.accept(TokenType::colon)) {
          name = first;
          first = parser.expression();
        }
        values.push_back(first);
        while (parser.accept(TokenType::comma) && !parser.look(TokenType::end_of_string))
          values.push_back(parser.expression());
        parser.expect(TokenType::end_of_string);
      },
      [&] {
        name = nullptr;
        values.clear();
        auto rest = markup;
        const auto first = fragment_length(rest, 0);
        if (first == 0)
          syntax_error("Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]");
        // The name's fragment swallows the colon when no space stands before it.
        auto head = rest.substr(0, first);
        const auto colon = head.back() == ':' ? head.size() - 1 : [&] {
          auto at = first;
          while (at < rest.size() && liquid::is_space(rest[at])) ++at;
          if (at < rest.size() && rest[at] == ':') return at;
          return head.front() == '"' || head.front() == '\'' ? std::string_view::npos : head.rfind(':');
        }();
        if (colon != std::string_view::npos && colon > 0) {
          name = parser.lax_expression(rest.substr(0, std::min(colon, first)));
          rest = rest.substr(colon + 1);
        }
        while (true) {
          const auto comma = rest.find(',');
          if (const auto value = find_fragment(rest.substr(0, comma), 0); !value.empty())
            values.push_back(parser.lax_expression(value));
          if (comma == std::string_view::npos) break;
          rest = rest.substr(comma + 1);
        }
      },
      false);
  auto* node = parser.arena().make<CycleNode>();
  node->name = name;
  node->values = parser.arena().copy(values);
  for (const auto* value : values)
    node->own_position = node->own_position || (!name && value->type != Expression::Type::literal);
  return node;
}

Node* ifchanged(Parser& parser, std::string_view) {
  return parser.arena().make<IfChangedNode>(parser.whole_block("ifchanged"));
}

} // namespace helpdesk::liquid::tags
