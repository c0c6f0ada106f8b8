#include "backend/table/files.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::uint64_t k_hashed = 4096;

bool looks_like_log(std::string_view name) {
  std::string low = ascii_lower(name);
  for (std::string_view packed : {".gz", ".zst"})
    if (low.ends_with(packed)) low.resize(low.size() - packed.size());
  for (std::string_view ending : {".csv", ".tsv", ".tab", ".txt", ".ndjson", ".jsonl", ".json", ".log"})
    if (low.ends_with(ending)) return true;
  return false;
}

Result<std::vector<std::string>> in_folder(const std::string& path) {
  std::vector<std::string> found;
  DIR* dir = opendir(path.c_str());
  if (!dir) return failed(path + ": " + std::strerror(errno));
  while (const dirent* entry = readdir(dir)) {
    std::string file = join_path(path, entry->d_name);
    if (entry->d_name[0] != '.' && looks_like_log(entry->d_name) && !is_directory(file))
      found.push_back(file);
  }
  closedir(dir);
  return found;
}

std::vector<std::string> by_pattern(const std::string& pattern) {
  std::vector<std::string> found;
  glob_t matches{};
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &matches) == 0)
    for (std::size_t i = 0; i < matches.gl_pathc; ++i)
      if (!is_directory(matches.gl_pathv[i])) found.emplace_back(matches.gl_pathv[i]);
  globfree(&matches);
  return found;
}

} // namespace

Result<std::vector<LogFile>> find_files(const Mapping& mapping) {
  std::vector<LogFile> files;
  std::string tried;
  for (std::size_t i = 0; i < mapping.parts.size(); ++i) {
    const Part& part = mapping.parts[i];
    std::vector<std::string> found;
    for (const std::string& named : part.paths) {
      std::string path = expand_home(named);
      tried += (tried.empty() ? "" : ", ") + path;
      std::vector<std::string> here;
      if (is_directory(path)) {
        here = TRY(in_folder(path));
      } else if (exists(path)) {
        here = {path};
      } else if (path.find_first_of("*?[") != std::string::npos) {
        here = by_pattern(path);
      } else if (!(mapping.lenient && mapping.is_joined())) {
        return failed(path + ": there is no such file: check \"path\" of the account");
      }
      found.insert(found.end(), here.begin(), here.end());
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (std::string& path : found) files.push_back({i, std::move(path)});
  }
  if (tried.empty()) return usage_error("\"path\" is missing: name the file, or the folder it lies in");
  if (files.empty()) return failed(tried + ": there is no such file: check \"path\" of the account");
  return files;
}

Result<std::string> hash_until(const std::string& path, std::uint64_t size) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return failed(path + ": " + std::strerror(errno));
  std::uint64_t n = std::min(size, k_hashed);
  std::string sample(static_cast<std::size_t>(2 * n), '\0');
  if (pread(file.get(), sample.data(), n, 0) != static_cast<ssize_t>(n) ||
      pread(file.get(), sample.data() + n, n, static_cast<off_t>(size - n)) != static_cast<ssize_t>(n))
    return try_later(path + ": the file was cut while it was read: pull again");
  return sha256_hex(sample).substr(0, 32);
}

Result<Stamp> stamp_of(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return failed(path + ": " + std::strerror(errno));
  if (!S_ISREG(info.st_mode)) return failed(path + ": is no file");
  Stamp stamp;
  stamp.size = static_cast<std::uint64_t>(info.st_size);
  stamp.modified = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
  stamp.hash = TRY(hash_until(path, stamp.size));
  return stamp;
}

} // namespace helpdesk::backend::table
