#include "store/sqlite/message_rows.hpp"

#include "store/records.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {

std::string_view account_of_key(std::string_view key) {
  return key.substr(0, std::min(key.find(':'), key.size()));
}

int flags_of(const model::Message& m) {
  return (m.automation != model::Automation::none ? k_automatic : 0) |
         (m.visibility == model::Visibility::private_ ? k_private : 0) | (m.gone_from_server ? k_gone : 0) |
         (m.html.empty() ? 0 : k_html) | (m.defects.empty() ? 0 : k_defect);
}

std::int64_t link_hash(const Database& db, std::string_view account, std::string_view message_id, bool own) {
  std::string text(account);
  text += '\0';
  text += message_id;
  return static_cast<std::int64_t>((siphash(db.hash_key, text) & ~std::uint64_t{1}) | (own ? 1 : 0));
}

std::vector<std::int64_t> link_hashes(const Database& db, const model::Message& m) {
  auto account = account_of_key(m.key);
  std::vector<std::int64_t> out;
  if (!m.message_id.empty()) out.push_back(link_hash(db, account, m.message_id, true));
  if (!m.in_reply_to.empty()) out.push_back(link_hash(db, account, m.in_reply_to, false));
  for (const auto& id : m.references) out.push_back(link_hash(db, account, id, false));
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

std::int64_t subject_hash(const Database& db, std::string_view account, std::string_view subject_key) {
  std::string text(account);
  text += '\1';
  text += subject_key;
  return static_cast<std::int64_t>(siphash(db.hash_key, text));
}

Result<model::Message> message_row(Database& db, const Statement& s, Texts texts) {
  model::Message m;
  m.key = s.text(1);
  m.ticket = s.text(2);
  m.time = instant_of_micros(s.integer(3));
  if (!decode_head(s.text(4), m)) return db.c.damaged("the head of message " + m.key);
  if (texts == Texts::yes) {
    auto body = db.compressor.unpack(s.text(5));
    if (!body || !decode_body(*body, m)) return db.c.damaged("the text of message " + m.key);
  }
  return m;
}

} // namespace helpdesk::store::sqlite
