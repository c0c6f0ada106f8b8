#include "backend/imap/listed.hpp"

#include "backend/imap/settings.hpp"
#include "base/text.hpp"

#include <charconv>
#include <map>

#include <fmt/format.h>

namespace helpdesk::backend::imap {
namespace {

constexpr std::size_t k_parts = 1000, k_depth = 50, k_sections_per_fetch = 40;
constexpr std::uint64_t k_whole_bytes = 100ULL
                                        << 20; // without big parts a message is fetched whole up to this

std::string parameter(const net::ImapValue& list, std::string_view name) {
  for (std::size_t i = 0; i + 1 < list.items.size(); i += 2)
    if (equal_ignoring_case(list.items[i].text, name)) return list.items[i + 1].text;
  return "";
}

Result<BodyPart> parse_part(const net::ImapValue& value, std::string path, std::size_t depth,
                            std::size_t& count) {
  if (!value.is_list() || value.items.empty()) return failed("BODYSTRUCTURE: a part that is no list");
  if (++count > k_parts || depth > k_depth) return failed("BODYSTRUCTURE: too many parts");
  BodyPart part{.path = std::move(path),
                .multipart = value.items[0].is_list(),
                .boundary = "",
                .encoding = "",
                .octets = 0,
                .parts = {}};
  if (!part.multipart) {
    if (value.items.size() < 7) return failed("BODYSTRUCTURE: a part without a size");
    part.encoding = ascii_lower(value.items[5].text);
    const std::string& octets = value.items[6].text;
    std::from_chars(octets.data(), octets.data() + octets.size(), part.octets);
    if (part.path.empty()) part.path = "1";
    return part;
  }
  std::size_t i = 0;
  for (; i < value.items.size() && value.items[i].is_list(); ++i) {
    std::string child = part.path.empty() ? std::to_string(i + 1) : fmt::format("{}.{}", part.path, i + 1);
    part.parts.push_back(TRY(parse_part(value.items[i], std::move(child), depth + 1, count)));
  }
  if (i + 1 < value.items.size() && value.items[i + 1].is_list())
    part.boundary = parameter(value.items[i + 1], "boundary");
  if (part.boundary.empty()) return failed("BODYSTRUCTURE: a multipart without its boundary");
  for (const char c : part.boundary)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return failed("BODYSTRUCTURE: a boundary with control characters");
  return part;
}

void sections_of(const BodyPart& part, bool is_top, std::vector<std::string>& sections) {
  if (!is_top) sections.push_back(part.path + ".MIME");
  for (const BodyPart& child : part.parts) sections_of(child, false, sections);
  if (!part.multipart && part.octets <= k_big_bytes) sections.push_back(part.path);
}

std::uint64_t decoded_size(const BodyPart& part) {
  return part.encoding == "base64" ? part.octets / 78 * 57 : part.octets; // lines of 76 digits and CRLF
}

// A header block without its empty last line, with one line added.
std::string with_listed_header(std::string header, std::uint64_t size) {
  while (header.ends_with("\r\n\r\n")) header.resize(header.size() - 2);
  if (!header.empty() && !header.ends_with("\n")) header += "\r\n";
  if (header == "\r\n") header.clear();
  return header + fmt::format("X-Helpdesk-Listed: {}\r\n\r\n", size);
}

using Sections = std::map<std::string, std::string, std::less<>>;

std::string section(const Sections& sections, const std::string& name) {
  const auto it = sections.find(name);
  return it == sections.end() ? "" : it->second;
}

void write_body(const BodyPart& part, const Sections& sections, std::string& out) {
  if (!part.multipart) {
    out += section(sections, part.path);
    return;
  }
  for (const BodyPart& child : part.parts) {
    out += "--" + part.boundary + "\r\n";
    std::string header = section(sections, child.path + ".MIME");
    if (!header.ends_with("\r\n\r\n") && header != "\r\n") header += "\r\n";
    if (!child.multipart && child.octets > k_big_bytes) {
      out += with_listed_header(std::move(header), decoded_size(child));
    } else {
      out += header;
      write_body(child, sections, out);
    }
    out += "\r\n";
  }
  out += "--" + part.boundary + "--\r\n";
}

Result<std::string> fetch_one(net::ImapClient& client, std::uint32_t uid, std::string_view item,
                              std::string_view answer) {
  std::string found;
  TRY(client.fetch(std::to_string(uid), item, [&](net::ImapMessage&& m) -> Result<void> {
    if (const net::ImapValue* v = m.response.item(answer); v && v->is_text()) found = v->text;
    return {};
  }));
  return found;
}

} // namespace

Result<BodyPart> parse_body_structure(const net::ImapValue& value) {
  std::size_t count = 0;
  return parse_part(value, "", 0, count);
}

bool has_big_part(const BodyPart& part) {
  if (!part.multipart) return part.octets > k_big_bytes;
  for (const BodyPart& child : part.parts)
    if (has_big_part(child)) return true;
  return false;
}

Result<ListedMail> fetch_listed(net::ImapClient& client, std::uint32_t uid, std::uint64_t size) {
  std::string header;
  Result<BodyPart> structure = failed("BODYSTRUCTURE: none");
  TRY(client.fetch(std::to_string(uid), "UID BODYSTRUCTURE BODY.PEEK[HEADER]",
                   [&](net::ImapMessage&& m) -> Result<void> {
                     if (const net::ImapValue* v = m.response.item("BODY[HEADER]"); v && v->is_text())
                       header = v->text;
                     if (const net::ImapValue* v = m.response.item("BODYSTRUCTURE"))
                       structure = parse_body_structure(*v);
                     return {};
                   }));
  if (header.empty()) return ListedMail{};
  const bool nothing_big = structure && !has_big_part(*structure);
  if (nothing_big && size <= k_whole_bytes)
    return ListedMail{TRY(fetch_one(client, uid, "UID BODY.PEEK[]", "BODY[]")), false};
  // A structure that cannot be read, or one big text: the header alone.
  if (!structure || !structure->multipart || nothing_big)
    return ListedMail{with_listed_header(std::move(header), structure ? decoded_size(*structure) : size),
                      true};

  std::vector<std::string> names;
  sections_of(*structure, true, names);
  Sections sections;
  for (std::size_t at = 0; at < names.size(); at += k_sections_per_fetch) {
    std::string items = "UID";
    for (std::size_t i = at; i < std::min(names.size(), at + k_sections_per_fetch); ++i)
      items += fmt::format(" BODY.PEEK[{}]", names[i]);
    TRY(client.fetch(std::to_string(uid), items, [&](net::ImapMessage&& m) -> Result<void> {
      for (std::size_t i = at; i < std::min(names.size(), at + k_sections_per_fetch); ++i)
        if (const net::ImapValue* v = m.response.item("BODY[" + names[i] + "]"); v && v->is_text())
          sections[names[i]] = v->text;
      return {};
    }));
  }
  if (!header.ends_with("\r\n\r\n")) header += "\r\n";
  ListedMail mail{std::move(header), true};
  write_body(*structure, sections, mail.bytes);
  return mail;
}

} // namespace helpdesk::backend::imap
