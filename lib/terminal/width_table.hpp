// How many columns a terminal gives to one code point: 0, 1 or 2.
#pragma once

namespace helpdesk::terminal {

int columns_of(char32_t c);

} // namespace helpdesk::terminal
