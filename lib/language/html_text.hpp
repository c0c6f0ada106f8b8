// From tree to text, with a say in which nodes are left out. Inside lib/language only.
#pragma once

#include "language/html_tree.hpp"

#include <string>
#include <unordered_set>

namespace helpdesk::html {

struct Omitted {
  std::unordered_set<const GumboNode*> subtrees;
  const GumboNode* stop_at = nullptr; // this node and all that follows it in the document
};

std::string tree_to_text(const GumboNode* root, const Omitted& omitted);

} // namespace helpdesk::html
