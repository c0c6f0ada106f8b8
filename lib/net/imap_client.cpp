#include "net/imap_client.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "net/imap_command.hpp"
#include "net/imap_utf7.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::net {
namespace {

template <class N> N number_or_zero(std::string_view s) {
  N n{};
  std::from_chars(s.data(), s.data() + s.size(), n);
  return n;
}

// "UIDVALIDITY 12" -> "12" for name UIDVALIDITY
std::optional<std::string_view> code_argument(std::string_view code, std::string_view name) {
  if (!starts_with_ignoring_case(code, name)) return std::nullopt;
  const std::string_view rest = code.substr(name.size());
  if (!rest.empty() && rest.front() != ' ') return std::nullopt;
  return trim(rest);
}

ImapFlags flags_of(const ImapResponse& r, std::uint32_t uid) {
  ImapFlags flags{.uid = uid, .flags = {}, .gmail_labels = {}};
  if (const ImapValue* list = r.item("FLAGS"); list && list->is_list())
    for (const ImapValue& v : list->items)
      if (v.is_text() && !equal_ignoring_case(v.text, "\\Recent")) flags.flags.push_back(clean_utf8(v.text));
  if (const ImapValue* list = r.item("X-GM-LABELS"); list && list->is_list())
    for (const ImapValue& v : list->items)
      if (v.is_text()) flags.gmail_labels.push_back(from_modified_utf7(v.text));
  std::sort(flags.flags.begin(), flags.flags.end());
  std::sort(flags.gmail_labels.begin(), flags.gmail_labels.end());
  return flags;
}

std::optional<ImapMessage> message_of(ImapResponse&& r) {
  ImapMessage m;
  if (const ImapValue* v = r.item("UID"); v && v->is_text()) m.uid = number_or_zero<std::uint32_t>(v->text);
  if (m.uid == 0) return std::nullopt;
  if (const ImapValue* v = r.item("RFC822.SIZE"); v && v->is_text())
    m.size = number_or_zero<std::uint64_t>(v->text);
  if (const ImapValue* v = r.item("INTERNALDATE"); v && v->is_text())
    m.received = parse_internal_date(v->text);
  if (const ImapValue* v = r.item("X-GM-THRID"); v && v->is_text()) m.gmail_thread = v->text;
  if (const ImapValue* v = r.item("X-GM-MSGID"); v && v->is_text()) m.gmail_message = v->text;
  m.flags = flags_of(r, m.uid);
  m.response = std::move(r);
  return m;
}

} // namespace

bool ImapFolder::has(std::string_view attribute) const {
  return std::find(attributes.begin(), attributes.end(), attribute) != attributes.end();
}

bool ImapClient::has(std::string_view capability) const { return capabilities_.contains(capability); }

Result<void> ImapClient::enable_qresync() {
  if (!has("QRESYNC") || !has("ENABLE")) return {};
  const auto answer = run(Command("ENABLE QRESYNC"), [this](ImapResponse&& r) -> Result<void> {
    if (r.name == "ENABLED")
      for (const ImapValue& v : r.values) qresync_ = qresync_ || equal_ignoring_case(v.text, "QRESYNC");
    return {};
  });
  if (!answer && !usable_) return Failure(answer.error());
  return {};
}

std::string ImapClient::server_name() {
  if (!has("ID")) return "";
  std::string name;
  const auto answer = run(Command("ID NIL"), [&](ImapResponse&& r) -> Result<void> {
    if (r.name != "ID" || r.values.empty()) return {};
    const auto& items = r.values[0].items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
      if (equal_ignoring_case(items[i].text, "name")) name = clean_utf8(items[i + 1].text);
    return {};
  });
  return answer ? name : "";
}

