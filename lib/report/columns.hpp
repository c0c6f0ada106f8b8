// The two kinds of columns that the reports are made of.
#pragma once

#include "render/document.hpp"

#include <string>

namespace helpdesk::report {

// Of a table of events: times to the minute, all of it shown.
render::Column column(std::string key, std::string title, render::Align align = render::Align::left,
                      bool flexible = false);
// Of a table of figures: what a narrow terminal drops first (keep), what only machines get (shown), and what
// it means.
render::Column column(std::string key, std::string title, render::Align align, int keep, bool shown,
                      std::string help);

} // namespace helpdesk::report
