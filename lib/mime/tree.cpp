#include "mime/tree.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"
#include "mime/gmime_api.hpp"
#include "mime/header_block.hpp"

#include <algorithm>
#include <memory>

namespace helpdesk::mime {

namespace {

// GMime reads through this stream. It serves the mail's bytes without a copy and ends early at the deadline:
// the only way to stop a parser that has no limits.
struct ViewStream {
  GMimeStream base;
  const char* data;
  Deadline deadline;
  bool expired;
};
struct ViewStreamClass {
  GMimeStreamClass base;
};

ssize_t view_read(GMimeStream* stream, char* buffer, size_t length) {
  auto* self = reinterpret_cast<ViewStream*>(stream);
  const gint64 end = stream->bound_end;
  if (stream->position >= end) return 0;
  if (std::chrono::steady_clock::now() > self->deadline) {
    self->expired = true;
    return 0;
  }
  const auto n = std::min<gint64>(end - stream->position, static_cast<gint64>(length));
  std::copy_n(self->data + stream->position, n, buffer);
  stream->position += n;
  return n;
}

gboolean view_eos(GMimeStream* stream) {
  return reinterpret_cast<ViewStream*>(stream)->expired || stream->position >= stream->bound_end;
}

gint64 view_seek(GMimeStream* stream, gint64 offset, GMimeSeekWhence whence) {
  gint64 to = offset;
  if (whence == GMIME_STREAM_SEEK_CUR) to += stream->position;
  if (whence == GMIME_STREAM_SEEK_END) to += stream->bound_end;
  if (to < stream->bound_start || to > stream->bound_end) return -1;
  stream->position = to;
  return to;
}

gint64 view_tell(GMimeStream* stream) { return stream->position; }
gint64 view_length(GMimeStream* stream) { return stream->bound_end - stream->bound_start; }
ssize_t view_write(GMimeStream*, const char*, size_t) { return -1; }
int view_flush(GMimeStream*) { return 0; }
int view_close(GMimeStream*) { return 0; }
int view_reset(GMimeStream* stream) {
  stream->position = stream->bound_start;
  return 0;
}

const GmimeApi* g_api = nullptr; // for the class functions, which take no argument of ours
GType g_view_type = 0;

GMimeStream* view_substream(GMimeStream* stream, gint64 start, gint64 end) {
  auto* self = reinterpret_cast<ViewStream*>(stream);
  auto* sub = static_cast<ViewStream*>(g_api->g_object_new(g_view_type, nullptr));
  g_api->g_mime_stream_construct(&sub->base, start, end < 0 ? stream->bound_end : end);
  sub->data = self->data;
  sub->deadline = self->deadline;
  sub->expired = false;
  return &sub->base;
}

void view_class_init(gpointer klass, gpointer) {
  auto* stream = static_cast<GMimeStreamClass*>(klass);
  stream->read = view_read;
  stream->write = view_write;
  stream->flush = view_flush;
  stream->close = view_close;
  stream->eos = view_eos;
  stream->reset = view_reset;
  stream->seek = view_seek;
  stream->tell = view_tell;
  stream->length = view_length;
  stream->substream = view_substream;
}

GType view_type(const GmimeApi& api) {
  static const GType type = [&] {
    g_api = &api;
    g_view_type = api.g_type_register_static_simple(api.g_mime_stream_get_type(), "HelpdeskViewStream",
                                                    sizeof(ViewStreamClass), view_class_init,
                                                    sizeof(ViewStream), nullptr, static_cast<GTypeFlags>(0));
    return g_view_type;
  }();
  return type;
}

struct Unref {
  const GmimeApi* api;
  void operator()(void* object) const { api->g_object_unref(object); }
};
using Object = std::unique_ptr<void, Unref>;

class Walker {
 public:
  Walker(const GmimeApi& api, std::string_view bytes, const Limits& limits)
      : api_(api), bytes_(bytes), limits_(limits), multipart_(api.g_mime_multipart_get_type()),
        part_(api.g_mime_part_get_type()), mail_(api.g_mime_message_part_get_type()) {}

