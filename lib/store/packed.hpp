// What of a record and of a message can be made ready on any thread, before the one that writes puts it.
#pragma once

#include "model/values.hpp"
#include "store/compress.hpp"
#include "store/query_terms.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>

namespace helpdesk::store {

// The texts of a message as they are kept: packed, and folded for the index.
struct PackedText {
  std::string frame; // of text, html and stripped
  FoldedColumns columns;
  bool has_html = false;
};

PackedText pack_text(Compressor& compressor, const model::Message& message);
// Whether a record is kept in a frame with others: it is small, and no mail, which is never asked for in the
// order in which it came. The desk's own shelves ("@drafts") are written over and over.
bool shares_frame(const RawRecord& record);
// The frame of a record's bytes; valid until the compressor's next call.
std::string_view pack_record(Compressor& compressor, std::string_view bytes);

} // namespace helpdesk::store
