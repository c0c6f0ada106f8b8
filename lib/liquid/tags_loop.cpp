// for, tablerow, break, continue.
#include "liquid/characters.hpp"
#include "liquid/fragments.hpp"
#include "liquid/loop.hpp"
#include "liquid/number_text.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

struct LoopMarkup {
  std::string_view variable, collection_text;
  const Expression* collection = nullptr;
  const Expression* limit = nullptr;
  const Expression* offset = nullptr;
  const Expression* columns = nullptr;
  bool resume = false, reversed = false;
};

class ForNode final : public Node {
 public:
  ForNode() : Node(Type::tag) {}
  void render(Context& context) const override {
    const auto from = loop.resume   ? context.offsets[key(context)]
                      : loop.offset ? offset_of(context.evaluate(*loop.offset))
                                    : 0;
    const auto collection = context.evaluate(*loop.collection);
    std::optional<std::int64_t> to;
    if (loop.limit)
      if (const auto limit = context.evaluate(*loop.limit); !limit.is_nil())
        to = saturating_add(from, to_integer(limit));
    const Items items(collection, from, to);
    if (resumable) context.offsets[key(context)] = saturating_add(from, items.size());
    if (items.size() == 0) {
      if (has_otherwise) context.render(otherwise);
      return;
    }
    iterate(context, items);
  }

  LoopMarkup loop;
  Body body, otherwise;
  bool has_otherwise = false;
  bool resumable = true;

 private:
  static std::int64_t offset_of(const Value& value) { return value.is_nil() ? 0 : to_integer(value); }
  std::string key(const Context&) const {
    return std::string(loop.variable) + "-" + std::string(loop.collection_text);
  }
  void iterate(Context& context, const Items& items) const {
    Context::Block block(context);
    auto state = std::make_unique<ForLoop>(key(context), items.size(),
                                           context.loops.empty() ? Value() : context.loops.back());
    auto* counter = state.get();
    auto value = Value::object(std::move(state));
    context.loops.push_back(value);
    struct Pop {
      std::vector<Value>& loops;
      ~Pop() { loops.pop_back(); }
    } pop{context.loops};
    context.set("forloop", std::move(value));
    for (std::int64_t i = 0; i < items.size(); ++i) {
      context.run.step();
      context.set(loop.variable, items.at(loop.reversed ? items.size() - 1 - i : i));
      context.render(body);
      counter->advance();
      if (context.interrupt == Interrupt::none) continue;
      const auto interrupt = std::exchange(context.interrupt, Interrupt::none);
      if (interrupt == Interrupt::stop) break;
    }
  }
};

class TableRowNode final : public Node {
 public:
  TableRowNode() : Node(Type::tag) {}
  void render(Context& context) const override {
    const auto collection = context.evaluate(*loop.collection);
    if (!collection.truthy()) return;
    const auto from = loop.offset ? loose_integer(context.evaluate(*loop.offset)) : 0;
    std::optional<std::int64_t> to;
    if (loop.limit) to = saturating_add(from, loose_integer(context.evaluate(*loop.limit)));
    const Items items(collection, from, to);
    const auto columns = loop.columns ? loose_integer(context.evaluate(*loop.columns)) : items.size();
    auto& out = *context.out;
    out += "<tr class=\"row1\">\n";
    {
      Context::Block block(context);
      auto state = std::make_unique<TableRowLoop>(items.size(), columns);
      auto* counter = state.get();
      context.set("tablerowloop", Value::object(std::move(state)));
      for (std::int64_t i = 0; i < items.size(); ++i) {
        context.run.step();
        context.set(loop.variable, items.at(i));
        out += "<td class=\"col";
        append_integer(out, counter->column());
        out += "\">";
        context.render(body);
        out += "</td>";
        const auto interrupt = std::exchange(context.interrupt, Interrupt::none);
        if (interrupt == Interrupt::stop) break;
        if (counter->last_column() && i + 1 < items.size()) {
          out += "</tr>\n<tr class=\"row";
          append_integer(out, counter->row() + 1);
          out += "\">";
        }
        counter->advance();
      }
    }
    out += "</tr>\n";
    context.run.check_output(out.size());
  }

  LoopMarkup loop;
  Body body;

 private:
  // Ruby's to_i: a text's leading digits, a number's whole part, nil is 0; true and lists have none.
  static std::int64_t loose_integer(const Value& value) {
    if (value.is_nil()) return 0;
    if (value.is_string()) return leading_integer(value.as_string());
    if (value.kind() == Kind::number) return whole_part(value.as_number());
    return to_integer(value);
  }
};

class InterruptNode final : public Node {
 public:
  explicit InterruptNode(Interrupt interrupt) : Node(Type::tag), interrupt(interrupt) {}
  void render(Context& context) const override { context.interrupt = interrupt; }
  Interrupt interrupt;
};

