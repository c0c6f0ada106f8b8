#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"
#include "liquid/letters.hpp"

namespace helpdesk::liquid::filters {

Value downcase(const FilterInput& call) {
  const TextOf text(call.input);
  return made(call, to_lower(text.view));
}

Value upcase(const FilterInput& call) {
  const TextOf text(call.input);
  return made(call, to_upper(text.view));
}

Value capitalize(const FilterInput& call) {
  const TextOf text(call.input);
  const auto end = code_point_offset(text.view, 0, 1);
  return made(call, to_title(text.view.substr(0, end)) + to_lower(text.view.substr(end)));
}

} // namespace helpdesk::liquid::filters
