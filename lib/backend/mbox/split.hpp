// Where the messages of an mbox file begin and end: mboxo, mboxrd and Content-Length alike, files of any
// size.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::mbox {

struct Span {
  std::uint64_t begin = 0;     // of the "From " line
  std::uint64_t mail = 0;      // of the first header
  std::uint64_t end = 0;       // behind the last byte, separator included
  std::optional<Instant> time; // of the "From " line
};

// Fills as much of buffer as there is at that offset; 0 at the end.
using ReadAt = std::function<Result<std::size_t>(std::uint64_t offset, char* buffer, std::size_t size)>;

// The messages in [from, size); from is 0 or the begin of a message. Bytes before the first "From " line are
// left out.
Result<std::vector<Span>> split(const ReadAt& read_at, std::uint64_t from, std::uint64_t size);

// One mail out of the bytes of its span behind the "From " line: without the separator, with quoted "From "
// lines as they were written, and without the headers in which mail programs keep their flags; those come out
// as labels.
struct Mail {
  std::string bytes;
  std::vector<std::string> labels;
};
Mail unpack(std::string_view bytes);

} // namespace helpdesk::backend::mbox
