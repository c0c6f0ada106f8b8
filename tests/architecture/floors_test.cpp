// Who may include whom, and which library stays in which module.
#include "source_tree.hpp"

#include <gtest/gtest.h>

using namespace architecture;

namespace {

// The header's path when the line is an include, with < or " before it.
std::string included(const std::string& line) {
  std::size_t at = line.find_first_not_of(" \t");
  if (at == std::string::npos || line[at] != '#') return {};
  at = line.find_first_not_of(" \t", at + 1);
  if (at == std::string::npos || line.compare(at, 7, "include") != 0) return {};
  at = line.find_first_of("<\"", at + 7);
  if (at == std::string::npos) return {};
  std::size_t end = line.find_first_of(">\"", at + 1);
  return end == std::string::npos ? std::string() : line.substr(at, end - at);
}

} // namespace

TEST(Floors, TheTableIsRead) {
  auto table = module_table();
  ASSERT_TRUE(table.contains("base"));
  EXPECT_TRUE(table["base"].empty());
  EXPECT_TRUE(table["app"].contains("store"));
  for (const auto& [name, used] : table)
    for (const std::string& other : used) EXPECT_TRUE(table.contains(other)) << name << " uses " << other;
}

TEST(Floors, NoModuleIncludesWhatItsRowDoesNotName) {
  auto table = module_table();
  for (const SourceFile& file : sources_below({"lib"})) {
    std::string own = module_of(file.name);
    if (own.empty()) continue;
    ASSERT_TRUE(table.contains(own)) << file.name << ": lib/" << own << " has no row in lib/modules.cmake";
    for (const std::string& line : file.lines) {
      std::string header = included(line);
      if (header.empty() || header[0] != '"') continue;
      std::string other = header.substr(1, header.find('/') == std::string::npos ? 0 : header.find('/') - 1);
      if (!table.contains(other) || other == own) continue;
      EXPECT_TRUE(table[own].contains(other))
          << file.name << ": " << line << ": " << own << " may not use " << other;
    }
  }
}

TEST(Floors, NoRowMakesACircle) {
  auto table = module_table();
  // Taking away whatever uses nothing that is left must empty the table.
  while (!table.empty()) {
    std::set<std::string> free;
    for (const auto& [name, used] : table) {
      bool waits = false;
      for (const std::string& other : used) waits = waits || table.contains(other);
      if (!waits) free.insert(name);
    }
    ASSERT_FALSE(free.empty()) << "the rest goes in a circle, beginning with " << table.begin()->first;
    for (const std::string& name : free) table.erase(name);
  }
}

TEST(Floors, ALibraryStaysInItsModule) {
  const std::vector<std::pair<std::string, std::string>> owners = {
      {"<CLI/", "cli"},          {"<jq.h", "cli"},
      {"<jv.h", "cli"},          {"<toml++/", "config"},
      {"<sqlite3.h", "store"},   {"<zstd.h", "store"},
      {"<gmime/", "mime"},       {"<glib", "mime"},
      {"<curl/", "net"},         {"<absl/", "base"},
      {"<sodium.h", "base"},     {"<openssl/", "base"},
      {"<nlohmann/", "json"},    {"<simdjson", "json"},
      {"<cld2/", "language"},    {"<libstemmer", "language"},
      {"<gumbo", "language"},    {"<libical/", "metrics"},
      {"<xlsxwriter", "render"}, {"<cmark", "render"},
      {"<pugixml", "backend"},
  };
  for (const SourceFile& file : sources_below({"lib", "cmd"}))
    for (const std::string& line : file.lines) {
      std::string header = included(line);
      for (const auto& [prefix, module] : owners)
        if (header.starts_with(prefix)) {
          EXPECT_EQ(module_of(file.name), module) << file.name << ": " << line;
        }
    }
}

TEST(Floors, SlowHeadersAreReadOnce) {
  for (const std::string prefix : {"<CLI/", "<toml++/"}) {
    std::vector<std::string> users;
    for (const SourceFile& file : sources_below({"lib", "cmd"}))
      for (const std::string& line : file.lines)
        if (included(line).starts_with(prefix) && (users.empty() || users.back() != file.name))
          users.push_back(file.name); // once a file: toml++ needs more than one of its headers
    ASSERT_EQ(users.size(), 1U) << prefix;
    EXPECT_TRUE(users.front().ends_with(".cpp"));
  }
  for (const SourceFile& file : sources_below({"lib", "cmd"}))
    for (const std::string& line : file.lines) {
      std::string header = included(line);
      EXPECT_NE(header, "<regex") << file.name;
      if (file.name.ends_with(".hpp")) {
        EXPECT_NE(header, "<iostream") << file.name;
      }
    }
}
