// comment, #, doc, raw: what is not read as Liquid.
#include "liquid/characters.hpp"
#include "liquid/nodes.hpp"
#include "liquid/tags.hpp"

namespace helpdesk::liquid::tags {

namespace {

class NothingNode final : public Node {
 public:
  NothingNode() : Node(Type::tag) { blank = true; }
  void render(Context&) const override {}
};

class RawNode final : public Node {
 public:
  explicit RawNode(std::string_view text) : Node(Type::tag), text(text) { blank = text.empty(); }
  void render(Context& context) const override { text.render(context); }
  TextNode text;
};

void no_arguments(std::string_view tag, std::string_view markup) {
  if (!is_blank(markup))
    syntax_error("Syntax Error in '" + std::string(tag) + "' - Valid syntax: " + std::string(tag));
}

void skip_raw(Parser& parser) {
  while (const auto piece = parser.tokenizer().next())
    if (const auto tag = last_tag_in(*piece); tag && tag->second == "endraw") return;
  parser.never_closed("raw");
}

} // namespace

Node* comment(Parser& parser, std::string_view) {
  const Parser::Deeper deeper(parser);
  int open = 1;
  while (const auto piece = parser.tokenizer().next()) {
    if (piece->type == Piece::Type::text || piece->type == Piece::Type::output || !piece->complete) continue;
    const auto head = tag_head(*piece);
    if (!head) continue;
    if (head->name == "raw") skip_raw(parser);
    if (head->name == "comment") ++open;
    if (head->name == "endcomment") --open;
    if (open > 0) continue;
    if (!parser.tokenizer().lines()) parser.set_trim(piece->trims_after());
    return parser.arena().make<NothingNode>();
  }
  parser.never_closed("comment");
}

Node* inline_comment(Parser& parser, std::string_view markup) {
  for (auto at = markup.find('\n'); at != std::string_view::npos; at = markup.find('\n', at)) {
    while (at < markup.size() && liquid::is_space(markup[at])) ++at;
    if (at < markup.size() && markup[at] != '#')
      syntax_error("Syntax error in tag '#' - Each line of comments must be prefixed by the '#' character");
  }
  return parser.arena().make<NothingNode>();
}

Node* doc(Parser& parser, std::string_view markup) {
  no_arguments("doc", markup);
  while (const auto piece = parser.tokenizer().next()) {
    const auto tag = last_tag_in(*piece);
    if (!tag) continue;
    if (tag->second == "doc")
      syntax_error("Syntax Error in 'doc' - Nested doc tags are not allowed", parser.offset_of(tag->second));
    if (tag->second != "enddoc") continue;
    parser.set_trim(piece->trims_after());
    return parser.arena().make<NothingNode>();
  }
  parser.never_closed("doc");
}

Node* raw(Parser& parser, std::string_view markup) {
  no_arguments("raw", markup);
  const char* begin = parser.tokenizer().position();
  while (const auto piece = parser.tokenizer().next()) {
    const auto tag = last_tag_in(*piece);
    if (!tag || tag->second != "endraw") continue;
    parser.set_trim(piece->trims_after());
    const auto* end = piece->text.data() + tag->first;
    return parser.arena().make<RawNode>(std::string_view(begin, static_cast<std::size_t>(end - begin)));
  }
  parser.never_closed("raw");
}

} // namespace helpdesk::liquid::tags
