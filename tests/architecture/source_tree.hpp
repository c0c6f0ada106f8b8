// The source files, read once.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace architecture {

inline const std::filesystem::path& source() {
  static const std::filesystem::path path = HELPDESK_SOURCE_DIR;
  return path;
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct SourceFile {
  std::string name; // below the source directory
  std::string text;
  std::vector<std::string> lines;
};

inline std::vector<SourceFile> sources_below(const std::vector<std::string>& directories) {
  std::vector<SourceFile> files;
  for (const std::string& directory : directories)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source() / directory)) {
      std::string ending = entry.path().extension().string();
      if (!entry.is_regular_file() || (ending != ".cpp" && ending != ".hpp")) continue;
      SourceFile file{std::filesystem::relative(entry.path(), source()).string(), read(entry.path()), {}};
      std::string line;
      for (char c : file.text) {
        if (c != '\n') {
          line += c;
          continue;
        }
        file.lines.push_back(line);
        line.clear();
      }
      files.push_back(std::move(file));
    }
  return files;
}

// "base" of lib/base/text.hpp; empty outside lib.
inline std::string module_of(const std::string& name) {
  if (!name.starts_with("lib/")) return {};
  std::size_t slash = name.find('/', 4);
  return slash == std::string::npos ? std::string() : name.substr(4, slash - 4);
}

// The table of lib/modules.cmake: what each module may include besides itself.
inline std::map<std::string, std::set<std::string>> module_table() {
  std::map<std::string, std::set<std::string>> table;
  std::string text = read(source() / "lib/modules.cmake");
  const std::string call = "\nhelpdesk_module(";
  for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
    std::size_t begin = at + call.size(), end = text.find(')', begin);
    std::string words = text.substr(begin, end - begin), word, name;
    bool uses = false;
    for (char c : words + " ") {
      if (c != ' ' && c != '\n') {
        word += c;
        continue;
      }
      if (word.empty()) continue;
      if (name.empty()) {
        name = word;
        table[name];
      } else if (word == "USES" || word == "EXT") {
        uses = word == "USES";
      } else if (uses) {
        table[name].insert(word);
      }
      word.clear();
    }
  }
  return table;
}

} // namespace architecture
