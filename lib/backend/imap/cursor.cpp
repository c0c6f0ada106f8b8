#include "backend/imap/cursor.hpp"

#include "json/json.hpp"

namespace helpdesk::backend::imap {
namespace {

std::uint32_t uid_of(const json::Value& v) {
  const std::int64_t n = v.as_int();
  return n < 0 || n > UINT32_MAX ? 0 : static_cast<std::uint32_t>(n);
}

std::uint64_t natural(const json::Value& v) {
  const std::int64_t n = v.as_int();
  return n < 0 ? 0 : static_cast<std::uint64_t>(n);
}

} // namespace

std::string to_text(const FolderCursor& c) {
  json::Value v = json::Value::object({{"uidvalidity", c.uidvalidity},
                                       {"uidnext", c.uidnext},
                                       {"low", c.low},
                                       {"highestmodseq", c.highestmodseq},
                                       {"exists", c.exists}});
  if (c.reached != 0) v.set("reached", c.reached);
  if (c.since != 0) v.set("since", c.since);
  if (!c.skipped.empty()) {
    json::Value list = json::Value::array();
    for (const std::uint32_t uid : c.skipped) list.push(uid);
    v.set("skipped", std::move(list));
  }
  return json::dump(v);
}

std::optional<FolderCursor> parse_cursor(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto parsed = json::parse(text);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  const json::Value& v = *parsed;
  FolderCursor c;
  c.uidvalidity = uid_of(v["uidvalidity"]);
  c.uidnext = uid_of(v["uidnext"]);
  c.low = uid_of(v["low"]);
  c.highestmodseq = natural(v["highestmodseq"]);
  c.exists = uid_of(v["exists"]);
  c.reached = v["reached"].as_int();
  c.since = v["since"].as_int();
  for (const json::Value& uid : v["skipped"].items()) c.skipped.push_back(uid_of(uid));
  if (c.uidvalidity == 0 || c.uidnext == 0 || c.low == 0) return std::nullopt;
  return c;
}

std::string to_text(const ByteCount& c) {
  return json::dump(json::Value::object({{"day", c.day}, {"bytes", c.bytes}}));
}

ByteCount parse_byte_count(std::string_view text) {
  const auto parsed = json::parse(text);
  if (!parsed) return {};
  return {.day = (*parsed)["day"].as_int(), .bytes = natural((*parsed)["bytes"])};
}

} // namespace helpdesk::backend::imap
