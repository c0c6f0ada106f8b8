#include "liquid/context.hpp"

#include "base/text.hpp"
#include "liquid/number_text.hpp"

namespace helpdesk::liquid {

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
  if (data) {
    if (const auto* value = data->find(name)) return *value;
    if (data->kind() == Kind::object && data->as_object().has(name)) return data->as_object().get(name);
  }
  found = false;
  return {};
}

std::int64_t Context::counter(std::string_view name) {
  const auto* value = counters_.find(name);
  if (!value && data) value = data->find(name);
  return value && value->kind() == Kind::integer ? value->as_integer() : 0;
}

void Context::set_counter(std::string_view name, std::int64_t value) {
  counters_.set(Value::borrowed(name), Value(value));
}

Value Context::evaluate(const Expression& expression) {
  switch (expression.type) {
  case Expression::Type::lookup: return lookup(expression);
  case Expression::Type::range: {
    const auto first = range_bound(evaluate(*expression.first));
    return Value::range(first, range_bound(evaluate(*expression.last)));
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
    if (name == "size") return Value(static_cast<std::int64_t>(count_code_points(text)));
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
  std::size_t i = 0;
  if (expression.dynamic_name) {
    const auto key = evaluate(*expression.dynamic_name);
    append_text(name_text, key);
    name = name_text;
  }
  value = find(name, found);
  if (!found && name == "self" && !expression.dynamic_name) {
    if (expression.members.empty()) return {};
    // self['name'] is the variable of that name.
    const auto& first = expression.members[0];
    if (first.index)
      append_text(name_text, evaluate(*first.index));
    else
      name_text = first.key;
    name = name_text;
    value = find(name, found);
    i = 1;
  }
  if (!found) undefined(name);
  for (; i < expression.members.size(); ++i) {
    const auto& step = expression.members[i];
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

bool Context::test(const Condition* condition) {
  while (true) {
    bool result = false;
    if (condition->compare == Compare::none) {
      result = whole(evaluate(*condition->left)).truthy();
    } else {
      const auto literal = [](const Expression& e) {
        return e.type == Expression::Type::blank || e.type == Expression::Type::empty;
      };
      const bool equality = condition->compare == Compare::equal || condition->compare == Compare::unequal;
      const auto* left = condition->left;
      const auto* right = condition->right;
      if (equality && (literal(*left) || literal(*right))) {
        if (!literal(*left)) std::swap(left, right);
        const auto value = literal(*right) ? Value::borrowed("") : evaluate(*right);
        result = left->type == Expression::Type::blank ? is_blank_value(value) : is_empty(value);
        if (condition->compare == Compare::unequal) result = !result;
      } else {
        const auto a = evaluate(*left);
        result = holds(condition->compare, a, evaluate(*right), condition->operation);
      }
    }
    if (condition->relation == Condition::Relation::none) return result;
    if ((condition->relation == Condition::Relation::disjunction) == result) return result;
    condition = condition->next;
  }
}

} // namespace helpdesk::liquid
