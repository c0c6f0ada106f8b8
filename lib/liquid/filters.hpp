// Every filter by its name in the language; filter_table.cpp has the arguments each takes.
#pragma once

#include "liquid/filter_table.hpp"

namespace helpdesk::liquid::filters {

// filters_case.cpp, filters_string.cpp, filters_html.cpp, filters_encoding.cpp
Value downcase(const FilterInput& call);
Value upcase(const FilterInput& call);
Value capitalize(const FilterInput& call);
Value strip(const FilterInput& call);
Value lstrip(const FilterInput& call);
Value rstrip(const FilterInput& call);
Value squish(const FilterInput& call);
Value strip_newlines(const FilterInput& call);
Value newline_to_br(const FilterInput& call);
Value append(const FilterInput& call);
Value prepend(const FilterInput& call);
Value replace(const FilterInput& call);
Value replace_first(const FilterInput& call);
Value replace_last(const FilterInput& call);
Value remove(const FilterInput& call);
Value remove_first(const FilterInput& call);
Value remove_last(const FilterInput& call);
Value truncate(const FilterInput& call);
Value truncatewords(const FilterInput& call);
Value split(const FilterInput& call);
Value slice(const FilterInput& call);
Value escape(const FilterInput& call);
Value escape_once(const FilterInput& call);
Value strip_html(const FilterInput& call);
Value url_encode(const FilterInput& call);
Value url_decode(const FilterInput& call);
Value base64_encode(const FilterInput& call);
Value base64_decode(const FilterInput& call);
Value base64_url_safe_encode(const FilterInput& call);
Value base64_url_safe_decode(const FilterInput& call);

// filters_array.cpp, filters_select.cpp, filters_sort.cpp
Value size(const FilterInput& call);
Value first(const FilterInput& call);
Value last(const FilterInput& call);
Value join(const FilterInput& call);
Value reverse(const FilterInput& call);
Value concat(const FilterInput& call);
Value map(const FilterInput& call);
Value compact(const FilterInput& call);
Value uniq(const FilterInput& call);
Value sort(const FilterInput& call);
Value sort_natural(const FilterInput& call);
Value where(const FilterInput& call);
Value reject(const FilterInput& call);
Value has(const FilterInput& call);
Value find(const FilterInput& call);
Value find_index(const FilterInput& call);

// filters_math.cpp
Value abs(const FilterInput& call);
Value plus(const FilterInput& call);
Value minus(const FilterInput& call);
Value times(const FilterInput& call);
Value divided_by(const FilterInput& call);
Value modulo(const FilterInput& call);
Value round(const FilterInput& call);
Value ceil(const FilterInput& call);
Value floor(const FilterInput& call);
Value at_least(const FilterInput& call);
Value at_most(const FilterInput& call);
Value sum(const FilterInput& call);

// filters_date.cpp and here
Value date(const FilterInput& call);
Value default_value(const FilterInput& call);

// filters_desk.cpp: not of the language; known only with ParseOptions::helpdesk_filters
Value fallback(const FilterInput& call);
Value datetime_format(const FilterInput& call);
Value json(const FilterInput& call);
Value money(const FilterInput& call);
Value quote(const FilterInput& call);
Value first_name(const FilterInput& call);

} // namespace helpdesk::liquid::filters
