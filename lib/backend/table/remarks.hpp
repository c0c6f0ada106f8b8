// What doctor says of an account's files, from what the last pull counted.
#pragma once

#include "backend/backend.hpp"

namespace helpdesk::backend::table {

Result<std::vector<Remark>>
remarks(const std::function<Result<std::string>(std::string_view stream)>& cursor);

} // namespace helpdesk::backend::table
