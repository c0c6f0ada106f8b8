#include "cli/jq.hpp"

#include "base/process.hpp"
#include "base/text.hpp"

#include <limits>
#include <type_traits>

#include <dlfcn.h>
#include <jq.h>
#include <jv.h>

namespace helpdesk::cli {
namespace {

// The functions of the library under their own types; the headers are the contract, the file is found at run
// time.
struct Library {
  decltype(&::jq_init) init = nullptr;
  decltype(&::jq_teardown) teardown = nullptr;
  decltype(&::jq_compile) compile = nullptr;
  decltype(&::jq_set_error_cb) set_error_cb = nullptr;
  decltype(&::jq_start) start = nullptr;
  decltype(&::jq_next) next = nullptr;
  decltype(&::jv_parse_sized) parse_sized = nullptr;
  decltype(&::jv_get_kind) get_kind = nullptr;
  decltype(&::jv_dump_string) dump_string = nullptr;
  decltype(&::jv_string_value) string_value = nullptr;
  decltype(&::jv_string_length_bytes) string_length_bytes = nullptr;
  decltype(&::jv_copy) copy = nullptr;
  decltype(&::jv_free) free = nullptr;
  decltype(&::jv_invalid_has_msg) invalid_has_msg = nullptr;
  decltype(&::jv_invalid_get_msg) invalid_get_msg = nullptr;
};

Result<Library> load() {
  void* handle = ::dlopen("libjq.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return usage_error("--jq needs the library libjq.so.1, which cannot be loaded: install libjq1");
  Library jq;
  bool complete = true;
  auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
    complete = complete && function;
  };
  find(jq.init, "jq_init");
  find(jq.teardown, "jq_teardown");
  find(jq.compile, "jq_compile");
  find(jq.set_error_cb, "jq_set_error_cb");
  find(jq.start, "jq_start");
  find(jq.next, "jq_next");
  find(jq.parse_sized, "jv_parse_sized");
  find(jq.get_kind, "jv_get_kind");
  find(jq.dump_string, "jv_dump_string");
  find(jq.string_value, "jv_string_value");
  find(jq.string_length_bytes, "jv_string_length_bytes");
  find(jq.copy, "jv_copy");
  find(jq.free, "jv_free");
  find(jq.invalid_has_msg, "jv_invalid_has_msg");
  find(jq.invalid_get_msg, "jv_invalid_get_msg");
  if (!complete) return usage_error("--jq: libjq.so.1 lacks a function that is needed");
  return jq;
}

std::string string_of(const Library& jq, jv value) {
  int length = jq.string_length_bytes(jq.copy(value));
  std::string text(jq.string_value(value), static_cast<std::size_t>(length));
  jq.free(value);
  return text;
}

std::string printed(const Library& jq, jv value) {
  if (jq.get_kind(value) == JV_KIND_STRING) return string_of(jq, value);
  return string_of(jq, jq.dump_string(value, 0));
}

// Keeps the first message of the compiler: the later ones only count.
struct Messages {
  const Library* jq;
  std::string first;
  static void take(void* self, jv message) {
    auto* messages = static_cast<Messages*>(self);
    std::string text = printed(*messages->jq, message);
    if (messages->first.empty()) messages->first = std::string(trim(text.substr(0, text.find('\n'))));
  }
};

// "jq: error: syntax error, unexpected …" without the library's own prefix.
std::string reason(std::string text) {
  for (std::string_view prefix : {"jq: error: ", "jq: error (at ", "error: "})
    if (text.starts_with(prefix)) text.erase(0, prefix.size());
  while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.pop_back();
  return text;
}

} // namespace

Result<std::string> run_jq(std::string_view json, std::string_view expression) {
  if (json.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return failed("--jq: more than 2 GB of output: narrow it down with --json or --limit");
  Library jq = TRY(load());
  jq_state* state = jq.init();
  if (!state) return failed("--jq: out of memory");
  Messages messages{&jq, {}};
  jq.set_error_cb(state, &Messages::take, &messages);
  auto finish = [&](Result<std::string> result) {
    jq.teardown(&state);
    return result;
  };
  if (!jq.compile(state, std::string(expression).c_str()))
    return finish(usage_error("--jq: \"" + std::string(expression) + "\": " + reason(messages.first)));
  jv input = jq.parse_sized(json.data(), static_cast<int>(json.size()));
  if (jq.get_kind(input) == JV_KIND_INVALID) {
    jq.free(input);
    return finish(failed("--jq: the output is no JSON"));
  }
  jq.start(state, input, 0);
  std::string out;
  for (;;) {
    jv value = jq.next(state);
    if (jq.get_kind(value) == JV_KIND_INVALID) {
      if (!jq.invalid_has_msg(jq.copy(value))) {
        jq.free(value);
        return finish(std::move(out));
      }
      return finish(failed("--jq: " + printed(jq, jq.invalid_get_msg(value))));
    }
    out += printed(jq, value);
    out += '\n';
    if (interrupted()) return finish(fail(ErrorKind::interrupted, "interrupted"));
  }
}

} // namespace helpdesk::cli
