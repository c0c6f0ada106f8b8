// Which folders matter, and what each is for.
#pragma once

#include "backend/imap/settings.hpp"
#include "net/imap_client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::backend::imap {

struct Folder {
  net::ImapFolder on_server;
  std::string role; // "inbox", "sent", "archive", "junk", "trash", "drafts", "all", "other"
  const std::string& name() const { return on_server.name; }
  // Junk and Trash: only looked at for where known messages went.
  bool only_placements() const { return role == "junk" || role == "trash"; }
};

// The role of every folder that can be opened: by the settings, else SPECIAL-USE, else by its name in the
// languages mail programs use. At most one folder a role, but for "other".
std::vector<Folder> with_roles(std::vector<net::ImapFolder> listed, const ImapSettings& settings);
// What a pull reads, in the order in which it does so. Gmail keeps every message once in \All, so that INBOX
// and \Sent are left out.
std::vector<Folder> to_pull(const std::vector<Folder>& folders, const ImapSettings& settings, bool is_gmail);
const Folder* find_role(const std::vector<Folder>& folders, std::string_view role);
// "" when the name tells nothing.
std::string_view role_of_name(std::string_view folder_name);

} // namespace helpdesk::backend::imap
