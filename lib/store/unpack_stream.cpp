#include "store/unpack_stream.hpp"

#include <new>

#include <zstd.h>
#include <zstd_errors.h>

namespace helpdesk::store {

struct StreamUnpacker::Context {
  ZSTD_DStream* stream = ZSTD_createDStream();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { ZSTD_freeDStream(stream); }
};

StreamUnpacker::StreamUnpacker() : context_(std::make_unique<Context>()) {}
StreamUnpacker::~StreamUnpacker() = default;

Result<StreamUnpacker::Step> StreamUnpacker::step(std::string_view packed, char* out, std::size_t size) {
  if (!context_->stream) throw std::bad_alloc();
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  ZSTD_outBuffer to{out, size, 0};
  std::size_t code = ZSTD_decompressStream(context_->stream, &to, &in);
  if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation) throw std::bad_alloc();
  if (ZSTD_isError(code)) return failed(std::string("damaged zstd data: ") + ZSTD_getErrorName(code));
  may_end_ = code == 0;
  return Step{in.pos, to.pos};
}

} // namespace helpdesk::store
