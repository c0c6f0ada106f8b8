// mbox splitting: the spans lie in order, inside the file, and do not overlap.
#include "backend/mbox/split.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace helpdesk;
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const backend::mbox::ReadAt read = [file](std::uint64_t offset, char* buffer,
                                            std::size_t n) -> Result<std::size_t> {
    if (offset >= file.size()) return std::size_t{0};
    n = std::min<std::size_t>(n, file.size() - offset);
    std::copy_n(file.data() + offset, n, buffer);
    return n;
  };
  const auto spans = backend::mbox::split(read, 0, size);
  if (!spans) std::abort();
  std::uint64_t at = 0;
  for (const backend::mbox::Span& span : *spans) {
    if (span.begin < at || span.mail <= span.begin || span.end < span.mail || span.end > size) std::abort();
    at = span.end;
    if (backend::mbox::unpack(file.substr(span.mail, span.end - span.mail)).bytes.size() >
        span.end - span.mail)
      std::abort();
  }
  return 0;
}
