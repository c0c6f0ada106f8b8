// Looks at a log and proposes what its columns mean.
#pragma once

#include "base/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace helpdesk::backend::table {

struct Understood {  // of one of the first rows
  std::string place; // "helpdesk.csv:2"
  std::vector<std::pair<std::string, std::string>>
      fields;          // field, what it holds, in our words where it has some
  std::string problem; // why it cannot be used; empty when it can
};

struct Proposal {
  // Settings of the account: path, mapping or rows and columns.*; a list has several values.
  std::vector<std::pair<std::string, std::vector<std::string>>> settings;
  std::string mapping;             // the ready mapping that fits, or empty
  std::vector<std::string> facts;  // "CSV, 16 columns", "times: the day stands first"
  std::vector<std::string> unused; // columns that are kept as custom fields only
  std::vector<Understood> rows;    // five
};

struct Wish {
  std::string path;    // a file, or a folder of several
  std::string mapping; // the ready mapping to use, empty to choose one
  std::string zone;    // for times without an offset, where the mapping has none
  std::vector<std::pair<std::string, std::vector<std::string>>> said; // settings above what is proposed
};
// Failed, saying what to set, when no sense can be made of it.
Result<Proposal> propose(const Wish& wish);

} // namespace helpdesk::backend::table
