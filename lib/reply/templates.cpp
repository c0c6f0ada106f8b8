#include "reply/templates.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

// "billing/refund.nb.liquid" -> billing/refund, nb; "refund/nb.liquid" the same; "greeting.liquid" ->
// greeting.
void name_of_file(std::string_view below, TemplateFile& into) {
  std::string_view stem = below.substr(0, below.size() - 7); // without ".liquid"
  std::size_t slash = stem.rfind('/');
  std::size_t dot = stem.rfind('.');
  if (dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash + 1) &&
      is_language(stem.substr(dot + 1))) {
    into.name = std::string(stem.substr(0, dot));
    into.language = std::string(stem.substr(dot + 1));
  } else if (slash != std::string_view::npos && is_language(stem.substr(slash + 1))) {
    into.name = std::string(stem.substr(0, slash));
    into.language = std::string(stem.substr(slash + 1));
  } else {
    into.name = std::string(stem);
  }
}

// What one language says of a template holds for the others, where they say nothing.
void share_front_matter(std::vector<TemplateFile>& files) {
  for (std::size_t begin = 0, end = 0; begin < files.size(); begin = end) {
    FrontMatter all;
    auto add = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
      for (const std::string& one : from)
        if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    };
    for (end = begin; end < files.size() && files[end].name == files[begin].name; ++end) {
      const FrontMatter& front = files[end].front;
      for (auto list : {&FrontMatter::tags, &FrontMatter::channels, &FrontMatter::languages,
                        &FrontMatter::required, &FrontMatter::optional})
        add(all.*list, front.*list);
      if (all.owner.empty()) all.owner = front.owner;
    }
    for (std::size_t i = begin; i < end; ++i) {
      FrontMatter& front = files[i].front;
      for (auto list : {&FrontMatter::tags, &FrontMatter::channels, &FrontMatter::languages,
                        &FrontMatter::required, &FrontMatter::optional})
        front.*list = all.*list;
      if (front.owner.empty()) front.owner = all.owner;
    }
  }
}

// Paths below the directory, sorted; directories that begin with a dot (.git) are left out.
Result<std::vector<std::string>> template_paths(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code code;
  auto skip = std::filesystem::directory_options::skip_permission_denied;
  std::filesystem::recursive_directory_iterator it(directory, skip, code), end;
  if (code == std::errc::no_such_file_or_directory) return paths;
  for (; !code && it != end; it.increment(code)) {
    std::string file = it->path().filename().string();
    if (file.starts_with('.')) {
      std::error_code ignored;
      if (it->is_directory(ignored)) it.disable_recursion_pending();
      continue;
    }
    if (it.depth() > 8) it.disable_recursion_pending();
    if (file.ends_with(".liquid") && file.size() > 7)
      paths.push_back(it->path().lexically_relative(directory).string());
  }
  if (code) return failed(fmt::format("{}: {}", directory, code.message()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

} // namespace

bool TemplateFile::is_block() const {
  std::size_t slash = name.rfind('/');
  return name[slash == std::string::npos ? 0 : slash + 1] == '_' || name.starts_with("dc/");
}

bool is_language(std::string_view text) {
  auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  std::size_t dash = text.find_first_of("-_");
  std::string_view code = text.substr(0, dash);
  if (code.size() < 2 || code.size() > 3 || !std::all_of(code.begin(), code.end(), lower)) return false;
  if (dash == std::string_view::npos) return true;
  std::string_view region = text.substr(dash + 1);
  return region.size() >= 2 && region.size() <= 4 &&
         std::all_of(region.begin(), region.end(), [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
}

bool same_language(std::string_view a, std::string_view b) {
  auto group = [](std::string_view language) {
    std::string code = ascii_lower(language.substr(0, language.find_first_of("-_")));
    return code == "nb" || code == "nn" ? std::string("no") : code;
  };
  return group(a) == group(b);
}

TemplateFile read_template(std::string path, std::string_view below, std::string_view text) {
  TemplateFile file;
  file.path = std::move(path);
  name_of_file(below, file);
  file.hash = sha256_hex(text);
  file.body = std::string(text);
  if (!is_valid_utf8(text)) {
    file.body = clean_utf8(text);
    file.defect = fmt::format("{}: not UTF-8; save it as UTF-8", file.path);
    return file;
  }
  std::string plain = replace_all(text, "\r\n", "\n"); // as an editor on Windows saves it
  file.body = plain;
  std::string_view rest = plain;
  if (!rest.starts_with("+++\n")) return file;
  std::size_t end = rest.find("\n+++\n", 3);
  bool at_end = end == std::string_view::npos && rest.ends_with("\n+++");
  if (at_end) end = rest.size() - 4;
  if (end == std::string_view::npos) {
    file.defect = fmt::format("{}:1: the front matter has no end: a line with +++", file.path);
    return file;
  }
  std::size_t begin = std::min<std::size_t>(rest.size(), end + 5);
  file.head = std::string(rest.substr(0, begin));
  file.body = std::string(rest.substr(begin));
  file.body_line =
      static_cast<int>(std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(begin), '\n')) + 1;
  auto front = parse_front_matter(rest.substr(4, end < 4 ? 0 : end - 3), file.path, 2);
  if (!front) {
    file.defect = front.error().message;
    return file;
  }
  file.front = std::move(*front);
  file.title = file.front.title;
  return file;
}

Result<std::vector<TemplateFile>> load_templates(const std::string& directory) {
  std::vector<TemplateFile> files;
  for (const std::string& below : TRY(template_paths(directory))) {
    std::string path = join_path(directory, below);
    std::string text = TRY(read_file(path, 4ULL << 20));
    files.push_back(read_template(std::move(path), below, text));
  }
  std::stable_sort(files.begin(), files.end(), [](const TemplateFile& a, const TemplateFile& b) {
    return a.name != b.name ? a.name < b.name : a.language < b.language;
  });
  share_front_matter(files);
  return files;
}

Result<TemplateFile> choose_template(const std::vector<TemplateFile>& files, std::string_view name,
                                     std::string_view language, const std::vector<std::string>& fallbacks) {
  std::vector<const TemplateFile*> same;
  std::set<std::string_view> names;
  for (const TemplateFile& file : files) {
    names.insert(file.name);
    if (file.name == name) same.push_back(&file);
  }
  if (same.empty()) {
    std::string_view near = nearest(name, {names.begin(), names.end()});
    return not_found(fmt::format("no template \"{}\"{}", name,
                                 near.empty() ? "; helpdesk template list names them"
                                              : fmt::format(" (did you mean \"{}\"?)", near)));
  }
  auto chosen = [&]() -> const TemplateFile* {
    std::vector<std::string_view> order{language};
    order.insert(order.end(), fallbacks.begin(), fallbacks.end());
    for (std::string_view wanted : order) {
      for (const TemplateFile* file : same)
        if (equal_ignoring_case(file->language, wanted)) return file;
      for (const TemplateFile* file : same)
        if (!wanted.empty() && !file->language.empty() && same_language(file->language, wanted)) return file;
    }
    for (const TemplateFile* file : same)
      if (file->language.empty()) return file;
    return same.front();
  }();
  if (!chosen->defect.empty()) return usage_error(chosen->defect);
  return *chosen;
}

} // namespace helpdesk::reply
