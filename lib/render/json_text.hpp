// JSON text. Strings that are not UTF-8 are mended, so that the output always parses.
#pragma once

#include "render/document.hpp"

#include <string>
#include <string_view>

namespace helpdesk::render {

struct JsonStyle {
  const Zone& zone;
  bool pretty = false;   // two spaces a level
  bool terminal = false; // what a terminal would act on or hide is written as \uXXXX
};

void append_json_string(std::string& out, std::string_view text, bool terminal = false);
void append_json(std::string& out, const Value& value, const JsonStyle& style, int level = 0);

} // namespace helpdesk::render
