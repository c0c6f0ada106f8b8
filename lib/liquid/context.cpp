#include "liquid/context.hpp"

#include "base/text.hpp"
#include "liquid/characters.hpp"
#include "liquid/number_text.hpp"

namespace helpdesk::liquid {

namespace {

// {{ self }}: the variables of where it was written, wherever it is read. It never outlives its context, for
// what a partial assigns dies with the partial.
class Self final : public Object {
 public:
  explicit Self(Context& context) : context_(context) {}
  Value get(std::string_view key) const override {
    bool found = false;
    return context_.find(key, found);
  }
  bool has(std::string_view key) const override {
    bool found = false;
    context_.find(key, found);
    return found;
  }
  std::string text() const override { return "Liquid::SelfDrop"; }
  bool same_as(const Object& other) const override {
    const auto* self = dynamic_cast<const Self*>(&other);
    return self && &self->context_ == &context_;
  }

 private:
  Context& context_;
};

} // namespace

Context::Context(Run& r, const Source& s, const Value* d, int at_depth)
    : run(r), source(&s), out(&r.text), depth(at_depth), data(d), top_(&root_) {
  const auto limit = run.options.limits.depth;
  if (limit > 0 && depth > limit)
    throw Failed{.kind = Problem::Kind::nesting,
                 .message = "Nesting too deep",
                 .limit = "depth",
                 .without_line = true};
}

Context::Block::Block(Context& c) : context(c) {
  const auto limit = context.run.options.limits.depth;
  if (limit > 0 && context.depth + 1 > limit)
    throw Failed{.kind = Problem::Kind::nesting,
                 .message = "Nesting too deep",
                 .limit = "depth",
                 .without_line = true};
  ++context.depth;
  scope.outer = context.top_;
  context.top_ = &scope;
}

Context::Block::~Block() {
  context.top_ = scope.outer;
  --context.depth;
}

const Value* Context::find_local(std::string_view name) const {
  for (const auto* scope = top_; scope; scope = scope->outer)
    if (const auto* value = scope->variables.find(name)) return value;
  return counters_.find(name);
}

Value Context::find(std::string_view name, bool& found) {
  found = true;
  if (const auto* value = find_local(name)) return *value;
  for (const auto* outside : {data, &run.options.globals}) {
    if (!outside) continue;
    if (const auto* value = outside->find(name)) return *value;
    if (outside->kind() == Kind::object && outside->as_object().has(name))
      return outside->as_object().get(name);
  }
  found = false;
  return {};
}

std::int64_t Context::counter(std::string_view name) {
  const auto* value = counters_.find(name);
  return value ? value->as_integer() : 0;
}

void Context::set_counter(std::string_view name, std::int64_t value) {
  counters_.set(Value::borrowed(name), Value(value));
}

Value Context::evaluate(const Expression& expression) {
  switch (expression.type) {
  case Expression::Type::lookup: return lookup(expression);
  case Expression::Type::range: {
    // Two literals are cut to whole numbers; a variable must be one.
    const bool literals = expression.first->type == Expression::Type::literal &&
                          expression.last->type == Expression::Type::literal;
    const auto bound = [&](const Expression& side) {
      const auto value = evaluate(side);
      if (literals && value.kind() == Kind::number) return whole_part(value.as_number());
      return range_bound(value);
    };
    const auto first = bound(*expression.first);
    return Value::range(first, bound(*expression.last));
  }
  default: return expression.literal;
  }
}

Value Context::member(const Value& object, const Value& key, bool command, bool& found) {
  found = true;
  const auto name = key.is_string() ? key.as_string() : std::string_view();
  switch (object.kind()) {
  case Kind::hash:
    if (key.is_string())
      if (const auto* value = object.find(name)) return *value;
    if (key.kind() == Kind::integer) return {};
    if (command && name == "size") return Value(object.count());
    if (command && name == "first") {
      if (object.as_hash().empty()) return {};
      const auto& entry = object.as_hash().front();
      return Value::array({entry.key, entry.value});
    }
    break;
  case Kind::array: {
    const auto& items = object.as_array();
    const auto size = static_cast<std::int64_t>(items.size());
    if (key.kind() == Kind::integer) {
      const auto index = key.as_integer() < 0 ? key.as_integer() + size : key.as_integer();
      return index >= 0 && index < size ? items[static_cast<std::size_t>(index)] : Value();
    }
    if (!command) break;
    if (name == "size") return Value(size);
    if (name == "first") return items.empty() ? Value() : items.front();
    if (name == "last") return items.empty() ? Value() : items.back();
    break;
  }
  case Kind::range: {
    if (!command) break;
    const auto [first, last] = object.as_range();
    if (name == "size") return Value(object.count());
    if (name == "first") return Value(first);
    if (name == "last") return Value(last);
    break;
  }
  case Kind::string: {
    if (!command) break;
    const auto text = object.as_string();
    if (name == "size") return Value(static_cast<std::int64_t>(count_characters(text)));
    if (name != "first" && name != "last") break;
    if (text.empty()) return Value::borrowed("");
    std::size_t end = 0;
    if (name == "first") {
      next_code_point(text, end);
      return Value(text.substr(0, end));
    }
    auto begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return Value(text.substr(begin));
  }
  case Kind::integer:
    if (command && name == "size") return Value(8);
    break;
  case Kind::object:
    if (key.is_string() && object.as_object().has(name)) return object.as_object().get(name);
    if (const auto stand_in = whole(object); !stand_in.is_nil() && stand_in.kind() != Kind::object)
      return member(stand_in, key, command, found);
    break;
  default: break;
  }
  found = false;
  return {};
}

Value Context::lookup(const Expression& expression) {
  const auto undefined = [&](std::string_view name) {
    if (!run.options.strict_variables) return;
    throw Failed{.kind = Problem::Kind::undefined,
                 .message = "undefined variable " + std::string(name),
                 .offset = static_cast<std::uint32_t>(expression.source.data() - source->text.data())};
  };
  bool found = false;
  Value value;
  std::string name_text;
  auto name = expression.name;
  if (expression.dynamic_name) {
    const auto key = evaluate(*expression.dynamic_name);
    append_text(name_text, key);
    name = name_text;
  }
  value = find(name, found);
  if (!found && name == "self") {
    value = Value::object(std::make_unique<Self>(*this));
    found = true;
  }
  if (!found) undefined(name);
  for (const auto& step : expression.members) {
    value = step.index ? member(value, whole(evaluate(*step.index)), false, found)
                       : member(value, Value::borrowed(step.key), true, found);
    if (found) continue;
    if (step.index) {
      std::string text;
      append_text(text, evaluate(*step.index));
      undefined(text);
    } else {
      undefined(step.key);
    }
    return {};
  }
  return value;
}

// blank and empty are equal to what is so, never to each other, and in no order with anything.
bool Context::compare_sides(const Condition& condition) {
  const auto literal = [](const Expression& e) {
    return e.type == Expression::Type::blank || e.type == Expression::Type::empty;
  };
  const auto *left = condition.left, *right = condition.right;
  const bool left_literal = literal(*left), right_literal = literal(*right);
  if ((!left_literal && !right_literal) || condition.compare == Compare::contains) {
    const auto a = left_literal ? Value() : evaluate(*left);
    return holds(condition.compare, a, evaluate(*right), condition.operation);
  }
  if (condition.compare != Compare::equal && condition.compare != Compare::unequal)
    return holds(condition.compare, {}, {}, condition.operation);
  bool result = false;
  if (!left_literal || !right_literal) {
    if (!left_literal) std::swap(left, right);
    const auto value = evaluate(*right);
    result = left->type == Expression::Type::blank ? is_blank_value(value) : is_empty(value);
  }
  return result == (condition.compare == Compare::equal);
}

bool Context::test(const Condition* condition) {
  while (true) {
    bool result = false;
    if (condition->compare == Compare::none) {
      result = whole(evaluate(*condition->left)).truthy();
    } else {
      result = compare_sides(*condition);
    }
    if (condition->relation == Condition::Relation::none) return result;
    if ((condition->relation == Condition::Relation::disjunction) == result) return result;
    condition = condition->next;
  }
}

} // namespace helpdesk::liquid
