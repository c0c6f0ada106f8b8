#include "language/cld2.hpp"

#include <algorithm>
#include <limits>

#include <dlfcn.h>

namespace helpdesk::language {
namespace {

// Language is an enum in cld2; its values are only handed back to it.
using Language = int;
struct Hints { // CLDHints
  const char* content_language = nullptr;
  const char* top_level_domain = "";
  int encoding = 23;      // unknown
  Language language = 26; // unknown
};
using DetectFunction = Language (*)(const char* buffer, int length, bool is_plain_text, const Hints* hints,
                                    int flags, Language* language3, int* percent3, double* score3,
                                    void* chunks, int* text_bytes, bool* is_reliable);
using CodeFunction = const char* (*)(Language);

constexpr Language k_unknown = 26;
constexpr int k_finish = 1; // the first answer: otherwise a text that it is not sure of is gone through again

struct Library {
  DetectFunction detect = nullptr;
  CodeFunction code = nullptr;
  std::string problem;

  Library() {
    // The full tables know Esperanto and forty more languages. They must be global and come first, so that
    // the detector binds to them instead of the smaller ones of its own.
    if (!dlopen("libcld2_full.so.0", RTLD_LAZY | RTLD_GLOBAL)) problem = reason();
    void* handle = dlopen("libcld2.so.0", RTLD_LAZY | RTLD_LOCAL);
    if (!handle) {
      problem = reason();
      return;
    }
    detect = reinterpret_cast<DetectFunction>(dlsym(
        handle, "_ZN4CLD224ExtDetectLanguageSummaryEPKcibPKNS_8CLDHintsEiPNS_8LanguageEPiPdPSt6vectorINS_"
                "11ResultChunkESaISA_EES7_Pb"));
    code = reinterpret_cast<CodeFunction>(dlsym(handle, "_ZN4CLD212LanguageCodeENS_8LanguageE"));
    if (detect && code) return;
    detect = nullptr;
    problem = reason();
  }

  static std::string reason() {
    const char* error = dlerror();
    return std::string("language detection: ") + (error ? error : "cld2 could not be loaded") +
           " (install libcld2-0)";
  }
};

const Library& library() {
  static const Library loaded;
  return loaded;
}

} // namespace

Guess cld2_detect(std::string_view text) {
  const Library& lib = library();
  if (!lib.detect) return {};
  Language language3[3] = {k_unknown, k_unknown, k_unknown};
  int percent3[3] = {}, text_bytes = 0;
  double score3[3] = {};
  bool reliable = false;
  const auto length =
      static_cast<int>(std::min<std::size_t>(text.size(), std::numeric_limits<int>::max() / 2));
  const Hints none;
  lib.detect(text.data(), length, true, &none, k_finish, language3, percent3, score3, nullptr, &text_bytes,
             &reliable);
  if (language3[0] == k_unknown) return {};
  return {lib.code(language3[0]), percent3[0], reliable};
}

std::string cld2_problem() { return library().problem; }

} // namespace helpdesk::language
