#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_most = 50, k_look = 300;

// How keys of known services begin, and how many characters follow at least.
struct Prefix {
  std::string_view text;
  std::size_t more;
};
constexpr Prefix k_prefixes[] = {{"AKIA", 16},     {"ASIA", 16},     {"ghp_", 20},     {"gho_", 20},
                                 {"ghu_", 20},     {"ghs_", 20},     {"ghr_", 20},     {"github_pat_", 20},
                                 {"glpat-", 16},   {"sk_live_", 10}, {"sk_test_", 10}, {"rk_live_", 10},
                                 {"pk_live_", 10}, {"whsec_", 16},   {"xoxb-", 10},    {"xoxp-", 10},
                                 {"xoxa-", 10},    {"xoxr-", 10},    {"xoxs-", 10},    {"AIza", 30},
                                 {"ya29.", 20},    {"SG.", 30},      {"npm_", 30},     {"pypi-", 30},
                                 {"hf_", 30},      {"dop_v1_", 40},  {"shpat_", 20},   {"sq0csp-", 20},
                                 {"EAAC", 40},     {"key-", 30},     {"glsa_", 20},    {"dckr_pat_", 16}};

// clang-format off
constexpr std::string_view k_words =
    "password|passwort|kennwort|passord|passordet|пароль|pasvorto|mot de passe|contraseña|passwd|pwd|pin code|api key|apikey|api token|"
    "secret key|access token|secret|token|passphrase|zugangscode|tilgangskode|код доступа|clave|clave de acceso|alirkodo|code secret|ключ api|api schlüssel|api nøkkel|api ŝlosilo|clé api";
constexpr std::string_view k_is = "is|er|ist|lautet|это|estas|est|es";
// What stands behind "password:" without being one.
constexpr std::string_view k_no_value[] = {
    "see", "below", "here", "reset", "the", "your", "a", "an", "none", "n/a", "hidden", "required", "forgotten", "please", "click", "use", "same", "must",
    "se", "her", "din", "ditt", "siehe", "hier", "ihr", "ihre", "voir", "ici", "votre", "ver", "aquí", "su", "смотрите", "здесь", "ваш", "vidu", "via", "ĉi"};
// clang-format on

bool is_token_byte(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-' ||
         c == '+' || c == '/' || c == '=' || c == '.';
}

double entropy(std::string_view token) { // bits a character
  std::array<int, 256> times{};
  for (char c : token) ++times[static_cast<unsigned char>(c)];
  double bits = 0, n = static_cast<double>(token.size());
  for (int t : times)
    if (t > 0) bits -= t / n * std::log2(t / n);
  return bits;
}

bool is_hex(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  });
}

bool is_random(std::string_view token, std::string_view line) {
  if (token.size() < 20 || token.find("..") != token.npos) return false;
  bool low = false, high = false, digit = false;
  for (char c : token) {
    low = low || (c >= 'a' && c <= 'z');
    high = high || (c >= 'A' && c <= 'Z');
    digit = digit || (c >= '0' && c <= '9');
  }
  if (is_hex(token)) {
    bool sum = contains_ignoring_case(line, "sha") || contains_ignoring_case(line, "md5") ||
               contains_ignoring_case(line, "checksum") || contains_ignoring_case(line, "commit");
    return token.size() >= 32 && low != high && digit && !sum && entropy(token) > 3.0;
  }
  if (std::count(token.begin(), token.end(), '-') > 2 || std::count(token.begin(), token.end(), '/') > 2 ||
      std::count(token.begin(), token.end(), '.') > 1)
    return false; // a path, a list of words
  return low && high && digit && entropy(token) > 3.6;
}

class Scan {
 public:
  explicit Scan(Check& check) : check_(check), text_(check.reading.text) {}

  void run() {
    private_keys();
    tokens();
    named_values();
    logins_in_links();
  }

