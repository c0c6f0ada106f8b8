// Macros and saved replies as other systems export them. One file a system, one row in registry.cpp.
#pragma once

#include "json/json.hpp"
#include "reply/template_context.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::reply::foreign {

// One reply as the system tells it.
struct ForeignReply {
  std::string id, title;
  std::string name;     // file name when the system says it ("dc/opening_hours"); empty: made of the title
  std::string language; // when the system says it
  std::string text;     // in the system's syntax
  bool html = false;
  std::vector<std::string> tags;
  std::vector<std::string> notes; // what of it is no text and stays behind
};

struct System {
  std::string_view name, title; // "helpscout", "Help Scout"
  std::string_view what;        // the file it reads, for the help
  std::span<const Alias> names; // theirs and ours; a name may end with "*"
  Result<std::vector<ForeignReply>> (*read)(const json::Value& file);
  // Placeholders become Liquid. A name that has no counterpart becomes {{ <system>.<name> }}, which no
  // template can render: the import reports it by name and line.
  std::string (*to_liquid)(std::string_view text, const System& system);
};

std::span<const System* const> systems();
const System* find_system(std::string_view name); // null: there is none

// ---- for the systems

// Ours for theirs, or "<system>.<theirs>".
std::string our_name(const System& system, std::string_view theirs);
// Variables in {{ }} and {% %} get our names where the table has them; strings, filters and raw blocks stay.
std::string rename_in_liquid(std::string_view text, const System& system);
// Text that is no placeholder: what Liquid would read as one is quoted.
void append_literal(std::string& out, std::string_view text);
// "there" or 'there': as a Liquid string.
std::string liquid_string(std::string_view text);
// The list of records in a file: the file itself, or what stands under one of the keys ("a/b" goes down).
// Usage error when there is none.
Result<json::Array> records_in(const json::Value& file, std::initializer_list<std::string_view> keys);

} // namespace helpdesk::reply::foreign
