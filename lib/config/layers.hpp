// One file checked against the key table.
#pragma once

#include "config/config.hpp"
#include "config/schema.hpp"

#include <map>

namespace helpdesk::config {

using TableRow = std::map<std::string, std::vector<std::string>>;

struct LayerContent {
  std::vector<Entry> entries; // in file order
  std::map<std::string, std::vector<TableRow>> tables;
};

// name: how messages call the file. The first key that is unknown, of the wrong type or not allowed in this
// layer is the error.
Result<LayerContent> check_layer(std::string_view text, const std::string& file, Layer layer,
                                 const Schema& schema);

} // namespace helpdesk::config
