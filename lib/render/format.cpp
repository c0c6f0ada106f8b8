#include "base/text.hpp"
#include "render/render.hpp"

namespace helpdesk::render {

const std::vector<std::string_view>& format_names() {
  static const std::vector<std::string_view> names{"table",  "tsv",      "csv", "json",
                                                   "ndjson", "markdown", "html"};
  return names;
}

Result<Format> parse_format(std::string_view name) {
  const auto& names = format_names();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Format>(i + 1); // after automatic, in the order of the enum
  std::string message = "unknown format \"" + std::string(name) + "\"";
  std::string_view near = nearest(name, names);
  if (!near.empty()) {
    message += " (did you mean \"" + std::string(near) + "\"?)";
  } else {
    message += ": use one of ";
    for (std::size_t i = 0; i < names.size(); ++i) message += (i ? ", " : "") + std::string(names[i]);
  }
  return usage_error(std::move(message));
}

} // namespace helpdesk::render
