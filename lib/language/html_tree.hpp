// The parsed tree of one HTML body, inside lib/language only: gumbo kept away from hostile depth and size.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gumbo.h>

namespace helpdesk::html {

// Memory for one parse. Nothing is freed one by one: gumbo's own destructor recurses as deep as the tree.
class Arena {
 public:
  explicit Arena(std::size_t budget) : budget_(budget) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();
  void* allocate(std::size_t size); // nullptr when the budget, or memory, is used up
  bool out_of_memory() const { return out_of_memory_; }

 private:
  struct Chunk {
    Chunk* next;
    std::size_t size;
  };
  struct Spare;
  static Spare& spare();
  Chunk* chunks_ = nullptr;
  char* at_ = nullptr;
  std::size_t left_ = 0, budget_;
  bool out_of_memory_ = false;
};

// Owns the arena and the (cleaned) source that the nodes point into.
class Tree {
 public:
  explicit Tree(std::string_view html);
  // nullptr when the input is too deep or too large for a tree: use linear_text() then.
  const GumboNode* root() const { return root_; }
  std::string_view source() const { return source_; }

 private:
  std::string cleaned_;
  std::string_view source_;
  std::unique_ptr<Arena> arena_;
  const GumboNode* root_ = nullptr;
};

// Without a tree: tags dropped, the common entities decoded, block elements as line breaks. For what Tree
// refuses.
std::string linear_text(std::string_view html);
// False when the nesting or the number of attributes of one tag would make a parser slow.
bool is_reasonable(std::string_view html);

inline bool is_element(const GumboNode* n) {
  return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}
inline GumboTag tag_of(const GumboNode* n) { return is_element(n) ? n->v.element.tag : GUMBO_TAG_UNKNOWN; }
// Empty when the attribute is not there.
std::string_view attribute(const GumboNode* n, const char* name);
bool has_attribute(const GumboNode* n, const char* name);
// Lower case without white space, for looking up declarations.
std::string compact_style(const GumboNode* n);
bool is_hidden(const GumboNode* n);
bool is_block(GumboTag tag);

// The next node in document order; past the node's own children when skip_children. nullptr at the end of
// top's subtree.
const GumboNode* next_node(const GumboNode* n, const GumboNode* top, bool skip_children);
const GumboNode* first_child(const GumboNode* n);

// Calls enter(node) -> bool (walk its children?) and leave(node) for each element entered. No recursion.
template <class Enter, class Leave> void walk(const GumboNode* top, Enter&& enter, Leave&& leave) {
  const GumboNode* n = top;
  while (n) {
    const bool descend = enter(n);
    if (const GumboNode* child = descend ? first_child(n) : nullptr) {
      n = child;
      continue;
    }
    if (descend) leave(n);
    while (n != top) {
      const GumboNode* parent = n->parent;
      const GumboVector& siblings = parent->v.element.children;
      const std::size_t next = n->index_within_parent + 1;
      if (next < siblings.length) {
        n = static_cast<const GumboNode*>(siblings.data[next]);
        break;
      }
      leave(parent);
      n = parent;
    }
    if (n == top) return;
  }
}

} // namespace helpdesk::html
