// The files of an account and how they were when they were read.
#pragma once

#include "backend/table/mapping.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace helpdesk::backend::table {

struct LogFile {
  std::size_t part = 0; // index in Mapping::parts
  std::string path;
};

// Every file that the parts name: files, folders (what lies in them and looks like a log) and patterns such
// as "cdr-*.csv". Sorted in each part. Failed when there is none, or a file that is named is not there; of a
// ready mapping's own files some may be missing.
Result<std::vector<LogFile>> find_files(const Mapping& mapping);

// What tells a file that did not change: its size, time, and the bytes at its start and end.
struct Stamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0; // ns
  std::string hash;
  bool operator==(const Stamp&) const = default;
};
Result<Stamp> stamp_of(const std::string& path);
// Hash of the same kind as if the file ended at size.
Result<std::string> hash_until(const std::string& path, std::uint64_t size);

} // namespace helpdesk::backend::table
