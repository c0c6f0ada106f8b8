// The columns of a command's rows, made of the fields that it documents: what --json names, what the man page
// lists and what stands above a table are one list.
#pragma once

#include "cli/command.hpp"
#include "render/document.hpp"

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace helpdesk::app {

// One column a field, in their order. titles are for people; where they end, the field's own name serves.
std::vector<render::Column> columns_of(std::span<const cli::FieldDoc> fields,
                                       std::initializer_list<std::string_view> titles = {});

} // namespace helpdesk::app
