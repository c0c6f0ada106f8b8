#include "mime/header_block.hpp"

#include "base/text.hpp"
#include "mime/charset.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace helpdesk::mime {

namespace {

struct Line {
  std::string_view text; // without its end
  std::size_t next = 0;  // offset behind the end
};

Line line_at(std::string_view raw, std::size_t pos) {
  const void* found = std::memchr(raw.data() + pos, '\n', raw.size() - pos);
  if (!found) return {raw.substr(pos), raw.size()};
  const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - raw.data());
  std::size_t stop = end;
  if (stop > pos && raw[stop - 1] == '\r') --stop;
  return {raw.substr(pos, stop - pos), end + 1};
}

// Length of the name when the line is "name:" or "name :", else 0.
std::size_t header_name_length(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] > 32 && line[i] < 127 && line[i] != ':') ++i;
  const std::size_t length = i;
  while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
  return length > 0 && i < line.size() && line[i] == ':' ? length : 0;
}

bool is_continuation(std::string_view line) { return !line.empty() && (line[0] == ' ' || line[0] == '\t'); }

} // namespace

const RawHeader* HeaderBlock::find(std::string_view name) const {
  for (const RawHeader& field : fields)
    if (equal_ignoring_case(field.name, name)) return &field;
  return nullptr;
}

HeaderBlock split_headers(std::string_view raw, const Limits& limits) {
  HeaderBlock block;
  std::size_t pos = 0;
  if (raw.starts_with("From ") || raw.starts_with(">From ")) pos = line_at(raw, 0).next;
  block.fields.reserve(24);
  while (pos < raw.size()) {
    const Line line = line_at(raw, pos);
    if (line.text.empty() || (line.text.size() < 80 && trim(line.text).empty() && block.fields.empty())) {
      pos = line.next;
      break;
    }
    if (pos > limits.header_bytes || block.fields.size() >= limits.headers) {
      block.over_limit = true;
      break;
    }
    if (is_continuation(line.text) && !block.fields.empty()) {
      // A line of white space alone ends no block in RFC 5322's obsolete syntax; it only continues the value.
      RawHeader& last = block.fields.back();
      last.value =
          std::string_view(last.value.data(), line.text.data() + line.text.size() - last.value.data());
      pos = line.next;
      continue;
    }
    const std::size_t length = header_name_length(line.text);
    if (length == 0) {
      const bool more = line.next < raw.size() && !block.fields.empty() && line.text.substr(0, 2) != "--" &&
                        header_name_length(line_at(raw, line.next).text) > 0;
      if (!more) break; // the body starts without an empty line
      block.broken_lines = true;
      pos = line.next;
      continue;
    }
    const std::size_t colon = line.text.find(':', length);
    block.fields.push_back({line.text.substr(0, length), line.text.substr(colon + 1)});
    pos = line.next;
  }
  if (!block.over_limit && pos > limits.header_bytes + 2 && !block.fields.empty()) block.over_limit = true;
  block.body = std::min(pos, raw.size());
  return block;
}

std::string unfold(std::string_view value) {
  value = trim(value);
  if (value.find('\n') == std::string_view::npos && value.find('\r') == std::string_view::npos)
    return std::string(value);
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\r' || c == '\n') {
      while (i + 1 < value.size() && (value[i + 1] == '\r' || value[i + 1] == '\n')) ++i;
      if (i + 1 < value.size() && value[i + 1] != ' ' && value[i + 1] != '\t')
        out += ' ';
      else if (i + 1 < value.size()) {
        out += ' '; // a folding tab reads as a space
        ++i;
      }
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<std::string> message_ids(std::string_view value) {
  std::vector<std::string> ids;
  std::unordered_set<std::string_view> seen;
  const auto add = [&](std::string_view id) {
    if (id.empty() || id.size() > 2000) return;
    std::string clean;
    for (const char c : id)
      if (static_cast<unsigned char>(c) > 32 && c != 127) clean += c;
    if (!clean.empty()) ids.push_back(guess_utf8(clean));
  };
  std::size_t pos = 0;
  while (ids.size() < 10'000) {
    const std::size_t open = value.find('<', pos);
    if (open == std::string_view::npos) break;
    std::size_t close = value.find('>', open + 1);
    if (close == std::string_view::npos) break;
    const std::size_t again = value.rfind('<', close);
    add(value.substr(again + 1, close - again - 1));
    pos = close + 1;
  }
  if (ids.empty()) {
    std::size_t i = 0;
    while (i < value.size() && ids.size() < 10'000) {
      const std::size_t start = value.find_first_not_of(" \t\r\n,;<>", i);
      if (start == std::string_view::npos) break;
      const std::size_t stop = std::min(value.find_first_of(" \t\r\n,;<>", start), value.size());
      const std::string_view word = value.substr(start, stop - start);
      if (word.find('@') != std::string_view::npos) add(word);
      i = stop;
    }
  }
  // Stable de-duplication: seen holds views into ids, which no longer grows.
  std::vector<std::string> unique;
  unique.reserve(ids.size());
  for (const std::string& id : ids)
    if (seen.insert(id).second) unique.push_back(id);
  return unique;
}

std::string_view with_line_feeds(std::string_view raw, std::string& storage) {
  const std::string_view start = raw.substr(0, 1 << 16);
  if (start.find('\r') == std::string_view::npos || start.find('\n') != std::string_view::npos) return raw;
  if (raw.find('\n') != std::string_view::npos) return raw;
  storage.assign(raw);
  std::replace(storage.begin(), storage.end(), '\r', '\n');
  return storage;
}

} // namespace helpdesk::mime
