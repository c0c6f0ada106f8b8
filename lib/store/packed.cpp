#include "store/packed.hpp"

#include "base/text.hpp"
#include "store/records.hpp"

namespace helpdesk::store {
namespace {

// Packing is a tenth of what the first pull costs; more effort makes a store of mail hardly smaller.
constexpr int k_level = 1;
constexpr std::size_t k_small = 4096; // bytes: a ticket of a log has a few hundred

} // namespace

PackedText pack_text(Compressor& compressor, const model::Message& message) {
  return {.frame = std::string(compressor.pack(encode_body(message), k_level)),
          .columns = fold_columns(message),
          .has_html = !message.html.empty()};
}

bool shares_frame(const RawRecord& record) {
  return record.bytes.size() <= k_small && record.format != "mail" && !record.account.starts_with('@');
}

std::string_view pack_record(Compressor& compressor, std::string_view bytes) {
  return compressor.pack(bytes, k_level);
}

std::string version_of(std::string_view bytes) { return sha256_hex(bytes).substr(0, 16); }

} // namespace helpdesk::store
