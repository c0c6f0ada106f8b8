#include "mime/scan.hpp"

#include "base/text.hpp"
#include "mime/header_block.hpp"
#include "mime/parameters.hpp"

#include <cstring>
#include <vector>

namespace helpdesk::mime {

namespace {

struct Level {
  std::string boundary;
  bool digest = false; // its parts are mails when they do not say otherwise
  std::uint32_t depth = 0;
};

std::string cap(std::string_view what, std::uint64_t limit) {
  return std::string(what) + " cap of " + std::to_string(limit) + " reached";
}

class Scanner {
 public:
  Scanner(std::string_view bytes, const Limits& limits, Deadline deadline)
      : bytes_(bytes), limits_(limits), deadline_(deadline) {}

  std::string run(std::string_view head) {
    if (!typed(split_headers(head, limits_), false)) return reason_;
    while (!levels_.empty()) {
      if (++steps_ % 4096 == 0 && std::chrono::steady_clock::now() > deadline_)
        return "deadline of " + std::to_string(limits_.deadline_ms) + " ms reached";
      const std::size_t line = next_delimiter();
      if (line == std::string_view::npos) break;
      const std::size_t end = std::min(bytes_.find('\n', line), bytes_.size());
      pos_ = end;
      if (!delimiter(bytes_.substr(line + 2, end - line - 2))) return reason_;
    }
    return {};
  }

 private:
  std::size_t next_delimiter() {
    if (pos_ == 0 && bytes_.starts_with("--")) return 0;
    if (pos_ > 0 && pos_ + 2 <= bytes_.size() && bytes_[pos_ - 1] == '\n' && bytes_.substr(pos_, 2) == "--")
      return pos_;
    const std::size_t found = bytes_.find("\n--", pos_);
    return found == std::string_view::npos ? found : found + 1;
  }

  // line: behind the two dashes. False when a cap is reached.
  bool delimiter(std::string_view line) {
    for (std::size_t i = levels_.size(); i-- > 0;) {
      const Level& level = levels_[i];
      if (!line.starts_with(level.boundary)) continue;
      std::string_view rest = line.substr(level.boundary.size());
      const bool closing = rest.starts_with("--");
      if (closing) rest.remove_prefix(2);
      if (!trim(rest).empty()) continue;
      if (closing) {
        levels_.resize(i);
        return true;
      }
      levels_.resize(i + 1);
      if (++parts_ > limits_.parts) {
        reason_ = cap("part", limits_.parts);
        return false;
      }
      if (pos_ < bytes_.size()) ++pos_;
      depth_ = level.depth;
      return entity(level.digest);
    }
    return true;
  }

  bool entity(bool in_digest) {
    const std::string_view rest = bytes_.substr(pos_);
    // A delimiter right here means a part without headers and body.
    if (rest.starts_with("--") && !levels_.empty()) return true;
    const HeaderBlock block = split_headers(rest, limits_);
    total_headers_ += block.fields.size();
    if (block.over_limit || total_headers_ > 10ULL * limits_.headers) {
      reason_ = cap("header", limits_.headers);
      return false;
    }
    pos_ += block.body;
    return typed(block, in_digest);
  }

  // Goes down into what the headers announce; a mail inside a mail has headers of its own.
  bool typed(const HeaderBlock& block, bool in_digest) {
    const RawHeader* field = block.find("content-type");
    Parameterised type;
    if (field)
      type = parse_parameters(field->value);
    else if (in_digest)
      type.value = "message/rfc822";
    const bool multipart = type.value.starts_with("multipart/");
    const bool mail =
        type.value == "message/rfc822" || type.value == "message/global" || type.value == "message/news";
    if (!multipart && !mail) return true;
    if (++depth_ > limits_.depth) {
      reason_ = cap("nesting", limits_.depth);
      return false;
    }
    if (mail) return entity(false);
    const std::string_view boundary = type.get("boundary");
    if (!boundary.empty())
      levels_.push_back({std::string(boundary), type.value == "multipart/digest", depth_});
    return true;
  }

  std::string_view bytes_;
  const Limits& limits_;
  Deadline deadline_;
  std::size_t pos_ = 0;
  std::vector<Level> levels_;
  std::uint32_t depth_ = 0, parts_ = 0;
  std::uint64_t total_headers_ = 0, steps_ = 0;
  std::string reason_;
};

} // namespace

std::string scan_structure(std::string_view head, std::string_view body, const Limits& limits,
                           Deadline deadline) {
  return Scanner(body, limits, deadline).run(head);
}

} // namespace helpdesk::mime