  Node walk(GMimeObject* object, bool in_digest, std::string_view outer_boundary, std::uint32_t depth) {
    Node node;
    // The headers are read from the bytes again rather than asked of GMime: it re-encodes what it decoded,
    // and 3.2.13 loops for ever on some of it.
    std::size_t body = 0;
    read_headers(object, in_digest, node, body);
    if (is_a(object, multipart_) && depth <= limits_.depth + 2) {
      node.is_multipart = true;
      // GMime reads damaged headers in its own way; what it took apart is a multipart from here on.
      if (!node.type.value.starts_with("multipart/")) node.type.value = "multipart/mixed";
      auto* multipart = reinterpret_cast<GMimeMultipart*>(object);
      const int count = api_.g_mime_multipart_get_count(multipart);
      const std::string boundary(node.type.get("boundary"));
      const bool digest = node.type.value == "multipart/digest";
      node.children.reserve(static_cast<std::size_t>(std::max(count, 0)));
      for (int i = 0; i < count; ++i)
        node.children.push_back(
            walk(api_.g_mime_multipart_get_part(multipart, i), digest, boundary, depth + 1));
      if (node.children.empty()) keep_undivided(node, body, boundary, outer_boundary);
    } else if (is_a(object, mail_)) {
      node.content = inner_mail(reinterpret_cast<GMimeMessagePart*>(object), body, outer_boundary);
    } else if (is_a(object, part_)) {
      node.content = content_of(reinterpret_cast<GMimePart*>(object));
    }
    return node;
  }

 private:
  bool is_a(void* object, GType type) const {
    return object && api_.g_type_check_instance_is_a(static_cast<GTypeInstance*>(object), type);
  }

  // Offset of the first header of an object, or -1.
  gint64 header_offset(GMimeObject* object) const {
    GMimeHeaderList* list = api_.g_mime_object_get_header_list(object);
    if (!list || api_.g_mime_header_list_get_count(list) <= 0) return -1;
    const gint64 offset = api_.g_mime_header_get_offset(api_.g_mime_header_list_get_header_at(list, 0));
    return offset >= 0 && static_cast<std::uint64_t>(offset) < bytes_.size() ? offset : -1;
  }

  void read_headers(GMimeObject* object, bool in_digest, Node& node, std::size_t& body) const {
    const gint64 offset = header_offset(object);
    HeaderBlock block;
    if (offset >= 0) {
      block = split_headers(bytes_.substr(static_cast<std::size_t>(offset)), limits_);
      body = static_cast<std::size_t>(offset) + block.body;
    }
    for (const RawHeader& field : block.fields) {
      if (equal_ignoring_case(field.name, "x-helpdesk-listed")) node.listed = std::string(trim(field.value));
      if (field.name.size() < 8 || !starts_with_ignoring_case(field.name, "content-")) continue;
      const std::string name = ascii_lower(field.name);
      if (name == "content-type" && node.type.value.empty())
        node.type = parse_parameters(field.value);
      else if (name == "content-disposition" && node.disposition.value.empty())
        node.disposition = parse_parameters(field.value);
      else if (name == "content-transfer-encoding" && node.encoding.empty())
        node.encoding = ascii_lower(first_word(field.value));
      else if (name == "content-id" && node.content_id.empty()) {
        if (std::vector<std::string> ids = message_ids(field.value); !ids.empty())
          node.content_id = std::move(ids.front());
        else
          node.content_id = decode_header(field.value);
      } else if (name == "content-location" && node.location.empty())
        node.location = decode_header(field.value);
      else if (name == "content-description" && node.description.empty())
        node.description = decode_header(field.value);
    }
    if (node.type.value.find('/') == std::string::npos) {
      const bool mail = in_digest && node.type.value.empty();
      node.type.value = mail ? "message/rfc822" : "text/plain";
    }
  }

  // A multipart whose delimiter never comes, or is not named: what stands there is text, not nothing.
  void keep_undivided(Node& node, std::size_t start, std::string_view boundary,
                      std::string_view outer_boundary) const {
    if (start == 0 || start >= bytes_.size()) return;
    const std::string_view text = up_to_delimiter(start, outer_boundary);
    const std::string_view begins = trim(text);
    if (begins.empty() || (!boundary.empty() && begins.starts_with("--" + std::string(boundary)))) return;
    node.is_multipart = false;
    node.type.value = "text/plain";
    node.content = text;
  }

  // "8bit (comment)", "base64;"
  static std::string_view first_word(std::string_view value) {
    value = trim(value);
    return value.substr(0, value.find_first_of(" \t\r\n;("));
  }

