// Which language a text is in.
#pragma once

#include <string>
#include <string_view>

namespace helpdesk {

// ISO 639-1 ("en", "nb", "nn", "eo", "zh"); empty when the text is too short or mixed to tell. Quoted lines,
// addresses, links and numbers are left out first; only the first few thousand letters count. cld2 is loaded
// at the first call that needs it; without it, scripts that one language owns and common words still decide.
// Safe in threads.
std::string detect_language(std::string_view text);

// Why detection works with reduced means: the library that could not be loaded and the package to install.
// Empty when all is well.
std::string language_detection_problem();

} // namespace helpdesk
