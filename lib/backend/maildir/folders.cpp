#include "backend/maildir/folders.hpp"

#include "backend/imap/folders.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "net/imap_utf7.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include <dirent.h>

namespace helpdesk::backend::maildir {

namespace {

constexpr int k_most_levels = 8;
constexpr std::size_t k_most_folders = 5000;

bool is_maildir(const std::string& path) {
  return is_directory(join_path(path, "cur")) && is_directory(join_path(path, "new"));
}

std::string readable(std::string_view name) {
  // Dovecot writes names in IMAP's UTF-7, mbsync and others in UTF-8.
  return is_valid_utf8(name) && name.find('&') == std::string_view::npos ? std::string(name)
                                                                         : net::from_modified_utf7(name);
}

class Finder {
 public:
  explicit Finder(std::string root) : root_(std::move(root)) {}

  std::vector<Folder> find() {
    if (is_maildir(root_)) add("INBOX", root_);
    descend(root_, "", 0);
    return std::move(found_);
  }

 private:
  void add(std::string name, std::string directory) {
    if (found_.size() < k_most_folders) found_.push_back({std::move(name), std::move(directory), ""});
  }

  void descend(const std::string& directory, const std::string& prefix, int level) {
    DIR* dir = opendir(directory.c_str());
    if (!dir) return;
    std::vector<std::string> names;
    while (const dirent* entry = readdir(dir))
      if (entry->d_type == DT_DIR || entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN)
        names.emplace_back(entry->d_name);
    closedir(dir);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (name == "." || name == ".." || name == "cur" || name == "new" || name == "tmp") continue;
      const std::string path = join_path(directory, name);
      std::string shown = name;
      if (shown.starts_with('.')) { // Maildir++: one level of directories, dots between the names
        shown.erase(0, 1);
        std::replace(shown.begin(), shown.end(), '.', '/');
      }
      shown = prefix + readable(shown);
      if (is_maildir(path))
        add(shown, path);
      else if (name.starts_with('.') || !is_directory(path))
        continue;
      if (level < k_most_levels) descend(path, shown + "/", level + 1);
    }
  }

  std::string root_;
  std::vector<Folder> found_;
};

} // namespace

Result<std::vector<Folder>> find_folders(const std::string& path) {
  if (!is_directory(path))
    return failed(path + ": there is no such directory: check \"path\" of the account");
  std::vector<Folder> folders = Finder(path).find();
  if (folders.empty())
    return failed(path + ": is no Maildir: it has no cur and new, nor has a directory in it");
  // "INBOX", else a folder of that name in whatever case.
  std::set<std::string> taken;
  for (Folder& f : folders)
    if (f.name == "INBOX" || (ascii_lower(f.name) == "inbox" && !taken.contains("inbox"))) {
      f.role = "inbox";
      taken.insert("inbox");
    }
  for (Folder& f : folders) {
    if (!f.role.empty()) continue;
    const std::string_view role = imap::role_of_name(f.name);
    // A subfolder "Archive/2025" is of its parent's kind.
    const std::size_t slash = f.name.find('/');
    const std::string_view of_parent =
        slash == std::string::npos ? "" : imap::role_of_name(std::string_view(f.name).substr(0, slash));
    f.role = !role.empty() ? role : !of_parent.empty() ? of_parent : "other";
  }
  std::erase_if(folders, [](const Folder& f) { return f.role == "drafts"; });
  std::sort(folders.begin(), folders.end(), [](const Folder& a, const Folder& b) {
    return std::pair(a.role != "inbox", a.name) < std::pair(b.role != "inbox", b.name);
  });
  return folders;
}

} // namespace helpdesk::backend::maildir
