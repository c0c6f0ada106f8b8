#include "backend/backend.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace helpdesk::backend {

std::string Settings::get(std::string_view key, std::string_view otherwise) const {
  const auto it = values.find(key);
  return it == values.end() ? std::string(otherwise) : it->second;
}

std::vector<std::string> Settings::list(std::string_view key) const {
  std::vector<std::string> items;
  const auto it = values.find(key);
  if (it == values.end()) return items;
  for (const std::string_view item : split(it->second, '\n'))
    if (!item.empty()) items.emplace_back(item);
  return items;
}

bool Settings::flag(std::string_view key, bool otherwise) const {
  const auto it = values.find(key);
  if (it == values.end() || it->second.empty()) return otherwise;
  return it->second == "true" || it->second == "yes" || it->second == "on" || it->second == "1";
}

bool is_setting(std::string_view key, std::string_view written) {
  for (;;) {
    std::size_t dot = key.find('.'), end = written.find('.');
    std::string_view segment = key.substr(0, dot);
    if (segment == "?" && dot == std::string_view::npos) return !written.empty();
    std::string_view said = written.substr(0, end);
    if (segment == "*" ? said.empty() : segment != said) return false;
    if (dot == std::string_view::npos || end == std::string_view::npos)
      return dot == std::string_view::npos && end == std::string_view::npos;
    key.remove_prefix(dot + 1);
    written.remove_prefix(end + 1);
  }
}

namespace {
Failure cannot(std::string_view what) { return failed(fmt::format("this kind of backend cannot {}", what)); }
} // namespace

Result<std::string> ReadOnlyBackend::fetch_whole(std::string_view, std::string_view) {
  return cannot("fetch a part later");
}
Result<std::string> ReadOnlyBackend::reply(const OutgoingReply&) { return cannot("send a reply"); }
Result<std::string> ReadOnlyBackend::note(std::string_view, std::string_view) {
  return cannot("store a note");
}
Result<void> ReadOnlyBackend::set(std::string_view, std::span<const FieldChange>) {
  return cannot("set fields");
}
Result<bool> ReadOnlyBackend::find_sent(std::string_view) { return cannot("look for sent mail"); }
Result<void> ReadOnlyBackend::append(std::string_view, std::string_view) { return cannot("store mail"); }
Result<void> ReadOnlyBackend::mark_answered(std::string_view) { return cannot("mark mail as answered"); }

} // namespace helpdesk::backend
