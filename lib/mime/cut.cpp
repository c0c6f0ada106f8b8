#include "mime/cut.hpp"

#include "base/text.hpp"
#include "mime/header_block.hpp"
#include "mime/parameters.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::mime {
namespace {

constexpr int k_depth = 50;
constexpr std::size_t k_parts = 10'000;

std::string value_of(const HeaderBlock& block, std::string_view name) {
  const RawHeader* field = block.find(name);
  return field ? unfold(field->value) : std::string();
}

std::uint64_t decoded_size(std::string_view body, std::string_view encoding) {
  if (!equal_ignoring_case(trim(encoding), "base64")) return body.size();
  std::uint64_t digits = 0;
  for (char c : body)
    if (c != '\r' && c != '\n' && c != '=' && c != ' ') ++digits;
  return digits * 3 / 4;
}

class Cutter {
 public:
  explicit Cutter(std::uint64_t limit) : limit_(limit) {}

  // entity: headers, an empty line, a body. Appends it to out.
  void entity(std::string_view entity, int depth) {
    HeaderBlock block = split_headers(entity, {});
    bool whole = block.over_limit || block.body == 0 || block.body > entity.size() || depth > k_depth ||
                 ++seen_ > k_parts;
    if (whole) {
      out.append(entity);
      return;
    }
    std::string_view head = entity.substr(0, block.body), body = entity.substr(block.body);
    Parameterised type = parse_parameters(value_of(block, "content-type"));
    if (type.value.starts_with("multipart/") && type.value != "multipart/encrypted" &&
        !type.get("boundary").empty()) {
      out.append(head);
      children(body, "--" + std::string(type.get("boundary")), depth + 1);
      return;
    }
    if (body.size() <= limit_ ||
        !may_go(type.value, parse_parameters(value_of(block, "content-disposition")).value, depth)) {
      out.append(entity);
      return;
    }
    std::string_view line_end = head.ends_with("\r\n") ? "\r\n" : "\n";
    if (!head.ends_with(std::string(line_end) + std::string(line_end))) { // cut off inside its header
      out.append(entity);
      return;
    }
    out.append(head.substr(0, head.size() - line_end.size()));
    out += fmt::format("X-Helpdesk-Listed: {}{}{}",
                       decoded_size(body, value_of(block, "content-transfer-encoding")), line_end, line_end);
    ++parts;
  }

  std::string out;
  std::size_t parts = 0;

 private:
  static bool may_go(std::string_view type, std::string_view disposition, int depth) {
    if (type.empty() || depth == 0) return false; // a mail that is one part only is its own text
    if (type.starts_with("text/") && disposition != "attachment") return false;
    if (type.starts_with("multipart/")) return false;
    return type != "application/ms-tnef" && type != "application/vnd.ms-tnef" &&
           !type.ends_with("pkcs7-mime");
  }

  // The parts between the boundary's lines; the line end before such a line belongs to it.
  void children(std::string_view body, std::string_view mark, int depth) {
    std::size_t begin = std::string_view::npos; // of the part that is open
    for (std::size_t line = 0; line < body.size();) {
      std::size_t end = body.find('\n', line);
      std::size_t next = end == std::string_view::npos ? body.size() : end + 1;
      std::string_view text = trim_right(body.substr(line, next - line));
      bool closes = text.size() == mark.size() + 2 && text.ends_with("--") && text.starts_with(mark);
      if (text == mark || closes) {
        if (begin == std::string_view::npos) {
          out.append(body.substr(0, line)); // preamble
        } else {
          std::size_t last = line;
          if (last > begin && body[last - 1] == '\n') --last;
          if (last > begin && body[last - 1] == '\r') --last;
          entity(body.substr(begin, last - begin), depth);
          out.append(body.substr(last, line - last));
        }
        out.append(body.substr(line, next - line));
        begin = next;
        if (closes) {
          out.append(body.substr(next)); // epilogue
          return;
        }
      }
      line = next;
    }
    if (begin == std::string_view::npos) {
      out.append(body); // the boundary is nowhere
    } else {
      entity(body.substr(begin), depth); // never closed
    }
  }

  std::uint64_t limit_;
  std::size_t seen_ = 0;
};

} // namespace

CutMail cut_big_parts(std::string_view raw, std::uint64_t limit) {
  if (raw.size() <= limit || contains_ignoring_case(raw, "\nX-Helpdesk-Listed:")) return {};
  Cutter cutter(limit);
  cutter.entity(raw, 0);
  if (cutter.parts == 0 || cutter.out.size() >= raw.size()) return {};
  CutMail cut;
  cut.freed = raw.size() - cutter.out.size();
  cut.parts = cutter.parts;
  cut.bytes = std::move(cutter.out);
  return cut;
}

} // namespace helpdesk::mime
