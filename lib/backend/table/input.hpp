// The bytes of a log: from a plain file, or out of gzip or zstd, told apart by their first bytes; always
// UTF-8 where they were UTF-16.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace helpdesk::backend::table {

class Input {
 public:
  virtual ~Input() = default;
  // As much as there is, at most size; 0 at the end.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

struct Opened {
  std::unique_ptr<Input> input;
  bool plain = true; // neither packed nor converted: offsets are those of the file
};

// From an offset of a plain file on. encoding: "auto", "utf-8", "utf-16le", "utf-16be", "latin-1".
Result<Opened> open_input(const std::string& path, std::string_view encoding, std::uint64_t offset = 0);

// Bytes of Windows' Western European character set (which contains Latin-1) as UTF-8.
std::string from_latin(std::string_view bytes);

} // namespace helpdesk::backend::table