 private:
  void add(std::size_t begin, std::size_t end, std::string_view what) {
    if (begin < behind_ && end > 0 && covered(begin)) return;
    taken_.emplace_back(begin, end);
    behind_ = std::max(behind_, end);
    check_.add(begin, end, fmt::format("{} stands in the reply", what),
               "take it out; change it if it has gone anywhere before");
  }
  bool covered(std::size_t at) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [at](const auto& t) { return t.first <= at && at < t.second; });
  }
  void private_keys() {
    for (std::size_t at = text_.find("-----BEGIN "); at != text_.npos;
         at = text_.find("-----BEGIN ", at + 11)) {
      std::string_view head = text_.substr(at, 60);
      if (head.find("PRIVATE KEY") == head.npos && head.find("PGP") == head.npos) continue;
      std::size_t end = text_.find("-----END ", at);
      add(at, end == text_.npos ? std::min(at + 60, text_.size()) : std::min(end + 40, text_.size()),
          "a private key");
    }
  }
  bool in_link(std::size_t at) const {
    const auto& masks = check_.reading.masks;
    auto mask = std::partition_point(masks.begin(), masks.end(), [at](const Mask& m) { return m.end <= at; });
    return mask != masks.end() && mask->begin <= at && mask->kind != MaskKind::code;
  }
  void tokens() {
    std::size_t line = 0;
    for (std::size_t i = 0; i < text_.size() && taken_.size() < k_most;) {
      if (!is_token_byte(text_[i])) {
        if (text_[i] == '\n') line = i + 1;
        ++i;
        continue;
      }
      std::size_t begin = i;
      while (i < text_.size() && is_token_byte(text_[i])) ++i;
      std::size_t end = i;
      while (end > begin && (text_[end - 1] == '.' || text_[end - 1] == '-' || text_[end - 1] == '/')) --end;
      std::string_view token = text_.substr(begin, end - begin);
      if (token.size() < 8 || covered(begin)) continue;
      bool known = false;
      for (const Prefix& prefix : k_prefixes)
        known = known || (token.starts_with(prefix.text) && token.size() >= prefix.text.size() + prefix.more);
      bool jwt = token.starts_with("eyJ") && token.size() > 20 && token.find('.') != token.npos;
      if (known || jwt) {
        add(begin, end, "a key");
        continue;
      }
      if (!in_link(begin) && is_random(token, text_.substr(line, 200)))
        add(begin, end, "what looks like a key");
    }
  }
  // "password: hunter2", "your PIN code is 4711"
  void named_values() {
    const Reading& reading = check_.reading;
    for (const Match& match : reading.find(k_words)) {
      std::size_t at = reading.words[match.last - 1].end;
      bool mark = false, is = false;
      std::string_view rest = text_.substr(at);
      std::size_t skip = rest.find_first_not_of(" \t*_\"`");
      if (skip == rest.npos) continue;
      if (rest[skip] == ':' || rest[skip] == '=') {
        mark = true;
        at += skip + 1;
      } else if (match.last < reading.words.size() && listed(reading.words[match.last].folded)) {
        is = true;
        at = reading.words[match.last].end;
        if (text_.substr(at).starts_with(":")) {
          mark = true;
          ++at;
        }
      }
      if (!mark && !is) continue;
      std::string_view ahead = text_.substr(at, k_look);
      std::size_t line_end = at + std::min(ahead.find('\n'), ahead.size());
      while (at < line_end && std::string_view(" \t*_\"'`").find(text_[at]) != std::string_view::npos) ++at;
      std::size_t end = at;
      while (end < line_end && static_cast<unsigned char>(text_[end]) > ' ') ++end;
      while (end > at && std::string_view(".,;\"'`*)").find(text_[end - 1]) != std::string_view::npos) --end;
      std::string_view value = text_.substr(at, end - at);
      if (value.size() < 4 || value.find("://") != value.npos || value.starts_with("•") ||
          value.starts_with("**"))
        continue;
      std::string plain = folded(value);
      if (std::find(std::begin(k_no_value), std::end(k_no_value), plain) != std::end(k_no_value)) continue;
      bool digit = value.find_first_of("0123456789") != value.npos;
      bool odd = value.find_first_of("!#$%&@?^_~") != value.npos;
      std::size_t words_behind = 0;
      for (char c : text_.substr(end, line_end - end)) words_behind += c == ' ';
      // "password is required" speaks of one; "password: letmein" alone in its line is one.
      if (digit || odd || (mark && words_behind == 0)) add(at, end, "a password or a key");
    }
  }
  static bool listed(std::string_view word) {
    for (std::string_view one : split(k_is, '|'))
      if (one == word) return true;
    return false;
  }
  void logins_in_links() {
    for (const Mask& mask : check_.reading.masks) {
      if (mask.kind != MaskKind::link) continue;
      std::string_view link = text_.substr(mask.begin, mask.end - mask.begin);
      std::size_t scheme = link.find("://");
      if (scheme == link.npos) continue;
      std::string_view host = link.substr(scheme + 3);
      host = host.substr(0, host.find('/'));
      std::size_t sign = host.find('@'), colon = host.find(':');
      if (sign != host.npos && colon < sign) add(mask.begin, mask.end, "a login inside a link");
    }
  }

  Check& check_;
  std::string_view text_;
  std::vector<std::pair<std::size_t, std::size_t>> taken_;
  std::size_t behind_ = 0;
};

void run(Check& check) { Scan(check).run(); }

} // namespace

constinit const Rule k_hd018{{"HD018", "secret", Severity::error, "no passwords, no keys",
                              "Whoever reads along, today or in ten years, can use them.",
                              "password: hunter2Secret!", "reset your password here", "", false},
                             {},
                             &run};

} // namespace helpdesk::lint
