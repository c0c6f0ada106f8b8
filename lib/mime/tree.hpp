// The parts of a mail as a tree of views into its bytes. GMime builds it; nothing of GMime leaves tree.cpp.
#pragma once

#include "base/result.hpp"
#include "mime/parameters.hpp"
#include "mime/scan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::mime {

struct Node {
  Parameterised type; // "text/plain" when the part does not say
  Parameterised disposition;
  std::string encoding, content_id, location, description;
  std::string listed;       // X-Helpdesk-Listed
  std::string_view content; // still encoded; of a mail inside: its bytes. Views into the tree's buffer
  std::vector<Node> children;
  bool is_multipart = false;
};

struct Tree {
  std::vector<char>
      buffer; // not a string: a short one would move its bytes along with the tree, away from the views
  Node root;
  std::string defect; // deadline
};

// head: the content headers of the mail, body: what follows. The tree keeps its own copy.
Result<Tree> build_tree(std::string_view head, std::string_view body, const Limits& limits,
                        Deadline deadline);

} // namespace helpdesk::mime