  std::string_view content_of(GMimePart* part) const {
    GMimeDataWrapper* wrapper = api_.g_mime_part_get_content(part);
    GMimeStream* stream = wrapper ? api_.g_mime_data_wrapper_get_stream(wrapper) : nullptr;
    if (!stream) return {};
    const auto start = static_cast<std::size_t>(std::max<gint64>(stream->bound_start, 0));
    std::size_t end = stream->bound_end < 0 ? bytes_.size() : static_cast<std::size_t>(stream->bound_end);
    if (start >= bytes_.size() || end < start) return {};
    // GMime takes the line end in front of a delimiter to be as long as those before: in a mail of mixed line
    // ends that is one byte too many or too few.
    if (end + 3 < bytes_.size() && bytes_.substr(end + 1, 3) == "\n--" && bytes_[end] != '\r' &&
        bytes_[end] != '\n')
      ++end;
    if (end > start && bytes_.substr(end, 3) == "\n--" && bytes_[end - 1] == '\r') --end;
    return bytes_.substr(start, end - start);
  }

  // GMime parses a mail inside a mail and keeps no bytes of it; they reach from behind the part's own headers
  // to the enclosing delimiter, which RFC 2046 section 5.1.2 lets nothing inside override.
  std::string_view inner_mail(GMimeMessagePart* part, std::size_t start,
                              std::string_view outer_boundary) const {
    if (start == 0) {
      GMimeMessage* message = api_.g_mime_message_part_get_message(part);
      if (!message) return {};
      // Its content headers are kept with its body; whichever stands first is where it begins.
      gint64 offset = header_offset(reinterpret_cast<GMimeObject*>(message));
      if (GMimeObject* inside = api_.g_mime_message_get_mime_part(message))
        if (const gint64 content = header_offset(inside); content >= 0 && (offset < 0 || content < offset))
          offset = content;
      if (offset < 0) return {};
      start = static_cast<std::size_t>(offset);
    }
    return up_to_delimiter(start, outer_boundary);
  }

  std::string_view up_to_delimiter(std::size_t start, std::string_view outer_boundary) const {
    std::size_t end = bytes_.size();
    const std::string delimiter = "\n--" + std::string(outer_boundary);
    for (std::size_t from = start > 0 ? start - 1 : 0; !outer_boundary.empty();) {
      const std::size_t found = bytes_.find(delimiter, from);
      if (found == std::string_view::npos) break;
      from = found + delimiter.size();
      const std::string_view rest = bytes_.substr(from, bytes_.find('\n', from) - from);
      if (!trim(rest.starts_with("--") ? rest.substr(2) : rest).empty()) continue; // a longer boundary
      end = found > start && bytes_[found - 1] == '\r' ? found - 1 : found;
      break;
    }
    return end > start ? bytes_.substr(start, end - start) : std::string_view{};
  }

  const GmimeApi& api_;
  std::string_view bytes_;
  const Limits& limits_;
  GType multipart_, part_, mail_;
};

} // namespace

Result<Tree> build_tree(std::string_view head, std::string_view body, const Limits& limits,
                        Deadline deadline) {
  const GmimeApi& api = *TRY(gmime_api());
  Tree tree;
  tree.buffer.reserve(head.size() + body.size());
  tree.buffer.insert(tree.buffer.end(), head.begin(), head.end());
  tree.buffer.insert(tree.buffer.end(), body.begin(), body.end());
  const std::string_view bytes(tree.buffer.data(), tree.buffer.size());

  auto* view = static_cast<ViewStream*>(api.g_object_new(view_type(api), nullptr));
  const Object stream(view, Unref{&api});
  api.g_mime_stream_construct(&view->base, 0, static_cast<gint64>(bytes.size()));
  view->data = bytes.data();
  view->deadline = deadline;
  view->expired = false;
  GMimeParser* parser = api.g_mime_parser_new_with_stream(&view->base);
  const Object parser_owner(parser, Unref{&api});
  api.g_mime_parser_set_persist_stream(parser, TRUE);
  GMimeMessage* message = api.g_mime_parser_construct_message(parser, nullptr);
  if (view->expired)
    tree.defect = "deadline of " + std::to_string(limits.deadline_ms) + " ms reached: kept raw";
  if (!message) {
    tree.root.type.value = "text/plain";
    tree.root.content = bytes.substr(head.size());
    return tree;
  }
  const Object message_owner(message, Unref{&api});
  if (GMimeObject* root = api.g_mime_message_get_mime_part(message))
    tree.root = Walker(api, bytes, limits).walk(root, false, {}, 0);
  return tree;
}

} // namespace helpdesk::mime
