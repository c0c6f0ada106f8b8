#include "store/packed.hpp"

#include "store/records.hpp"

namespace helpdesk::store {
namespace {

// Packing is a tenth of what the first pull costs; more effort makes a store of mail hardly smaller.
constexpr int k_level = 1;

} // namespace

PackedText pack_text(Compressor& compressor, const model::Message& message) {
  return {.frame = std::string(compressor.pack(encode_body(message), k_level)),
          .columns = fold_columns(message),
          .has_html = !message.html.empty()};
}

std::string_view pack_record(Compressor& compressor, std::string_view bytes) {
  return compressor.pack(bytes, k_level);
}

} // namespace helpdesk::store
