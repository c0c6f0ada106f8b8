// Which columns are written: the fields asked for, in their order; else all of them for machines, the shown
// ones for people.
#pragma once

#include "base/result.hpp"
#include "render/document.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace helpdesk::render {

enum class Audience : unsigned char { people, machines };

using Selection = std::vector<std::size_t>; // indexes into the columns

// Fields that are no column's key are left out; check_fields reports them. Columns without a key are for
// people: they only draw what others say.
Selection select_columns(const std::vector<Column>& columns, const std::vector<std::string>& fields,
                         Audience audience);
// Usage error naming the first field that no list of columns has, with a suggestion.
Result<void> check_fields(const std::vector<const std::vector<Column>*>& columns,
                          const std::vector<std::string>& fields);

// The cell of a row, or an empty one when the row is short.
const Cell& cell_at(const Row& row, std::size_t index);

} // namespace helpdesk::render
