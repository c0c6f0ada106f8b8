#include "backend/imap/settings.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace helpdesk::backend::imap {
namespace {

constexpr std::array<SettingKey, 16> k_keys{{
    {"host", "text", "", "the IMAP server, imap.example.org", true},
    {"port", "integer", "", "its port; default 993, with starttls and none 143"},
    {"tls", "choice:implicit|starttls|none", "implicit",
     "how the connection is protected; none only to this machine"},
    {"insecure", "flag", "false", "allow tls = \"none\" to other machines: passwords go in clear"},
    {"ca_file", "path", "", "PEM file of the certificate authority to trust instead of the system's"},
    {"user", "text", "", "the login name, often the mail address", true},
    {"auth", "choice:auto|plain|login|xoauth2|oauthbearer", "auto",
     "how to log in: with a password, or with an OAuth token (xoauth2, oauthbearer)"},
    {"folders", "list", "",
     "folders to pull beside INBOX and those for sent, archived, junk and deleted mail; \"*\" for all"},
    {"sent_folder", "text", "", "the folder of sent mail, where the server does not tell"},
    {"archive_folder", "text", "", "the folder of archived mail, where the server does not tell"},
    {"junk_folder", "text", "", "the folder of junk mail, where the server does not tell"},
    {"trash_folder", "text", "", "the folder of deleted mail, where the server does not tell"},
    {"drafts_folder", "text", "", "the folder of drafts, where the server does not tell"},
    {"max_bytes_per_day", "size", "",
     "stop a pull after this many bytes in a day (UTC) and go on the next; default 2000MB for Gmail, else 0: "
     "no limit"},
    {"connect_timeout", "duration", "30s", "for name lookup, connection, TLS and login together"},
    {"timeout", "duration", "60s", "how long the server may be silent"},
}};

Result<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
    return usage_error(fmt::format("port \"{}\" is not a number from 1 to 65535", text));
  return port;
}

Result<int> parse_milliseconds(std::string_view key, std::string_view text) {
  auto duration = parse_duration(text);
  if (!duration) return in_context(key, std::move(duration).error());
  const auto ms = duration->count() / 1000;
  if (ms < 1 || ms > 3'600'000)
    return usage_error(fmt::format("{}: must be more than 0 s and at most 1 h", key));
  return static_cast<int>(ms);
}

} // namespace

std::span<const SettingKey> setting_keys() { return k_keys; }

Result<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  std::string unit = ascii_lower(trim(text.substr(static_cast<std::size_t>(end - text.data()))));
  if (unit.ends_with('b')) unit.pop_back();
  const int shift = unit.empty() ? 0 : unit == "k" ? 10 : unit == "m" ? 20 : unit == "g" ? 30 : -1;
  if (error != std::errc() || shift < 0 || n > (UINT64_MAX >> shift))
    return usage_error(fmt::format("\"{}\" is not a size: write 500MB, 2GB or a number of bytes", text));
  return n << shift;
}

Result<ImapSettings> read_settings(const Settings& s) {
  ImapSettings out;
  out.account = s.account;
  out.endpoint.host = s.get("host");
  out.user = s.get("user");
  if (out.endpoint.host.empty()) return usage_error(fmt::format("account {}: host is missing", s.account));
  if (out.user.empty()) return usage_error(fmt::format("account {}: user is missing", s.account));
  if (const std::string port = s.get("port"); !port.empty()) out.endpoint.port = TRY(parse_port(port));
  const std::string tls = s.get("tls", "implicit"), auth = s.get("auth", "auto");
  if (tls == "implicit")
    out.endpoint.security = net::Security::implicit;
  else if (tls == "starttls")
    out.endpoint.security = net::Security::starttls;
  else if (tls == "none")
    out.endpoint.security = net::Security::none;
  else
    return usage_error(
        fmt::format("account {}: tls = \"{}\" is none of implicit, starttls, none", s.account, tls));
  if (auth == "auto")
    out.mechanism = net::Mechanism::automatic;
  else if (auth == "plain")
    out.mechanism = net::Mechanism::plain;
  else if (auth == "login")
    out.mechanism = net::Mechanism::login;
  else if (auth == "xoauth2")
    out.mechanism = net::Mechanism::xoauth2;
  else if (auth == "oauthbearer")
    out.mechanism = net::Mechanism::oauthbearer;
  else
    return usage_error(fmt::format(
        "account {}: auth = \"{}\" is none of auto, plain, login, xoauth2, oauthbearer", s.account, auth));
  out.endpoint.insecure = s.flag("insecure", false);
  out.endpoint.ca_file = s.get("ca_file");
  out.more_folders = s.list("folders");
  out.sent = s.get("sent_folder");
  out.archive = s.get("archive_folder");
  out.junk = s.get("junk_folder");
  out.trash = s.get("trash_folder");
  out.drafts = s.get("drafts_folder");
  if (const std::string limit = s.get("max_bytes_per_day"); !limit.empty()) {
    out.max_bytes_per_day = TRY(parse_size(limit));
    out.limit_is_set = true;
  }
  out.endpoint.timeouts.connect_ms =
      TRY(parse_milliseconds("connect_timeout", s.get("connect_timeout", "30s")));
  out.endpoint.timeouts.idle_ms = TRY(parse_milliseconds("timeout", s.get("timeout", "60s")));
  return out;
}

} // namespace helpdesk::backend::imap
