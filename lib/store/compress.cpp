#include "store/compress.hpp"

#include <algorithm>
#include <new>

#include <zstd.h>
#include <zstd_errors.h>

namespace helpdesk::store {

struct Compressor::Contexts {
  ZSTD_CCtx* pack = nullptr;
  ZSTD_DCtx* unpack = nullptr;
  std::string buffer;
  ~Contexts() {
    ZSTD_freeCCtx(pack);
    ZSTD_freeDCtx(unpack);
  }
};

Compressor::Compressor() : contexts_(std::make_unique<Contexts>()) {}
Compressor::~Compressor() = default;

std::string_view Compressor::pack(std::string_view bytes, int level) {
  auto& c = *contexts_;
  if (!c.pack) {
    c.pack = ZSTD_createCCtx();
    if (!c.pack) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(c.pack, ZSTD_c_checksumFlag, 1);
  }
  ZSTD_CCtx_setParameter(c.pack, ZSTD_c_compressionLevel, level);
  // A buffer of the bound's size cannot be too small, and memory is the only other thing that can fail:
  // std::bad_alloc says it.
  c.buffer.resize(std::max(c.buffer.size(), ZSTD_compressBound(bytes.size())));
  auto size = ZSTD_compress2(c.pack, c.buffer.data(), c.buffer.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size)) throw std::bad_alloc();
  return {c.buffer.data(), size};
}

Result<std::string> Compressor::unpack(std::string_view frame, std::uint64_t limit) {
  auto& c = *contexts_;
  if (!c.unpack) c.unpack = ZSTD_createDCtx();
  if (!c.unpack) throw std::bad_alloc();
  auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit)
    return failed("a compressed record has no readable beginning");
  // A frame shrinks at most some 30,000 times: a damaged size must not make us ask for a gigabyte.
  if (size > (frame.size() + 64) * 40'000) return failed("a compressed record claims an impossible size");
  std::string out(size, '\0');
  auto got = ZSTD_decompressDCtx(c.unpack, out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation) throw std::bad_alloc();
  if (ZSTD_isError(got))
    return failed(std::string("a compressed record is damaged: ") + ZSTD_getErrorName(got));
  if (got != size) return failed("a compressed record is shorter than it says");
  return out;
}

} // namespace helpdesk::store
