#include "app/knowledge.hpp"

#include "base/text.hpp"
#include "reply/article.hpp"
#include "reply/templates.hpp"

#include <fmt/format.h>

namespace helpdesk::app {
namespace {

constexpr int k_hits = 20;

std::string name_list(const std::vector<store::Article>& articles) {
  return articles.empty() ? "; helpdesk kb add FOLDER adds some" : "; helpdesk kb list names them";
}

// A part of an address: what is no letter, digit, "-", "_", "." or "/" as %XX.
std::string url_part(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto u = static_cast<unsigned char>(c);
    bool plain = (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') ||
                 std::string_view("-_./").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", u);
  }
  return out;
}

} // namespace

Result<std::unique_ptr<store::Articles>> articles(App& app, store::Access access) {
  TRY(app.store(access)); // makes it, brings it up to date, or says that there is none
  std::string directory = TRY(app.store_directory());
  return store::open_articles(directory, access);
}

Result<store::Article> find_article(App& app, store::Articles& articles, const std::string& name,
                                    const std::string& language) {
  const config::Config& config = *TRY(app.config());
  auto variants = TRY(articles.named(name));
  if (const store::Article* found =
          reply::choose_article(variants, language, config.list("templates.languages")))
    return *found;
  auto all = TRY(articles.all());
  std::vector<std::string_view> names;
  for (const store::Article& one : all) names.push_back(one.name);
  std::string_view near = name.size() > 100 ? std::string_view() : nearest(name, names);
  return not_found(fmt::format("no article \"{}\"{}", name,
                               near.empty() ? name_list(all) : fmt::format(" (did you mean \"{}\"?)", near)));
}

Result<store::Article> article_for(App& app, store::Articles& articles, const std::string& name_or_query,
                                   const std::string& language) {
  auto variants = TRY(articles.named(name_or_query));
  if (!variants.empty()) return find_article(app, articles, name_or_query, language);
  auto hits = TRY(articles.search(name_or_query, k_hits));
  if (hits.empty()) {
    auto all = TRY(articles.all());
    return not_found(
        fmt::format("no article \"{}\", and none with these words{}", name_or_query, name_list(all)));
  }
  for (const store::ArticleHit& hit : hits)
    if (reply::same_language(hit.article.language, language)) return hit.article;
  // The best one may be there in the language without the words that were looked for.
  return find_article(app, articles, hits.front().article.name, language);
}

Result<std::string> article_address(App& app, const store::Article& article) {
  if (!article.url.empty()) return article.url;
  const config::Config& config = *TRY(app.config());
  std::string url = config.text("kb.url");
  if (url.empty())
    return usage_error(fmt::format("article \"{}\" has no address: give it url: in its front matter, or set "
                                   "[kb] url",
                                   article.name));
  if (url.find('{') == std::string::npos)
    return url + (url.ends_with('/') ? "" : "/") + url_part(article.name);
  return replace_all(replace_all(url, "{name}", url_part(article.name)), "{language}",
                     url_part(article.language));
}

Result<std::string> with_article(App& app, std::string_view text, const store::Article& article, bool link) {
  std::string insert;
  if (link) {
    std::string address = TRY(article_address(app, article));
    insert = collapse_spaces(article.title) + ":\n" + address;
  } else {
    insert = reply::plain_text(article.text);
  }
  std::string_view before = trim_right(text);
  return std::string(before) + (before.empty() ? "" : "\n\n") + insert + "\n";
}

} // namespace helpdesk::app
