// The words mail programs use around quotes, in many languages; all lower case. Inside lib/language only.
#pragma once

#include <span>
#include <string_view>

namespace helpdesk::quotes {

std::span<const std::string_view> wrote_verbs();      // "wrote", "a écrit", "napisał(a)"
std::span<const std::string_view> intro_openings();   // first words: "on", "le", "am", "w dniu"
std::span<const std::string_view> original_phrases(); // "original message", "begin forwarded message"
std::span<const std::string_view> above_phrases();    // "reply above this line"
std::span<const std::string_view> device_openings();  // "sent from", "envoyé depuis"
std::span<const std::string_view> footer_openings();  // "this email and any attachments", "to unsubscribe"
std::span<const std::string_view> from_names();
std::span<const std::string_view> date_names();
std::span<const std::string_view> to_names();
std::span<const std::string_view> subject_names();
std::span<const std::string_view> other_names(); // reply-to, cc, attachments

} // namespace helpdesk::quotes
