// libfault.so, for LD_PRELOAD: fails or kills a program at the n-th call.
//   HELPDESK_FAULT=kill:N            SIGKILL before the N-th of write, pwrite, fsync, fdatasync, rename,
//   connect, send … HELPDESK_FAULT=write:N:ENOSPC    the N-th writing call fails; fsync, rename, connect and
//   open alike HELPDESK_FAULT=malloc:N          the N-th allocation fails HELPDESK_FAULT=…+ that call and
//   every later one HELPDESK_FAULT_COUNT=FILE        at the end the number of calls of that kind is written
//   there
// Only the program itself is concerned: the variable is taken away before it can start others.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

extern "C" void* __libc_malloc(size_t);
extern "C" void* __libc_calloc(size_t, size_t);
extern "C" void* __libc_realloc(void*, size_t);

namespace {

enum class Kind { none, kill, write, fsync, rename, connect, open, malloc };
Kind g_kind = Kind::none;
long g_at = 0;
bool g_persistent = false;
int g_error = EIO;
std::atomic<long> g_calls{0};
char g_count_file[512];

struct Name {
  const char* text;
  int value;
};
constexpr Name k_errors[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"ETIMEDOUT", ETIMEDOUT},      {"EINTR", EINTR},
    {"EMFILE", EMFILE}, {"EACCES", EACCES}, {"ECONNREFUSED", ECONNREFUSED}};
constexpr Name k_kinds[] = {{"kill", int(Kind::kill)},       {"write", int(Kind::write)},
                            {"fsync", int(Kind::fsync)},     {"rename", int(Kind::rename)},
                            {"connect", int(Kind::connect)}, {"open", int(Kind::open)},
                            {"malloc", int(Kind::malloc)}};

template <std::size_t N>
int find(const Name (&names)[N], const char* text, std::size_t length, int fallback) {
  for (const Name& name : names)
    if (std::strlen(name.text) == length && std::strncmp(name.text, text, length) == 0) return name.value;
  return fallback;
}

__attribute__((constructor)) void read_orders() {
  if (const char* file = std::getenv("HELPDESK_FAULT_COUNT"))
    std::snprintf(g_count_file, sizeof g_count_file, "%s", file);
  if (const char* order = std::getenv("HELPDESK_FAULT")) {
    const char* colon = std::strchr(order, ':');
    if (colon == nullptr) return;
    char* end = nullptr;
    g_at = std::strtol(colon + 1, &end, 10);
    if (*end == ':') {
      const char* name = end + 1;
      end += 1 + std::strcspn(name, "+");
      g_error = find(k_errors, name, static_cast<std::size_t>(end - name), EIO);
    }
    g_persistent = *end == '+';
    g_kind =
        static_cast<Kind>(find(k_kinds, order, static_cast<std::size_t>(colon - order), int(Kind::none)));
  }
  unsetenv("HELPDESK_FAULT");
  unsetenv("HELPDESK_FAULT_COUNT");
  unsetenv("LD_PRELOAD");
}

// The last word: written by system calls of its own.
__attribute__((destructor)) void tell_count() {
  if (g_count_file[0] == '\0') return;
  char text[32];
  int length = std::snprintf(text, sizeof text, "%ld\n", g_calls.load());
  auto fd = static_cast<int>(syscall(SYS_openat, AT_FDCWD, g_count_file, O_WRONLY | O_CREAT | O_TRUNC, 0600));
  (void)syscall(SYS_write, fd, text, length);
  (void)syscall(SYS_close, fd);
}

// glibc 2.36 itself crashes when memory runs out while it reads nsswitch.conf: that is not ours to test.
thread_local bool g_in_name_service = false;

