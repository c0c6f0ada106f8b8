// The nodes that the parser makes itself; tags bring their own.
#pragma once

#include "liquid/syntax.hpp"

namespace helpdesk::liquid {

class TextNode final : public Node {
 public:
  explicit TextNode(std::string_view text) : Node(Type::text), text(text) {}
  void render(Context& context) const override;
  std::string_view text;
};

class OutputNode final : public Node {
 public:
  explicit OutputNode(const Filtered& value) : Node(Type::output), value(value) {}
  void render(Context& context) const override;
  Filtered value;
};

// {% echo %}: an output that is a tag.
class EchoNode final : public Node {
 public:
  explicit EchoNode(const Filtered& value) : Node(Type::tag), value(value) {}
  void render(Context& context) const override;
  Filtered value;
};

} // namespace helpdesk::liquid
