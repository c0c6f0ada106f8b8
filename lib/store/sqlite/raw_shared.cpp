#include "store/sqlite/raw_shared.hpp"

#include "store/packed.hpp"

#include <algorithm>

namespace helpdesk::store::sqlite {
namespace {

constexpr std::string_view k_usual_format = "table-ticket";
constexpr std::size_t k_hash = 16; // digits of version_of()

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_hash(std::string_view version) {
  return version.size() == k_hash && std::ranges::all_of(version, [](char c) { return digit(c) >= 0; });
}

std::string from_hex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(digit(digits[i]) << 4 | digit(digits[i + 1]));
  return out;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string out;
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += k_digits[byte >> 4], out += k_digits[byte & 15];
  }
  return out;
}

} // namespace

std::optional<std::string_view> shared_id(std::string_view key) {
  if (!key.starts_with(k_shared_prefix)) return std::nullopt;
  return key.substr(k_shared_prefix.size());
}

bool is_of_shared_table(const RawRecord& r) {
  return r.defect.empty() && r.key.starts_with(k_shared_prefix) && shares_frame(r);
}

Result<void> insert_shared_raw(Connection& c, std::int64_t account, const RawRecord& r, BatchPlace place) {
  auto s = TRY(
      c.statement("INSERT OR REPLACE INTO raw_shared(account, id, version, format, received, hint, place) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?)"));
  auto id = shared_id(r.key).value_or(std::string_view());
  auto packed = encode_shared_place(place);
  std::string hash;
  s.bind(account, id);
  if (is_hash(r.version))
    s.bind_one(3, Blob{hash = from_hex(r.version)});
  else
    s.bind_one(3, r.version);
  s.bind_one(4, r.format == k_usual_format ? std::nullopt : std::optional(r.format));
  s.bind_one(5, micros(r.received));
  s.bind_one(6, r.hint == id ? std::nullopt : std::optional(r.hint));
  s.bind_one(7, Blob{packed});
  return s.run();
}

Result<void> remove_shared_raw(Connection& c, std::int64_t account, std::string_view id) {
  auto s = TRY(c.statement("DELETE FROM raw_shared WHERE account=? AND id=?"));
  return s.bind(account, id).run();
}

RawRecord shared_record(const Statement& s, std::string_view account) {
  std::string id(s.text(0));
  return {.account = std::string(account),
          .key = std::string(k_shared_prefix) + id,
          .version = s.is_blob(1) ? to_hex(s.text(1)) : std::string(s.text(1)),
          .format = std::string(s.is_null(2) ? k_usual_format : s.text(2)),
          .received = instant_of_micros(s.integer(3)),
          .hint = s.is_null(4) ? id : std::string(s.text(4))};
}

// Without the mark that tells it from a frame.
std::string encode_shared_place(const BatchPlace& place) { return encode_place(place).substr(1); }

std::optional<BatchPlace> shared_place(const Statement& s) {
  return decode_place(std::string(1, k_place_mark).append(s.text(5)));
}

} // namespace helpdesk::store::sqlite