bool fails(Kind kind) {
  if (g_in_name_service && kind == Kind::malloc) return false;
  if (g_kind == Kind::kill && kind != Kind::malloc && kind != Kind::open) {
    if (++g_calls == g_at) (void)syscall(SYS_kill, getpid(), SIGKILL);
    return false;
  }
  if (g_kind != kind) return false;
  long n = ++g_calls;
  if (n != g_at && !(g_persistent && n > g_at && g_at > 0)) return false;
  errno = kind == Kind::malloc ? ENOMEM : g_error;
  return true;
}

template <class F> F next(const char* name) { return reinterpret_cast<F>(dlsym(RTLD_NEXT, name)); }

// Standard output and error stay usable: what is tested is what the program says about the fault.
bool is_plain(int fd) { return fd == STDERR_FILENO; }

} // namespace

#define WRAP(kind, fd_is_plain, type, name, parameters, arguments)                                           \
  extern "C" type name parameters {                                                                          \
    static auto real = next<type(*) parameters>(#name);                                                      \
    if (!(fd_is_plain) && fails(kind)) return -1;                                                            \
    return real arguments;                                                                                   \
  }

WRAP(Kind::write, is_plain(fd), ssize_t, write, (int fd, const void* data, size_t n), (fd, data, n))
WRAP(Kind::write, is_plain(fd), ssize_t, writev, (int fd, const iovec* parts, int n), (fd, parts, n))
WRAP(Kind::write, false, ssize_t, pwrite, (int fd, const void* data, size_t n, off_t at), (fd, data, n, at))
WRAP(Kind::write, false, ssize_t, pwrite64, (int fd, const void* data, size_t n, off64_t at),
     (fd, data, n, at))
WRAP(Kind::write, false, int, ftruncate, (int fd, off_t size), (fd, size))
WRAP(Kind::write, false, int, ftruncate64, (int fd, off64_t size), (fd, size))
WRAP(Kind::write, false, ssize_t, send, (int fd, const void* data, size_t n, int flags), (fd, data, n, flags))
WRAP(Kind::write, false, ssize_t, sendmsg, (int fd, const msghdr* message, int flags), (fd, message, flags))
WRAP(Kind::fsync, false, int, fsync, (int fd), (fd))
WRAP(Kind::fsync, false, int, fdatasync, (int fd), (fd))
WRAP(Kind::rename, false, int, rename, (const char* from, const char* to), (from, to))
WRAP(Kind::rename, false, int, renameat, (int a, const char* from, int b, const char* to), (a, from, b, to))
WRAP(Kind::rename, false, int, unlink, (const char* path), (path))
WRAP(Kind::connect, false, int, connect, (int fd, const sockaddr* address, socklen_t n), (fd, address, n))

namespace {
mode_t mode_of(int flags, va_list list) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? static_cast<mode_t>(va_arg(list, unsigned)) : 0;
}
} // namespace

#define WRAP_OPEN(name)                                                                                      \
  extern "C" int name(const char* path, int flags, ...) {                                                    \
    static auto real = next<int (*)(const char*, int, ...)>(#name);                                          \
    va_list list;                                                                                            \
    va_start(list, flags);                                                                                   \
    mode_t mode = mode_of(flags, list);                                                                      \
    va_end(list);                                                                                            \
    if (fails(Kind::open)) return -1;                                                                        \
    return real(path, flags, mode);                                                                          \
  }
WRAP_OPEN(open)
WRAP_OPEN(open64)

extern "C" passwd* getpwuid(uid_t uid) {
  static auto real = next<passwd* (*)(uid_t)>("getpwuid");
  g_in_name_service = true;
  passwd* found = real(uid);
  g_in_name_service = false;
  return found;
}

extern "C" void* malloc(size_t n) { return fails(Kind::malloc) ? nullptr : __libc_malloc(n); }
extern "C" void* calloc(size_t n, size_t size) {
  return fails(Kind::malloc) ? nullptr : __libc_calloc(n, size);
}
extern "C" void* realloc(void* p, size_t n) { return fails(Kind::malloc) ? nullptr : __libc_realloc(p, n); }
