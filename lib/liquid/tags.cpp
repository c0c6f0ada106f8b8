#include "liquid/tags.hpp"

#include <array>

namespace helpdesk::liquid {

namespace {

struct TagEntry {
  std::string_view name;
  TagParser parse;
};

// {% liquid %} is no tag of its own: the parser reads its lines as tags.
constexpr std::array k_tags = {
    TagEntry{"#", tags::inline_comment},
    TagEntry{"assign", tags::assign},
    TagEntry{"break", tags::break_},
    TagEntry{"capture", tags::capture},
    TagEntry{"case", tags::case_},
    TagEntry{"comment", tags::comment},
    TagEntry{"continue", tags::continue_},
    TagEntry{"cycle", tags::cycle},
    TagEntry{"decrement", tags::decrement},
    TagEntry{"doc", tags::doc},
    TagEntry{"echo", tags::echo},
    TagEntry{"for", tags::for_},
    TagEntry{"if", tags::if_},
    TagEntry{"ifchanged", tags::ifchanged},
    TagEntry{"include", tags::include},
    TagEntry{"increment", tags::increment},
    TagEntry{"raw", tags::raw},
    TagEntry{"render", tags::render},
    TagEntry{"tablerow", tags::tablerow},
    TagEntry{"unless", tags::unless},
};

} // namespace

TagParser find_tag(std::string_view name) {
  for (const auto& tag : k_tags)
    if (tag.name == name) return tag.parse;
  return nullptr;
}

} // namespace helpdesk::liquid
