#include "terminal/editor.hpp"

#include "base/file.hpp"
#include "base/process.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace helpdesk::terminal {
namespace {

// A directory of our own, so that what the editor puts beside the file (swap, backup) is private and goes
// with it.
class PrivateDirectory {
 public:
  static Result<PrivateDirectory> create() {
    std::string base = environment("XDG_RUNTIME_DIR").value_or(environment("TMPDIR").value_or("/tmp"));
    std::string path = join_path(base, "helpdesk-edit-XXXXXX");
    if (!::mkdtemp(path.data()))
      return failed("cannot make a temporary directory in " + base + ": " + std::strerror(errno));
    return PrivateDirectory(std::move(path));
  }
  PrivateDirectory(PrivateDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateDirectory& operator=(PrivateDirectory&&) = delete;
  ~PrivateDirectory() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  explicit PrivateDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

} // namespace

Result<std::optional<std::string>> run_editor(std::string_view initial, std::string_view file_name) {
  std::string command = environment("VISUAL").value_or(environment("EDITOR").value_or("vi"));
  std::vector<std::string> argv = TRY(split_command(command));
  if (argv.empty()) return usage_error("EDITOR holds no program to run");
  PrivateDirectory directory = TRY(PrivateDirectory::create());
  std::string path = join_path(directory.path(), safe_file_name(file_name));
  TRY(write_file_atomically(path, initial));
  std::string program = argv.front();
  argv.push_back(path);
  ProcessOptions options;
  options.inherit_terminal = true;
  ProcessResult ended = TRY(run_process(argv, options));
  if (ended.exit_code != 0)
    return failed("editor " + program + " ended with code " + std::to_string(ended.exit_code) +
                  ": nothing was changed");
  std::string edited = TRY(read_file(path));
  if (edited == initial) return std::optional<std::string>();
  return std::optional<std::string>(std::move(edited));
}

} // namespace helpdesk::terminal
