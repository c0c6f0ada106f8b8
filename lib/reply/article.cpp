#include "reply/article.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "reply/templates.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

constexpr std::uint64_t k_largest = 4ULL << 20;

// Two letters alone would make a language of every folder "ui" or "qa".
constexpr std::string_view k_languages = "|ar|bg|bs|ca|cs|cy|da|de|el|en|eo|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|"
                                         "hu|id|is|it|ja|ka|ko|lt|lv|mk|ms|nb|nl|"
                                         "nn|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|vi|zh|";

bool names_language(std::string_view text) {
  std::string code = ascii_lower(text.substr(0, text.find_first_of("-_")));
  return is_language(text) && code.size() == 2 &&
         k_languages.find("|" + code + "|") != std::string_view::npos;
}

std::string_view extension_of(std::string_view path) {
  for (std::string_view ending : {".md", ".markdown"})
    if (path.size() > ending.size() &&
        equal_ignoring_case(path.substr(path.size() - ending.size()), ending) &&
        path[path.size() - ending.size() - 1] != '/')
      return path.substr(path.size() - ending.size());
  return {};
}

void name_of_file(std::string_view below, store::Article& into) {
  std::string_view stem = below.substr(0, below.size() - extension_of(below).size());
  std::vector<std::string> parts;
  for (std::string_view part : split(stem, '/')) parts.emplace_back(part);
  std::string& last = parts.back();
  if (std::size_t dot = last.rfind('.');
      dot != std::string::npos && dot > 0 && names_language(std::string_view(last).substr(dot + 1))) {
    into.language = last.substr(dot + 1);
    last.resize(dot);
  } else if (auto at =
                 std::find_if(parts.rbegin(), parts.rend(), [](const auto& p) { return names_language(p); });
             parts.size() > 1 && at != parts.rend()) {
    into.language = *at;
    parts.erase(std::next(at).base());
  }
  // "returns/index.md" is the article "returns".
  if (parts.size() > 1 && (parts.back() == "index" || parts.back() == "README" || parts.back() == "_index"))
    parts.pop_back();
  into.name = join(parts, "/");
}

std::string unquoted(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return std::string(trim(value));
}

// "title: Returns" or title = "Returns"; what else front matter may hold is for the site's own program.
std::string_view take_front_matter(std::string_view text, store::Article& into) {
  std::string_view fence = text.substr(0, 4);
  if (fence != "---\n" && fence != "+++\n") return text;
  std::string closing = "\n" + std::string(fence.substr(0, 3));
  std::size_t end = text.find(closing + "\n", 3);
  if (end == std::string_view::npos && text.ends_with(closing)) end = text.size() - closing.size();
  if (end == std::string_view::npos) return text;
  for (std::string_view line : split_lines(text.substr(4, end < 4 ? 0 : end - 4))) {
    std::size_t sign = line.find(fence.front() == '-' ? ':' : '=');
    if (sign == std::string_view::npos || line.front() == ' ') continue;
    std::string key = ascii_lower(trim(line.substr(0, sign))), value = unquoted(line.substr(sign + 1));
    if (key == "title") into.title = value;
    if ((key == "language" || key == "lang" || key == "locale") && is_language(value)) into.language = value;
    // What a customer's program opens; "javascript:" is none of it.
    bool opens = starts_with_ignoring_case(value, "https://") || starts_with_ignoring_case(value, "http://");
    if ((key == "url" || key == "link") && opens) into.url = value;
  }
  std::size_t body = std::min(text.size(), end + 5);
  return text.substr(body);
}

std::string first_heading(std::string_view text) {
  for (std::string_view line : split_lines(text))
    if (line.starts_with("# ")) return std::string(trim(line.substr(2)));
  return {};
}

} // namespace

store::Article read_article(std::string_view below, std::string_view bytes) {
  store::Article article;
  article.path = std::string(below);
  article.hash = sha256_hex(bytes);
  name_of_file(below, article);
  std::string text = replace_all(clean_utf8(bytes), "\r\n", "\n");
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  article.text = std::string(take_front_matter(rest, article));
  if (article.title.empty()) article.title = first_heading(article.text);
  if (article.title.empty()) article.title = article.name.substr(article.name.rfind('/') + 1);
  return article;
}

Result<std::vector<store::Article>> read_articles(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code code;
  if (!std::filesystem::is_directory(folder, code)) {
    std::size_t slash = folder.rfind('/');
    std::string name = folder.substr(slash == std::string::npos ? 0 : slash + 1);
    if (extension_of(name).empty())
      return usage_error(fmt::format("{}: an article is a file of Markdown: NAME.md", folder));
    std::vector<store::Article> one;
    std::string text = TRY(read_file(folder, k_largest));
    one.push_back(read_article(name, text));
    return one;
  }
  auto skip = std::filesystem::directory_options::skip_permission_denied;
  std::filesystem::recursive_directory_iterator it(folder, skip, code), end;
  for (; !code && it != end; it.increment(code)) {
    std::error_code ignored;
    bool directory = it->is_directory(ignored);
    if (it->path().filename().string().starts_with('.') || it.depth() > 16) {
      if (directory) it.disable_recursion_pending();
      continue;
    }
    std::string below = it->path().lexically_relative(folder).string();
    if (!directory && !extension_of(below).empty()) paths.push_back(std::move(below));
  }
  if (code) return failed(fmt::format("{}: {}", folder, code.message()));
  std::sort(paths.begin(), paths.end());
  std::vector<store::Article> articles;
  for (const std::string& below : paths) {
    std::string text = TRY(read_file(join_path(folder, below), k_largest));
    articles.push_back(read_article(clean_utf8(below), text));
  }
  return articles;
}

const store::Article* choose_article(const std::vector<store::Article>& variants, std::string_view language,
                                     const std::vector<std::string>& fallbacks) {
  auto find = [&](auto fits) -> const store::Article* {
    auto it = std::find_if(variants.begin(), variants.end(), fits);
    return it == variants.end() ? nullptr : &*it;
  };
  auto in = [&](std::string_view wanted) -> const store::Article* {
    if (wanted.empty()) return nullptr;
    if (auto* same = find([&](const auto& a) { return equal_ignoring_case(a.language, wanted); }))
      return same;
    return find([&](const auto& a) { return !a.language.empty() && same_language(a.language, wanted); });
  };
  if (auto* found = in(language)) return found;
  if (auto* found = find([](const auto& a) { return a.language.empty(); })) return found;
  for (const std::string& fallback : fallbacks)
    if (auto* found = in(fallback)) return found;
  return variants.empty() ? nullptr : &variants.front();
}

} // namespace helpdesk::reply
