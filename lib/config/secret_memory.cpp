#include "config/secrets.hpp"

#include <mutex>

#include <string.h>
#include <sys/prctl.h>

namespace helpdesk::config {
namespace {

// How many secrets are in memory; the first one switches dumps off, the last one on again.
class Holders {
 public:
  void enter() {
    std::lock_guard guard(mutex_);
    if (count_++ > 0) return;
    was_dumpable_ = ::prctl(PR_GET_DUMPABLE) == 1;
    ::prctl(PR_SET_DUMPABLE, 0);
  }
  void leave() {
    std::lock_guard guard(mutex_);
    if (--count_ == 0 && was_dumpable_) ::prctl(PR_SET_DUMPABLE, 1);
  }

 private:
  std::mutex mutex_;
  int count_ = 0;
  bool was_dumpable_ = true;
};

Holders& holders() {
  static Holders instance;
  return instance;
}

} // namespace

void wipe(std::string& text) {
  text.resize(text.capacity()); // what an earlier, longer value left behind goes too
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

// Short strings live inside the object: a move leaves a copy behind, so every move wipes its source.
Secret::Secret(std::string&& text) : text_(text) {
  wipe(text);
  holders().enter();
}

Secret::Secret(Secret&& other) noexcept : text_(other.text_) {
  wipe(other.text_);
  holders().enter();
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(text_);
    text_ = other.text_;
    wipe(other.text_);
  }
  return *this;
}

Secret::~Secret() {
  wipe(text_);
  holders().leave();
}

} // namespace helpdesk::config
