// Test data: files of the shared directory when it is there, else the test is skipped by the caller.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace helpdesk::test {

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::optional<std::filesystem::path> shared_data(std::string_view name) {
  std::filesystem::path root = std::filesystem::path(HELPDESK_SOURCE_DIR).parent_path() / "shared";
  if (const char* set = std::getenv("HELPDESK_SHARED")) root = set;
  const std::filesystem::path path = root / "data" / name;
  if (std::filesystem::exists(path)) return path;
  return std::nullopt;
}

inline std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

} // namespace helpdesk::test
