// The text forms of a value: exact ones for machines, short ones for people.
#pragma once

#include "render/document.hpp"

#include <string>
#include <string_view>

namespace helpdesk::render {

void append_integer(std::string& out, std::int64_t n);
// Shortest text that reads back as the same number; nothing for NaN and the infinities.
void append_number(std::string& out, double n);
// Seconds as a decimal number without trailing zeros.
void append_seconds(std::string& out, Duration d);
// RFC 3339 in the zone.
void append_instant(std::string& out, Instant t, const Zone& zone);
// Exact text of a value in TSV and CSV cells; not escaped.
void append_exact(std::string& out, const Value& value, const Zone& zone);
bool is_number(const Value& value); // bool, integer, double or duration: its text cannot be a formula

} // namespace helpdesk::render