Result<std::vector<ImapFolder>> ImapClient::list() {
  std::vector<ImapFolder> folders;
  // Servers with SPECIAL-USE tell the attributes in a plain LIST too (RFC 6154 section 2), but may only do so
  // when asked.
  const char* text =
      has("SPECIAL-USE") && has("LIST-EXTENDED") ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
  TRY(run(Command(text), [&](ImapResponse&& r) -> Result<void> {
    if (r.name != "LIST" || r.values.size() < 3 || !r.values[0].is_list()) return {};
    if (folders.size() >= 100'000) return failed(fmt::format("{}: more than 100000 folders", peer()));
    ImapFolder folder;
    for (const ImapValue& v : r.values[0].items) folder.attributes.push_back(ascii_lower(v.text));
    folder.wire_name = r.values[2].kind == ImapValue::Kind::nil ? "NIL" : r.values[2].text;
    folder.name = from_modified_utf7(folder.wire_name);
    if (equal_ignoring_case(folder.name, "INBOX")) folder.name = "INBOX";
    folders.push_back(std::move(folder));
    return {};
  }));
  return folders;
}

Result<ImapOpened> ImapClient::open(const ImapFolder& folder, OpenMode mode, const ImapKnown& known) {
  Command command(mode == OpenMode::examine ? "EXAMINE " : "SELECT ");
  command.string(folder.wire_name);
  if (qresync_ && known.uidvalidity != 0 && known.highestmodseq != 0)
    command.text(fmt::format(" (QRESYNC ({} {}))", known.uidvalidity, known.highestmodseq));
  else if (qresync_ || has("CONDSTORE"))
    command.text(" (CONDSTORE)");
  ImapOpened opened;
  TRY(run(command, [&](ImapResponse&& r) -> Result<void> {
    if (r.name == "EXISTS")
      opened.exists = r.number.value_or(0);
    else if (const auto v = code_argument(r.code, "UIDVALIDITY"))
      opened.uidvalidity = number_or_zero<std::uint32_t>(*v);
    else if (const auto n = code_argument(r.code, "UIDNEXT"))
      opened.uidnext = number_or_zero<std::uint32_t>(*n);
    else if (const auto h = code_argument(r.code, "HIGHESTMODSEQ"))
      opened.highestmodseq = number_or_zero<std::uint64_t>(*h);
    else if (r.name == "VANISHED" && !r.values.empty()) {
      const auto set = parse_uid_set(r.values.back().text);
      if (!set) return failed(fmt::format("{}: VANISHED without a set of UIDs", peer()));
      opened.vanished.insert(opened.vanished.end(), set->begin(), set->end());
    } else if (r.name == "FETCH") {
      if (auto m = message_of(std::move(r))) opened.changed.push_back(std::move(m->flags));
    }
    return {};
  }));
  std::sort(opened.vanished.begin(), opened.vanished.end());
  return opened;
}

Result<std::vector<std::uint32_t>> ImapClient::search(std::span<const ImapCriterion> criteria) {
  Command command("UID SEARCH");
  // With 8-bit values the charset must be named; everything else is ASCII, which is UTF-8 too.
  for (const ImapCriterion& c : criteria)
    if (c.value && std::any_of(c.value->begin(), c.value->end(),
                               [](char b) { return static_cast<unsigned char>(b) >= 0x80; })) {
      command.text(" CHARSET UTF-8");
      break;
    }
  for (const ImapCriterion& c : criteria) {
    command.text(" " + c.key);
    if (c.value) command.text(" ").string(*c.value);
  }
  std::vector<std::uint32_t> uids;
  TRY(run(command, [&](ImapResponse&& r) -> Result<void> {
    if (r.name != "SEARCH") return {};
    for (const std::uint64_t n : r.numbers)
      if (n > 0 && n <= UINT32_MAX) uids.push_back(static_cast<std::uint32_t>(n));
    return {};
  }));
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

Result<void> ImapClient::fetch(std::string_view uids, std::string_view items,
                               const std::function<Result<void>(ImapMessage&&)>& f,
                               std::string_view modifier) {
  const auto wanted = parse_uid_set(uids);
  if (!wanted) return {};
  Command command(fmt::format("UID FETCH {} ({}){}{}", uids, items, modifier.empty() ? "" : " ", modifier));
  TRY(run(command, [&](ImapResponse&& r) -> Result<void> {
    if (r.name != "FETCH") return {};
    auto m = message_of(std::move(r));
    if (!m || !contains(*wanted, m->uid)) return {};
    return f(std::move(*m));
  }));
  return {};
}

Result<void> ImapClient::add_flags(std::string_view uids, std::string_view flags) {
  TRY(run(Command(fmt::format("UID STORE {} +FLAGS.SILENT {}", uids, flags)), nullptr));
  return {};
}

Result<void> ImapClient::append(const ImapFolder& folder, std::string_view flags, std::string_view mail) {
  if (mail.find('\0') != std::string_view::npos)
    return failed("a mail with NUL bytes cannot be stored on an IMAP server");
  Command command("APPEND ");
  command.string(folder.wire_name).text(fmt::format(" {} ", flags)).literal(std::string(mail));
  TRY(run(command, nullptr));
  return {};
}

void ImapClient::logout() {
  if (!usable_) return;
  timeouts_.idle_ms = std::min(timeouts_.idle_ms, 2'000);
  reader_ = std::make_unique<ImapReader>(*stream_, timeouts_.idle_ms, limits_);
  (void)run(Command("LOGOUT"), nullptr);
  usable_ = false;
}

} // namespace helpdesk::net
