// An IMAP account's settings, read once from text.
#pragma once

#include "backend/backend.hpp"
#include "net/stream.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace helpdesk::backend::imap {

// Google closes IMAP for a day after 2500 MB; other traffic of the mailbox counts too.
constexpr std::uint64_t k_gmail_bytes_per_day = 2000ULL << 20;

// A message above this is taken apart: its parts above this stay on the server until they are opened.
constexpr std::uint64_t k_big_bytes = 10ULL << 20;

struct ImapSettings {
  std::string account;
  net::Endpoint endpoint;
  std::string user;
  net::Mechanism mechanism = net::Mechanism::automatic;
  std::vector<std::string> more_folders;          // beside those with a role; "*" for all
  std::string sent, archive, junk, trash, drafts; // names that override the roles the server tells
  std::uint64_t max_bytes_per_day = 0;            // 0: no limit
  bool limit_is_set = false;                      // by the user, be it to none
  bool uses_token() const {
    return mechanism == net::Mechanism::xoauth2 || mechanism == net::Mechanism::oauthbearer;
  }
};

std::span<const SettingKey> setting_keys();
Result<ImapSettings> read_settings(const Settings& settings);
// "500MB", "2G", "1000000": powers of 1024 for K, M, G.
Result<std::uint64_t> parse_size(std::string_view text);

} // namespace helpdesk::backend::imap
