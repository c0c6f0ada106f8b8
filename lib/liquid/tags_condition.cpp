// if, unless, case.
#include "liquid/characters.hpp"
#include "liquid/fragments.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

struct Branch {
  const Condition* condition; // nullptr: else
  Body body;
};

class IfNode final : public Node {
 public:
  IfNode(std::span<Branch> branches, bool inverted)
      : Node(Type::tag), branches(branches), inverted(inverted) {}
  void render(Context& context) const override {
    bool first = inverted;
    for (const auto& branch : branches) {
      if (!branch.condition || context.test(branch.condition) != first) return context.render(branch.body);
      first = false;
    }
  }
  std::span<Branch> branches;
  bool inverted; // the first condition, as in unless
};

const Condition* parse_condition(Parser& parser, std::string_view markup) {
  const Condition* result = nullptr;
  parser.parse_markup(
      markup,
      [&] {
        result = parser.condition();
        parser.expect(TokenType::end_of_string);
      },
      [&] { result = parser.lax_condition(markup); });
  return result;
}

// A block that prints nothing but white space prints nothing.
template <class T> bool settle_blank(Parser& parser, std::vector<T>& branches) {
  bool blank = true;
  for (const auto& branch : branches) blank = blank && branch.body.blank;
  if (blank)
    for (auto& branch : branches) branch.body = parser.without_text(branch.body);
  return blank;
}

Node* conditional(Parser& parser, std::string_view markup, std::string_view name, bool inverted) {
  const Parser::Deeper deeper(parser);
  std::vector<Branch> branches;
  branches.push_back({parse_condition(parser, markup), {}});
  while (true) {
    Stop stop;
    branches.back().body = parser.body(stop);
    if (stop.at_end) parser.never_closed(name);
    if (stop.name.starts_with("end") && stop.name.substr(3) == name) break;
    if (stop.name == "else")
      branches.push_back({nullptr, {}});
    else if (stop.name == "elsif")
      branches.push_back({parse_condition(parser, stop.markup), {}});
    else
      parser.refuse(name, stop);
  }
  const bool blank = settle_blank(parser, branches);
  auto* node = parser.arena().make<IfNode>(parser.arena().copy(branches), inverted);
  node->blank = blank;
  return node;
}

struct When {
  std::span<const Expression*> values;
  bool otherwise;
  Body body;
};

class CaseNode final : public Node {
 public:
  CaseNode(const Expression* subject, std::span<When> branches)
      : Node(Type::tag), subject(subject), branches(branches) {}
  void render(Context& context) const override {
    bool matched = false;
    for (const auto& branch : branches) {
      if (branch.otherwise) {
        if (!matched) context.render(branch.body);
        if (context.interrupt != Interrupt::none) return;
        continue;
      }
      for (const auto* value : branch.values) {
        Condition condition;
        condition.left = subject;
        condition.compare = Compare::equal;
        condition.right = value;
        if (!context.test(&condition)) continue;
        matched = true;
        context.render(branch.body);
        if (context.interrupt != Interrupt::none) return;
      }
    }
  }
  const Expression* subject;
  std::span<When> branches;
};

const Expression* parse_subject(Parser& parser, std::string_view markup) {
  const Expression* result = nullptr;
  parser.parse_markup(
      markup,
      [&] {
        result = parser.expression();
        parser.expect(TokenType::end_of_string);
      },
      [&] {
        const auto fragment = find_fragment(markup, 0);
        if (fragment.empty()) syntax_error("Syntax Error in 'case' - Valid syntax: case [condition]");
        result = parser.lax_expression(fragment);
      },
      false);
  return result;
}

void lax_when(Parser& parser, std::string_view markup, std::vector<const Expression*>& values) {
  while (true) {
    const auto fragment = find_fragment(markup, 0);
    if (fragment.empty())
      syntax_error(
          "Syntax Error in tag 'case' - Valid when condition: {% when [condition] [or condition2...] %}");
    values.push_back(parser.lax_expression(fragment, true));
    auto rest = markup.substr(static_cast<std::size_t>(fragment.data() + fragment.size() - markup.data()));
    auto word = strip_left(rest);
    const bool spaced = word.size() < rest.size();
    if (word.starts_with(","))
      word.remove_prefix(1);
    else if (spaced && word.starts_with("or") && word.size() > 2 && liquid::is_space(word[2]))
      word.remove_prefix(2);
    else
      return;
    word = strip_left(word);
    if (fragment_length(word, 0) == 0) return;
    markup = word;
  }
}

std::span<const Expression*> parse_when(Parser& parser, std::string_view markup) {
  std::vector<const Expression*> values;
  parser.parse_markup(
      markup,
      [&] {
        do values.push_back(parser.operand());
        while (parser.accept_id("or") || parser.accept(TokenType::comma));
        parser.expect(TokenType::end_of_string);
      },
      [&] {
        values.clear();
        lax_when(parser, markup, values);
      },
      false);
  return parser.arena().copy(values);
}

} // namespace

Node* if_(Parser& parser, std::string_view markup) { return conditional(parser, markup, "if", false); }
Node* unless(Parser& parser, std::string_view markup) { return conditional(parser, markup, "unless", true); }

Node* case_(Parser& parser, std::string_view markup) {
  const Parser::Deeper deeper(parser);
  const auto* subject = parse_subject(parser, markup);
  std::vector<When> branches;
  bool before = true, blank_before = true;
  while (true) {
    Stop stop;
    auto body = parser.body(stop);
    if (before)
      blank_before = body.blank; // what stands before the first when is never printed
    else
      branches.back().body = body;
    before = false;
    if (stop.at_end) parser.never_closed("case");
    if (stop.name == "endcase") break;
    if (stop.name == "when") {
      branches.push_back({parse_when(parser, stop.markup), false, {}});
    } else if (stop.name == "else") {
      if (!is_blank(stop.markup))
        syntax_error("Syntax Error in tag 'case' - Valid else condition: {% else %} (no parameters)");
      branches.push_back({{}, true, {}});
    } else {
      parser.refuse("case", stop);
    }
  }
  bool blank = blank_before;
  for (const auto& branch : branches) blank = blank && branch.body.blank;
  if (blank) settle_blank(parser, branches);
  auto* node = parser.arena().make<CaseNode>(subject, parser.arena().copy(branches));
  node->blank = blank;
  return node;
}

} // namespace helpdesk::liquid::tags
