// Names and places of files: joining, the safe form of a foreign name, XDG directories.
#include "base/file.hpp"
#include "base/text.hpp"

#include <cstdlib>

namespace helpdesk {
namespace {

constexpr std::size_t k_longest_name = 200;

// Characters that a path, a shell pattern, another system's file system or a display order gives a meaning.
bool unsafe(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD) return true;
  if (c < 0x80) return std::string_view("/\\:*?\"<>|").find(static_cast<char>(c)) != std::string_view::npos;
  return c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC) ||
         (c >= 0xE0000 && c <= 0xE007F) || (c & 0xFFFE) == 0xFFFE;
}

// Cuts the stem, so that the extension stays.
std::string shorten(std::string name) {
  if (name.size() <= k_longest_name) return name;
  std::size_t dot = name.rfind('.');
  std::string extension = dot != std::string::npos && name.size() - dot <= 20 ? name.substr(dot) : "";
  std::size_t end = k_longest_name - extension.size();
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return std::string(trim(name.substr(0, end))) + extension;
}

} // namespace

std::string safe_file_name(std::string_view name) {
  // Both kinds of separators: senders write Windows paths too.
  if (std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  std::string out;
  for (std::size_t pos = 0; pos < name.size();) {
    char32_t c = next_code_point(name, pos);
    if (c == '\t' || c == '\n' || c == '\r' || is_space(c))
      out += ' ';
    else if (!unsafe(c))
      append_utf8(out, c);
    else if (c < 0x80 && c >= 0x20 && c != 0x7F)
      out += '_';
  }
  out = collapse_spaces(out);
  // A leading dot hides the file, a leading dash is an option to the next program, a trailing dot or space
  // confuses others.
  std::size_t first = out.find_first_not_of(".- ~");
  out.erase(0, first == std::string::npos ? out.size() : first);
  out = shorten(std::move(out));
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  return out.empty() ? "attachment" : out;
}

std::string join_path(std::string_view a, std::string_view b) {
  if (a.empty() || b.starts_with('/')) return std::string(b);
  std::string out(a);
  if (!out.ends_with('/') && !b.empty()) out += '/';
  return out.append(b);
}

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  if (!value || !*value) return std::nullopt;
  return value;
}

std::string expand_home(std::string_view path) {
  if (path != "~" && !path.starts_with("~/")) return std::string(path);
  auto home = environment("HOME");
  if (!home) return std::string(path);
  return path.size() <= 2 ? *home : join_path(*home, path.substr(2));
}

Result<Directories> xdg_directories() {
  auto home = environment("HOME");
  Directories out;
  struct Place {
    const char* variable;
    const char* below_home;
    std::string* path;
  };
  for (const Place& place :
       {Place{"XDG_DATA_HOME", ".local/share", &out.data}, Place{"XDG_CONFIG_HOME", ".config", &out.config},
        Place{"XDG_STATE_HOME", ".local/state", &out.state}, Place{"XDG_CACHE_HOME", ".cache", &out.cache}}) {
    auto value = environment(place.variable);
    // The specification says that relative values are ignored.
    if (value && value->starts_with('/'))
      *place.path = join_path(*value, "helpdesk");
    else if (home)
      *place.path = join_path(join_path(*home, place.below_home), "helpdesk");
    else
      return usage_error(std::string("neither HOME nor ") + place.variable + " is set: set one of them");
  }
  return out;
}

} // namespace helpdesk
