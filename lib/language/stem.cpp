#include "language/stem.hpp"

#include "base/text.hpp"

#include <array>
#include <memory>
#include <new>

#include <dlfcn.h>
#include <libstemmer.h>

namespace helpdesk {
namespace {

struct Snowball {
  std::string_view language;
  const char* algorithm;
};
constexpr std::array<Snowball, 6> k_snowball{{{"en", "english"},
                                              {"nb", "norwegian"},
                                              {"ru", "russian"},
                                              {"de", "german"},
                                              {"fr", "french"},
                                              {"es", "spanish"}}};

// Loaded at first use: its tables would make every command start later.
struct Library {
  decltype(&sb_stemmer_new) make = nullptr;
  decltype(&sb_stemmer_delete) drop = nullptr;
  decltype(&sb_stemmer_stem) stem = nullptr;
  decltype(&sb_stemmer_length) length = nullptr;
  bool is_there = false;

  Library() {
    void* handle = dlopen("libstemmer.so.0d", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
    make = reinterpret_cast<decltype(make)>(dlsym(handle, "sb_stemmer_new"));
    drop = reinterpret_cast<decltype(drop)>(dlsym(handle, "sb_stemmer_delete"));
    stem = reinterpret_cast<decltype(stem)>(dlsym(handle, "sb_stemmer_stem"));
    length = reinterpret_cast<decltype(length)>(dlsym(handle, "sb_stemmer_length"));
    is_there = make && drop && stem && length;
  }
};

const Library& library() {
  static const Library loaded;
  return loaded;
}

struct Drop {
  void operator()(sb_stemmer* stemmer) const { library().drop(stemmer); }
};

// Nouns -o(j)(n), adjectives -a(j)(n), adverbs -e(n), verbs -i -as -is -os -us -u.
std::string esperanto_stem(std::string_view word) {
  if (count_code_points(word) < 4) return std::string(word);
  if (word.ends_with('n')) word.remove_suffix(1);
  if (word.ends_with('j')) word.remove_suffix(1);
  if (word.ends_with('s') && word.size() > 3 &&
      std::string_view("aiou").find(word[word.size() - 2]) != std::string_view::npos)
    word.remove_suffix(2);
  else if (!word.empty() && std::string_view("oaeiu").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return std::string(word);
}

} // namespace

std::string stem_of(std::string_view word, std::string_view language) {
  if (language == "eo") return esperanto_stem(word);
  if (!library().is_there) return std::string(word);
  static thread_local std::array<std::unique_ptr<sb_stemmer, Drop>, k_snowball.size()> stemmers;
  for (std::size_t i = 0; i < k_snowball.size(); ++i) {
    if (k_snowball[i].language != language) continue;
    if (!stemmers[i]) stemmers[i].reset(library().make(k_snowball[i].algorithm, "UTF_8"));
    if (!stemmers[i]) throw std::bad_alloc(); // the names are all known to it
    if (word.size() > 200) break;
    const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stem = library().stem(stemmers[i].get(), symbols, static_cast<int>(word.size()));
    if (!stem) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(stem),
            static_cast<std::size_t>(library().length(stemmers[i].get()))};
  }
  return std::string(word);
}

std::string stemming_problem() {
  return library().is_there ? "" : "word stems: Snowball could not be loaded (install libstemmer0d)";
}

} // namespace helpdesk
