// JUnit XML, as CI systems read it. Text from outside is made harmless.
#pragma once

#include "base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::render {

struct JunitCase {
  std::string class_name, name;
  enum class Result : unsigned char { passed, failure, error } result = Result::passed;
  std::string type, message; // of a failure or an error
  std::string text;          // its details; of a case that passed: its output, may be empty
};

std::string junit(std::string_view suite, const std::vector<JunitCase>& cases, Instant now);

// One line without control characters, directional overrides and what XML cannot hold.
std::string plain_line(std::string_view text);

} // namespace helpdesk::render
