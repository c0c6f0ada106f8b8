#include "base/nameless_file.hpp"

#include "base/process.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace helpdesk {

Result<FileDescriptor> nameless_file() {
  std::string pattern = environment("TMPDIR").value_or("/tmp") + "/helpdesk-XXXXXX";
  FileDescriptor file(::mkostemp(pattern.data(), O_CLOEXEC));
  if (!file.valid()) return failed(pattern + ": " + std::strerror(errno));
  ::unlink(pattern.c_str());
  return file;
}

} // namespace helpdesk
