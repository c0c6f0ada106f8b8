// include and render.
#include "liquid/characters.hpp"
#include "liquid/fragments.hpp"
#include "liquid/loop.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

struct PartialMarkup {
  const Expression* name = nullptr;
  const Expression* variable = nullptr;
  std::string_view alias;
  bool loop = false;
  std::span<NamedArgument> attributes;
};

std::string_view last_part(std::string_view name) {
  const auto slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

// Shares the scope of the template that includes it.
class IncludeNode final : public Node {
 public:
  IncludeNode() : Node(Type::tag) {}
  void render(Context& context) const override {
    if (!context.include_allowed) argument_error("include usage is not allowed in this context");
    const auto name = context.evaluate(*markup.name);
    if (!name.is_string()) argument_error("Argument error in tag 'include' - Illegal template name");
    const auto* partial = context.run.partial(name.as_string(), *context.source);
    const auto variable_name = markup.alias.empty() ? last_part(partial->name) : markup.alias;
    bool found = false;
    const auto variable =
        markup.variable ? context.evaluate(*markup.variable) : context.find(name.as_string(), found);
    const Context::Block block(context);
    for (const auto& attribute : markup.attributes)
      context.set(attribute.name, context.evaluate(*attribute.value));
    const Enter enter(context, *partial);
    if (variable.kind() != Kind::array) {
      context.set(variable_name, variable);
      return context.render(partial->body);
    }
    for (const auto& item : variable.as_array()) {
      context.run.step();
      context.set(variable_name, item);
      context.render(partial->body);
    }
  }
  PartialMarkup markup;

 private:
  struct Enter {
    Enter(Context& c, const Source& source) : context(c), old(c.source), was_partial(c.in_partial) {
      context.source = &source;
      context.in_partial = true;
    }
    ~Enter() {
      context.source = old;
      context.in_partial = was_partial;
    }
    Context& context;
    const Source* old;
    bool was_partial;
  };
};

// Sees nothing but what it is given.
class RenderNode final : public Node {
 public:
  RenderNode() : Node(Type::tag) {}
  void render(Context& context) const override {
    if (!markup.name->literal.is_string())
      argument_error("Syntax error in tag 'render' - Template name must be a quoted string");
    const auto* partial = context.run.partial(markup.name->literal.as_string(), *context.source);
    const auto variable = markup.variable ? context.evaluate(*markup.variable) : Value();
    const auto collection = whole(variable);
    const auto kind = collection.kind();
    if (!markup.loop || (kind != Kind::array && kind != Kind::hash && kind != Kind::range))
      return render_one(context, *partial, variable, nullptr);
    const Items items(collection, 0, std::nullopt);
    auto state = std::make_unique<ForLoop>(std::string(partial->name), items.size(), Value());
    auto* counter = state.get();
    const auto loop = Value::object(std::move(state));
    for (std::int64_t i = 0; i < items.size(); ++i) {
      context.run.step();
      render_one(context, *partial, items.at(i), &loop);
      counter->advance();
    }
  }
  PartialMarkup markup;

 private:
  void render_one(Context& context, const Source& partial, const Value& variable, const Value* loop) const {
    Context inner(context.run, partial, nullptr, context.depth + 1);
    inner.out = context.out;
    inner.include_allowed = false;
    inner.in_partial = true;
    if (loop) inner.set("forloop", *loop);
    for (const auto& attribute : markup.attributes)
      inner.set(attribute.name, context.evaluate(*attribute.value));
    if (!variable.is_nil())
      inner.set(markup.alias.empty() ? last_part(partial.name) : markup.alias, variable);
    inner.render(partial.body);
  }
};

void strict(Parser& parser, PartialMarkup& result) {
  result.loop = parser.accept_id("for");
  if (result.loop || parser.accept_id("with")) result.variable = parser.expression();
  if (parser.accept_id("as")) result.alias = parser.expect(TokenType::id);
  parser.accept(TokenType::comma);
  std::vector<NamedArgument> attributes;
  while (parser.look(TokenType::id)) {
    const auto name = parser.expect(TokenType::id);
    parser.expect(TokenType::colon);
    attributes.push_back({name, parser.expression()});
    parser.accept(TokenType::comma);
  }
  parser.expect(TokenType::end_of_string);
  result.attributes = parser.arena().copy(attributes);
}

// What follows word at the start of rest (behind white space), or nothing.
std::string_view after_word(std::string_view rest, std::string_view word) {
  const auto text = strip_left(rest);
  if (text.size() == rest.size() || !text.starts_with(word) || text.size() == word.size() ||
      !liquid::is_space(text[word.size()]))
    return {};
  return strip_left(text.substr(word.size()));
}

void lax(Parser& parser, std::string_view markup, std::string_view name, PartialMarkup& result) {
  result = {};
  result.name = parser.lax_expression(name);
  auto rest = markup.substr(static_cast<std::size_t>(name.data() + name.size() - markup.data()));
  const auto looped = after_word(rest, "for"), with = after_word(rest, "with");
  const auto value = looped.empty() ? with : looped;
  if (const auto length = fragment_length(value, 0)) {
    result.loop = !looped.empty();
    result.variable = parser.lax_expression(value.substr(0, length));
    rest = value.substr(length);
  }
  const auto alias = after_word(rest, "as");
  std::size_t end = 0;
  while (end < alias.size() && (is_word(alias[end]) || alias[end] == '-')) ++end;
  result.alias = alias.substr(0, end);
  std::vector<NamedArgument> arguments;
  for (const auto& [key, text] : attributes(markup)) arguments.push_back({key, parser.lax_expression(text)});
  result.attributes = parser.arena().copy(arguments);
}

} // namespace

Node* include(Parser& parser, std::string_view markup) {
  auto* node = parser.arena().make<IncludeNode>();
  parser.parse_markup(
      markup,
      [&] {
        node->markup.name = parser.expression();
        strict(parser, node->markup);
      },
      [&] {
        const auto name = find_fragment(markup, 0);
        if (name.empty())
          syntax_error(
              "Error in tag 'include' - Valid syntax: include '[template]' (with|for) [object|collection]");
        lax(parser, markup, name, node->markup);
      },
      false);
  parser.use_partial(node->markup.name);
  return node;
}

Node* render(Parser& parser, std::string_view markup) {
  auto* node = parser.arena().make<RenderNode>();
  parser.parse_markup(
      markup,
      [&] {
        if (!parser.look(TokenType::string)) parser.expect(TokenType::string);
        node->markup.name = parser.expression();
        strict(parser, node->markup);
      },
      [&] {
        auto at = markup.find_first_of("'\"");
        auto end = at == std::string_view::npos ? at : markup.find(markup[at], at + 1);
        if (at != std::string_view::npos && end == std::string_view::npos) {
          at = markup.find(markup[at] == '"' ? '\'' : '"', at + 1);
          end = at == std::string_view::npos ? at : markup.find(markup[at], at + 1);
        }
        if (end == std::string_view::npos)
          syntax_error("Syntax error in tag 'render' - Template name must be a quoted string");
        lax(parser, markup, markup.substr(at, end + 1 - at), node->markup);
      },
      false);
  parser.use_partial(node->markup.name);
  return node;
}

} // namespace helpdesk::liquid::tags
