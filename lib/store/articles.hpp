// Articles of the knowledge base: texts from folders of the user's, kept in the store with an index of their
// words. They can be read again from their folders, so they are no part of the store's digest, and rebuild
// leaves them as they are.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::store {

struct Article {
  std::string folder, path; // where it came from: an absolute folder, and the file below it; together the key
  std::string name, language; // "billing/refunds", "nb"; language empty: for any
  std::string title, url;     // url: where customers read it, may be empty
  std::string text;           // Markdown, without front matter
  std::string hash;           // sha256 of the file
  Instant changed{};          // when this text came into the store
};

struct ArticleHit {
  Article article;
  double rank = 0;     // larger is better
  std::string snippet; // of the text around the words, one line
};

struct ArticleChanges {
  std::int64_t added = 0, changed = 0, removed = 0, unchanged = 0;
};

class Articles {
 public:
  virtual ~Articles() = default;
  virtual Result<std::vector<Article>> all() = 0; // without text; by name, language and folder
  virtual Result<std::vector<Article>> named(std::string_view name) = 0; // every language and folder
  virtual Result<std::vector<std::string>> folders() = 0;                // sorted
  // Articles with all of the words, best first; when there is none, those with any of them. A word in the
  // title weighs more than one in the text.
  virtual Result<std::vector<ArticleHit>> search(std::string_view words, int limit) = 0;
  // The articles of this folder are these from now on: others of it, and of folders below it that were added
  // by themselves, go.
  virtual Result<ArticleChanges> put_folder(const std::string& folder, std::vector<Article> articles) = 0;
};

// Of the store in this directory. Nothing was ever added: everything is empty.
Result<std::unique_ptr<Articles>> open_articles(const std::string& directory, Access access);

} // namespace helpdesk::store
