#include "liquid/parser.hpp"

#include "liquid/characters.hpp"
#include "liquid/nodes.hpp"

#include <algorithm>
#include <cstring>

namespace helpdesk::liquid {

Parser::Parser(std::string_view source, const std::vector<std::uint32_t>& line_starts,
               const ParseOptions& options, Arena& arena, std::vector<Problem>& warnings)
    : source_(source), line_starts_(line_starts), options_(options), arena_(arena), warnings_(warnings) {}

Parser::Deeper::Deeper(Parser& p) : parser(p) {
  if (parser.options_.depth > 0 && parser.depth_ >= parser.options_.depth)
    throw Failed{.kind = Problem::Kind::nesting, .message = "Nesting too deep", .limit = "depth"};
  ++parser.depth_;
}

std::uint32_t Parser::offset_of(std::string_view part) const {
  const auto offset = part.data() - source_.data();
  return offset >= 0 && static_cast<std::size_t>(offset) <= source_.size()
             ? static_cast<std::uint32_t>(offset)
             : UINT32_MAX;
}

std::uint32_t Parser::line_of(std::uint32_t offset) {
  // Mostly asked in order: the last answer is where to begin.
  if (line_index_ > 0 && line_starts_[line_index_ - 1] > offset) line_index_ = 0;
  while (line_index_ < line_starts_.size() && line_starts_[line_index_] <= offset) ++line_index_;
  return static_cast<std::uint32_t>(line_index_) + 1;
}

Body Parser::document() {
  Tokenizer tokenizer(source_, Tokenizer::Form::markup);
  tokenizer_ = &tokenizer;
  try {
    Stop stop;
    auto result = body(stop);
    if (stop.at_end) return result;
    if (stop.name == "else" || stop.name == "end")
      syntax_error("Unexpected outer '" + std::string(stop.name) + "' tag");
    syntax_error("Unknown tag '" + std::string(stop.name) + "'");
  } catch (Failed& failed) {
    // The column is the exact place where it is known, else the tag that was being read; the line of the
    // message is the tag's.
    if (failed.offset == UINT32_MAX) failed.offset = offset_of(std::string_view(tokenizer.position(), 0));
    failed.message.append(failed.context);
    failed.context.clear();
    failed.line = line_;
    throw;
  }
}

Body Parser::body(Stop& stop) {
  std::vector<Node*> nodes;
  Body result;
  append_nodes(nodes, result, stop);
  std::vector<const Node*> fixed(nodes.begin(), nodes.end());
  result.nodes = arena_.copy(fixed);
  return result;
}

void Parser::append_nodes(std::vector<Node*>& nodes, Body& result, Stop& stop) {
  while (auto piece = tokenizer_->next()) {
    const auto start = offset_of(piece->text);
    line_ = line_of(start);
    if (piece->trims_before() && !nodes.empty() && nodes.back()->type == Node::Type::text) {
      auto* previous = static_cast<TextNode*>(nodes.back());
      previous->text = strip_right(previous->text);
    }
    switch (piece->type) {
    case Piece::Type::text: text(piece->text, nodes, result); break;
    case Piece::Type::output:
      if (!piece->complete) unterminated("Variable", piece->text, "}}");
      trim_ = piece->trims_after();
      nodes.push_back(output(*piece));
      result.blank = false;
      break;
    case Piece::Type::tag:
      if (!piece->complete) unterminated("Tag", piece->text.substr(0, 2), "%}");
      trim_ = piece->trims_after();
      if (!tag(*piece, nodes, result, stop)) return;
      break;
    case Piece::Type::line:
      if (is_blank(piece->text)) break;
      if (!tag(*piece, nodes, result, stop)) return;
      break;
    }
  }
  stop.at_end = true;
}

void Parser::text(std::string_view text, std::vector<Node*>& nodes, Body& result) {
  const auto start = offset_of(text);
  if (trim_) text = strip_left(text);
  trim_ = false;
  if (text.empty()) return;
  auto* node = arena_.make<TextNode>(text);
  node->offset = start;
  node->blank = is_blank(text);
  result.blank = result.blank && node->blank;
  nodes.push_back(node);
}

bool Parser::tag(const Piece& piece, std::vector<Node*>& nodes, Body& result, Stop& stop) {
  const auto head = tag_head(piece);
  if (!head) {
    stop = {false, piece.text, piece.text};
    return false;
  }
  line_ = line_of(offset_of(head->markup));
  if (head->name == "liquid") {
    lines(head->markup, nodes, result);
    return true;
  }
  const auto parse = find_tag(head->name);
  if (!parse) {
    stop = {false, head->name, head->markup};
    return false;
  }
  const auto line = line_;
  auto* node = parse(*this, head->markup);
  node->line = line;
  node->offset = offset_of(piece.text);
  if (piece.type == Piece::Type::line) node->offset = offset_of(head->name);
  result.blank = result.blank && node->blank;
  nodes.push_back(node);
  return true;
}

void Parser::lines(std::string_view markup, std::vector<Node*>& nodes, Body& result) {
  const Deeper deeper(*this);
  Tokenizer inner(markup, Tokenizer::Form::lines);
  auto* outer = tokenizer_;
  tokenizer_ = &inner;
  Stop stop;
  append_nodes(nodes, result, stop);
  tokenizer_ = outer;
  if (stop.at_end) return;
  if (stop.name.starts_with("end"))
    syntax_error("'" + std::string(stop.name) + "' is not a valid delimiter for liquid tags. use %}",
                 offset_of(stop.name));
  syntax_error("Unknown tag '" + std::string(stop.name) + "'", offset_of(stop.name));
}

Node* Parser::output(const Piece& piece) {
  auto markup = piece.text.substr(2);
  if (markup.front() == '-') markup.remove_prefix(1);
  markup.remove_suffix(std::min<std::size_t>(2, markup.size()));
  if (!markup.empty() && markup.back() == '-') markup.remove_suffix(1);
  auto* node = arena_.make<OutputNode>(filtered_markup(markup, true));
  node->line = line_;
  node->offset = offset_of(piece.text);
  return node;
}

Body Parser::whole_block(std::string_view name) {
  const Deeper deeper(*this);
  Stop stop;
  auto result = body(stop);
  if (stop.at_end) never_closed(name);
  if (stop.name.starts_with("end") && stop.name.substr(3) == name) return result;
  refuse(name, stop);
}

void Parser::refuse(std::string_view block, const Stop& stop) {
  const auto at = offset_of(stop.name);
  if (stop.name == "else") syntax_error(std::string(block) + " tag does not expect 'else' tag", at);
  if (stop.name.starts_with("end"))
    syntax_error("'" + std::string(stop.name) + "' is not a valid delimiter for " + std::string(block) +
                     " tags. use end" + std::string(block),
                 at);
  syntax_error("Unknown tag '" + std::string(stop.name) + "'", at);
}

void Parser::never_closed(std::string_view block) {
  syntax_error("'" + std::string(block) + "' tag was never closed");
}

Body Parser::without_text(const Body& body) {
  std::vector<const Node*> kept;
  for (const auto* node : body.nodes)
    if (node->type != Node::Type::text) kept.push_back(node);
  return {arena_.copy(kept), body.blank};
}

void Parser::unterminated(std::string_view what, std::string_view token, std::string_view closing) {
  std::string pattern;
  for (const char c : closing) pattern.append("\\").push_back(c);
  syntax_error(std::string(what) + " '" + std::string(token) +
                   "' was not properly terminated with regexp: /" + pattern + "/",
               offset_of(token));
}

void Parser::warn(const Failed& failed) {
  Problem problem;
  problem.kind = Problem::Kind::syntax;
  problem.message = failed.message;
  problem.position.offset = failed.offset == UINT32_MAX ? 0 : failed.offset;
  problem.position.line = line_;
  warnings_.push_back(std::move(problem));
}

} // namespace helpdesk::liquid
