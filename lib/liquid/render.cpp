#include "liquid/context.hpp"
#include "liquid/filter_table.hpp"
#include "liquid/nodes.hpp"

#include <utility>

namespace helpdesk::liquid {

namespace {

// Reference words for the start of an error: kind, template and line.
std::string prefix(const Problem& problem, std::uint32_t line, bool without_line) {
  std::string text = problem.kind == Problem::Kind::syntax ? "Liquid syntax error" : "Liquid error";
  if (!without_line) {
    text += " (";
    if (!problem.name.empty()) text += problem.name + " ";
    text += "line " + std::to_string(line) + ")";
  }
  return text + ": ";
}

} // namespace

void Context::render(const Body& body) {
  const bool recorded = out == &run.text && run.options.source_map;
  bool scored = false;
  for (const auto* node : body.nodes) {
    try {
      if (!std::exchange(scored, true)) run.score(body.nodes.size());
      run.step();
      node->render(*this);
    } catch (Failed& failed) {
      fail(*node, failed);
    }
    if (recorded && node->type == Node::Type::tag && out->size() > run.covered())
      run.span(out->size(), out->size(), node->offset, nullptr, source);
    if (interrupt != Interrupt::none) return;
  }
}

void Context::fail(const Node& node, Failed& failed) {
  Problem problem;
  if (failed.located) {
    problem = std::move(*failed.located);
  } else {
    problem.kind = failed.kind;
    problem.limit = failed.limit;
    if (in_partial) problem.name = source->name;
    problem.text = prefix(problem, node.line, failed.without_line) + failed.message;
    problem.message = std::move(failed.message);
    problem.name = source->name;
    problem.position = source->position(failed.offset == UINT32_MAX ? node.offset : failed.offset);
  }
  if (failed.kind == Problem::Kind::limit || run.options.on_error == OnError::stop)
    throw Stopped{std::move(problem)};
  if (failed.kind != Problem::Kind::undefined &&
      (run.options.blank_body_errors || node.type != Node::Type::tag || !node.blank)) {
    const auto begin = out->size();
    *out += problem.text;
    if (out == &run.text && run.options.source_map)
      run.span(begin, out->size(), node.offset, nullptr, source);
  }
  run.errors.push_back(std::move(problem));
  try {
    run.step(200); // making an error is dear
  } catch (Failed& limit) {
    fail(node, limit); // no render around the outermost one turns it into the end of the run
  }
}

void Context::print(const Value& value, int nesting) {
  switch (value.kind()) {
  case Kind::nil: break;
  case Kind::string: *out += value.as_string(); break;
  case Kind::array:
    if (nesting == 0) break;
    for (const auto& item : value.as_array()) {
      run.step();
      print(item, nesting - 1);
    }
    break;
  case Kind::object:
    if (const auto stand_in = whole(value); stand_in.is_nil() || value.as_object().prints_itself())
      *out += value.as_object().text();
    else if (nesting > 0)
      print(stand_in, nesting - 1);
    break;
  default: append_text(*out, value);
  }
  run.check_output(out->size());
}

void Context::print(const Value& value) { print(value, 200); }

void Context::print_output(const Filtered& filtered, std::uint32_t offset) {
  const auto begin = out->size();
  if (filtered.base) print(evaluate(filtered));
  if (out == &run.text && run.options.source_map) run.span(begin, out->size(), offset, filtered.base, source);
}

std::string Context::capture(const Body& body) {
  std::string text;
  auto* outer = out;
  out = &text;
  try {
    render(body);
  } catch (...) {
    out = outer;
    throw;
  }
  out = outer;
  run.charge(text.size());
  return text;
}

Value Context::evaluate(const Filtered& filtered) {
  if (!filtered.base) return {};
  auto value = evaluate(*filtered.base);
  for (const auto& call : filtered.filters) value = apply_filter(*this, call, value);
  return value;
}

void TextNode::render(Context& context) const {
  auto& out = *context.out;
  const auto begin = out.size();
  out += text;
  context.run.check_output(out.size());
  if (context.out == &context.run.text && context.run.options.source_map)
    context.run.span(begin, out.size(), static_cast<std::uint32_t>(text.data() - context.source->text.data()),
                     nullptr, context.source);
}

void OutputNode::render(Context& context) const { context.print_output(value, offset); }
void EchoNode::render(Context& context) const { context.print_output(value, offset); }

} // namespace helpdesk::liquid