void set_attribute(LoopMarkup& loop, std::string_view name, std::string_view text, const Expression* value) {
  if (name == "limit") loop.limit = value;
  if (name == "cols") loop.columns = value;
  if (name != "offset") return;
  loop.resume = text == "continue";
  loop.offset = value;
}

void strict_for(Parser& parser, LoopMarkup& loop) {
  loop.variable = parser.expect(TokenType::id);
  if (!parser.accept_id("in")) syntax_error("For loops require an 'in' clause");
  loop.collection = parser.expression();
  loop.collection_text = loop.collection->source;
  loop.reversed = parser.accept_id("reversed");
  while (parser.look(TokenType::comma) || parser.look(TokenType::id)) {
    parser.accept(TokenType::comma);
    const auto name = parser.accept_id("limit") ? "limit" : parser.accept_id("offset") ? "offset" : "";
    if (*name == '\0') syntax_error("Invalid attribute in for loop. Valid attributes are limit and offset");
    parser.expect(TokenType::colon);
    const auto* value = parser.expression();
    set_attribute(loop, name, value->source, value);
  }
  parser.expect(TokenType::end_of_string);
}

// "variable in collection", and where what follows begins.
std::size_t lax_head(Parser& parser, std::string_view markup, LoopMarkup& loop, std::string_view error) {
  std::size_t end = 0;
  while (end < markup.size() && (is_word(markup[end]) || markup[end] == '-')) ++end;
  auto rest = strip_left(markup.substr(end));
  if (end == 0 || !rest.starts_with("in") || rest.size() < 3 || !liquid::is_space(rest[2]))
    syntax_error(std::string(error));
  rest = strip_left(rest.substr(2));
  const auto length = fragment_length(rest, 0);
  if (length == 0) syntax_error(std::string(error));
  loop.variable = markup.substr(0, end);
  loop.collection_text = rest.substr(0, length);
  loop.collection = parser.lax_expression(loop.collection_text);
  return static_cast<std::size_t>(rest.data() + length - markup.data());
}

void lax_attributes(Parser& parser, std::string_view markup, LoopMarkup& loop) {
  for (const auto& [name, value] : attributes(markup))
    set_attribute(loop, name, value, parser.lax_expression(value));
}

} // namespace

Node* for_(Parser& parser, std::string_view markup) {
  const Parser::Deeper deeper(parser);
  auto* node = parser.arena().make<ForNode>();
  auto& loop = node->loop;
  parser.parse_markup(
      markup, [&] { strict_for(parser, loop); },
      [&] {
        loop = {};
        const auto at = lax_head(parser, markup, loop,
                                 "Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]");
        loop.reversed = strip_left(markup.substr(at)).starts_with("reversed");
        lax_attributes(parser, markup, loop);
      });
  parser.declare(loop.variable);
  Stop stop;
  node->body = parser.body(stop);
  while (!stop.at_end && stop.name == "else") {
    node->has_otherwise = true;
    stop = {};
    node->otherwise = parser.body(stop);
  }
  if (stop.at_end) parser.never_closed("for");
  if (stop.name != "endfor") parser.refuse("for", stop);
  node->blank = node->body.blank && (!node->has_otherwise || node->otherwise.blank);
  if (node->blank) {
    node->body = parser.without_text(node->body);
    node->otherwise = parser.without_text(node->otherwise);
  }
  return node;
}

Node* tablerow(Parser& parser, std::string_view markup) {
  const Parser::Deeper deeper(parser);
  auto* node = parser.arena().make<TableRowNode>();
  auto& loop = node->loop;
  parser.parse_markup(
      markup,
      [&] {
        loop.variable = parser.expect(TokenType::id);
        if (!parser.accept_id("in")) syntax_error("For loops require an 'in' clause");
        loop.collection = parser.expression();
        loop.collection_text = loop.collection->source;
        parser.accept(TokenType::comma);
        while (parser.look(TokenType::id)) {
          const auto name = parser.expect(TokenType::id);
          if (name != "cols" && name != "limit" && name != "offset" && name != "range")
            syntax_error("Invalid attribute '" + std::string(name) +
                             "' in tablerow loop. Valid attributes are cols, limit, offset, and range",
                         parser.offset_of(name));
          parser.expect(TokenType::colon);
          set_attribute(loop, name, {}, parser.expression());
          parser.accept(TokenType::comma);
        }
        parser.expect(TokenType::end_of_string);
      },
      [&] {
        loop = {};
        lax_head(parser, markup, loop,
                 "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] cols=3");
        lax_attributes(parser, markup, loop);
        loop.resume = false;
      },
      false);
  parser.declare(loop.variable);
  node->body = parser.whole_block("tablerow");
  node->blank = node->body.blank;
  return node;
}

Node* break_(Parser& parser, std::string_view) { return parser.arena().make<InterruptNode>(Interrupt::stop); }
Node* continue_(Parser& parser, std::string_view) {
  return parser.arena().make<InterruptNode>(Interrupt::next);
}

} // namespace helpdesk::liquid::tags
