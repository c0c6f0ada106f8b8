#include "net/curl.hpp"

#include <csignal>
#include <ctime>
#include <new>
#include <utility>

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>

namespace helpdesk::net::curl {
namespace {

// The true types of what is called; taken from the header, so that a wrong one does not compile.
struct Library {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_easy_setopt) easy_setopt = nullptr;
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_send) easy_send = nullptr;
  decltype(&::curl_easy_recv) easy_recv = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  decltype(&::curl_easy_escape) easy_escape = nullptr;
  decltype(&::curl_free) free = nullptr;
  decltype(&::curl_slist_append) slist_append = nullptr;
  decltype(&::curl_slist_free_all) slist_free_all = nullptr;
  std::string problem; // why it cannot be used; empty when it can
};

template <class F> void load(void* library, const char* name, F& function, std::string& problem) {
  function = reinterpret_cast<F>(dlsym(library, name));
  if (!function && problem.empty()) problem = std::string("libcurl.so.4 has no ") + name;
}

Library load_library() {
  Library l;
  // Never closed: TLS libraries register exit handlers.
  void* so = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!so) {
    const char* why = dlerror();
    l.problem = std::string("cannot load libcurl.so.4 (") + (why ? why : "unknown reason") +
                "): mail servers and OAuth need it, install the package libcurl4";
    return l;
  }
  load(so, "curl_global_init", l.global_init, l.problem);
  load(so, "curl_easy_init", l.easy_init, l.problem);
  load(so, "curl_easy_cleanup", l.easy_cleanup, l.problem);
  load(so, "curl_easy_setopt", l.easy_setopt, l.problem);
  load(so, "curl_easy_getinfo", l.easy_getinfo, l.problem);
  load(so, "curl_easy_perform", l.easy_perform, l.problem);
  load(so, "curl_easy_send", l.easy_send, l.problem);
  load(so, "curl_easy_recv", l.easy_recv, l.problem);
  load(so, "curl_easy_strerror", l.easy_strerror, l.problem);
  load(so, "curl_easy_escape", l.easy_escape, l.problem);
  load(so, "curl_free", l.free, l.problem);
  load(so, "curl_slist_append", l.slist_append, l.problem);
  load(so, "curl_slist_free_all", l.slist_free_all, l.problem);
  if (l.problem.empty() && l.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    l.problem = "libcurl could not be initialised";
  return l;
}

const Library& library() {
  static const Library loaded = load_library();
  return loaded;
}

// A TLS write to a closed connection may raise SIGPIPE in this thread: held back, and swallowed if it came.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    if (!was_pending_) {
      const timespec at_once{};
      while (sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

// An older libcurl may not know an option, and does without; one that lacked memory would be forgotten.
template <class Value> void set_option(void* handle, int option, Value value) {
  if (library().easy_setopt(handle, static_cast<CURLoption>(option), value) == CURLE_OUT_OF_MEMORY)
    throw std::bad_alloc();
}

} // namespace

Result<Easy> Easy::create() {
  const Library& l = library();
  if (!l.problem.empty()) return failed(l.problem);
  Easy easy;
  easy.handle_ = l.easy_init();
  if (!easy.handle_) return failed("libcurl: out of memory");
  easy.error_.assign(CURL_ERROR_SIZE, '\0');
  easy.set_pointer(CURLOPT_ERRORBUFFER, easy.error_.data());
  easy.set(CURLOPT_NOSIGNAL, 1L);
  return easy;
}

Easy::Easy(Easy&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), headers_(std::exchange(other.headers_, nullptr)),
      error_(std::move(other.error_)) {}

Easy& Easy::operator=(Easy&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(headers_, other.headers_);
  std::swap(error_, other.error_);
  return *this;
}

Easy::~Easy() {
  if (handle_) {
    const NoPipeSignal guard;
    library().easy_cleanup(handle_);
  }
  if (headers_) library().slist_free_all(static_cast<curl_slist*>(headers_));
}

void Easy::set(int option, long value) { set_option(handle_, option, value); }
void Easy::set(int option, const std::string& value) { set_option(handle_, option, value.c_str()); }
void Easy::set_pointer(int option, void* value) { set_option(handle_, option, value); }
void Easy::set_function(int option, void (*function)()) { set_option(handle_, option, function); }
void Easy::set_headers(const std::vector<std::string>& headers) {
  curl_slist* list = nullptr;
  for (const std::string& header : headers) {
    curl_slist* longer = library().slist_append(list, header.c_str());
    if (!longer) {
      library().slist_free_all(list);
      throw std::bad_alloc();
    }
    list = longer;
  }
  set_pointer(CURLOPT_HTTPHEADER, list);
  if (headers_) library().slist_free_all(static_cast<curl_slist*>(headers_));
  headers_ = list;
}

int Easy::perform() {
  const NoPipeSignal guard;
  error_[0] = '\0';
  return library().easy_perform(handle_);
}

int Easy::send(std::string_view bytes, std::size_t& sent) {
  const NoPipeSignal guard;
  sent = 0;
  return library().easy_send(handle_, bytes.data(), bytes.size(), &sent);
}

int Easy::receive(std::span<char> buffer, std::size_t& received) {
  const NoPipeSignal guard;
  received = 0;
  return library().easy_recv(handle_, buffer.data(), buffer.size(), &received);
}

int Easy::socket() const {
  curl_socket_t fd = CURL_SOCKET_BAD;
  if (library().easy_getinfo(handle_, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK) return -1;
  return fd;
}

long Easy::info_long(int which) const {
  long value = 0;
  library().easy_getinfo(handle_, static_cast<CURLINFO>(which), &value);
  return value;
}

std::string Easy::info_text(int which) const {
  const char* value = nullptr;
  library().easy_getinfo(handle_, static_cast<CURLINFO>(which), &value);
  return value ? value : "";
}

std::string Easy::escape(std::string_view text) const {
  if (text.empty()) return "";
  char* escaped = library().easy_escape(handle_, text.data(), static_cast<int>(text.size()));
  if (!escaped) return "";
  std::string result = escaped;
  library().free(escaped);
  return result;
}

std::string Easy::error_text(int code) const {
  if (!error_.empty() && error_[0] != '\0') return error_.data();
  return library().easy_strerror(static_cast<CURLcode>(code));
}

} // namespace helpdesk::net::curl
