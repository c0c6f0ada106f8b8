#include "app/columns.hpp"
#include "app/knowledge.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "reply/article.hpp"
#include "reply/templates.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command kb_command, kb_add_command, kb_list_command, kb_search_command, kb_show_command;
namespace {

constexpr cli::Argument k_folders[] = {
    {"FOLDER", cli::ValueKind::path,
     "folder of Markdown files, or one file; all that were added when none is given", cli::Arity::any}};
constexpr cli::Argument k_words[] = {
    {"WORDS", cli::ValueKind::text, "words that the article has", cli::Arity::at_least_one}};
constexpr cli::Argument k_name[] = {{"NAME", cli::ValueKind::text, "article"}};
constexpr cli::Flag k_search_flags[] = {
    {"lang", 0, cli::ValueKind::text, "LANG", "only articles in this language, or in none"},
    {"limit", 'l', cli::ValueKind::integer, "N", "at most this many (20)"},
};
constexpr cli::Flag k_show_flags[] = {
    {"lang", 0, cli::ValueKind::text, "LANG", "this language of it, or the nearest there is"},
    {"plain", 0, cli::ValueKind::none, "", "as it would stand in a mail"},
};
constexpr cli::Example k_add_examples[] = {
    {"helpdesk kb add examples/kb", "read a folder of Markdown files"},
    {"helpdesk kb add", "read again what was added: what changed, came and went"},
};
constexpr cli::Example k_list_examples[] = {
    {"helpdesk kb list", "which articles there are, in which languages"}};
constexpr cli::Example k_search_examples[] = {
    {"helpdesk kb search send back", "articles with both words, best first"}};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk kb show returns --lang nb --plain", "what a customer would get"}};
constexpr cli::FieldDoc k_fields[] = {{"name", "what it is called: its path without language and ending"},
                                      {"language", "its language; empty: for any"},
                                      {"title", "its title"},
                                      {"path", "the file"},
                                      {"url", "where customers read it, when the article says so"},
                                      {"changed", "when this text was read"}};
constexpr cli::FieldDoc k_hit_fields[] = {
    {"name", "what it is called"}, {"language", "its language; empty: for any"},
    {"title", "its title"},        {"text", "a line around the words"},
    {"path", "the file"},          {"score", "how well it fits; larger is better"}};

// A folder that was added by itself is the file; else the file lies below it.
std::string path_of(const store::Article& article) {
  bool file = article.folder.size() > article.path.size() && article.folder.ends_with("/" + article.path);
  return file ? article.folder : join_path(article.folder, article.path);
}

std::string absolute(const std::string& path) {
  std::error_code code;
  auto full = std::filesystem::absolute(expand_home(path), code).lexically_normal();
  std::string text = code ? path : full.string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return clean_utf8(text);
}

std::string counted(std::int64_t n, std::string_view what) { return fmt::format("{} {}", n, what); }

Result<int> add(app::App& app, const cli::Invocation& call) {
  auto known_store = TRY(app::articles(app, store::Access::write));
  std::vector<std::string> known = TRY(known_store->folders());
  std::vector<std::string> folders;
  for (const std::string& given : call.argument_list("FOLDER")) {
    std::string folder = absolute(given);
    // A part of what was added is read with the whole: two copies of it would contradict each other.
    for (const std::string& one : known)
      if (folder.starts_with(one + "/")) {
        app.note(fmt::format("{} is a part of {}, which is read", given, one));
        folder = one;
        break;
      }
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
  }
  if (call.argument_list("FOLDER").empty()) {
    if (known.empty()) return usage_error("nothing was added yet: helpdesk kb add FOLDER");
    folders = known;
  }
  for (const std::string& folder : folders) {
    std::vector<store::Article> found;
    if (exists(folder)) {
      found = TRY(reply::read_articles(folder));
      if (found.empty() && std::find(known.begin(), known.end(), folder) == known.end())
        return not_found(fmt::format("{}: no Markdown file (.md) in it", folder));
    } else if (std::find(known.begin(), known.end(), folder) == known.end()) {
      return not_found(fmt::format("{}: no such file or folder", folder));
    } else {
      app.warn(fmt::format("{} is gone: so are its articles", folder));
    }
    for (store::Article& article : found) {
      article.folder = folder;
      article.changed = app.now();
    }
    auto changes = TRY(known_store->put_folder(folder, std::move(found)));
    app.note(fmt::format("{}: {}, {}, {}, {}", folder, counted(changes.added, "added"),
                         counted(changes.changed, "changed"), counted(changes.removed, "removed"),
                         counted(changes.unchanged, "unchanged")));
  }
  return 0;
}

Result<int> list(app::App& app, const cli::Invocation&) {
  auto store = TRY(app::articles(app, store::Access::read));
  auto columns = app::columns_of(k_fields);
  columns[2].flexible = columns[3].flexible = true;
  columns[4].shown = columns[5].shown = false;
  auto rows = TRY(app.rows(columns, "no articles; helpdesk kb add FOLDER adds some"));
  for (const store::Article& article : TRY(store->all())) {
    render::Row row;
    row.emplace_back(article.name);
    row.emplace_back(article.language);
    row.emplace_back(article.title);
    row.emplace_back(path_of(article));
    row.emplace_back(article.url);
    row.emplace_back(article.changed);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> search(app::App& app, const cli::Invocation& call) {
  auto language = call.get("lang");
  if (language && !reply::is_language(*language))
    return usage_error(fmt::format("--lang: \"{}\" is no language such as en or pt-BR", *language));
  int limit = 20;
  if (auto given = call.get("limit")) limit = std::clamp(static_cast<int>(std::stol(*given)), 0, 1000);
  auto store = TRY(app::articles(app, store::Access::read));
  auto columns = app::columns_of(k_hit_fields);
  columns[2].flexible = columns[3].flexible = true;
  columns[4].shown = columns[5].shown = false;
  auto rows = TRY(app.rows(columns, "no article has these words"));
  int count = 0;
  for (const store::ArticleHit& hit : TRY(store->search(join(call.argument_list("WORDS"), " "), 1000))) {
    const store::Article& article = hit.article;
    if (language && !article.language.empty() && !reply::same_language(article.language, *language)) continue;
    if (++count > limit) break;
    render::Row row;
    row.emplace_back(article.name);
    row.emplace_back(article.language);
    row.emplace_back(article.title);
    row.emplace_back(hit.snippet);
    row.emplace_back(path_of(article));
    row.emplace_back(hit.rank);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

Result<int> show(app::App& app, const cli::Invocation& call) {
  auto store = TRY(app::articles(app, store::Access::read));
  const config::Config& config = *TRY(app.config());
  std::string language = call.get("lang").value_or(config.text("general.language", "en"));
  store::Article article = TRY(app::find_article(app, *store, call.argument("NAME"), language));
  std::string text = call.has("plain") ? reply::plain_text(article.text) + "\n" : article.text;
  if (app.terminal().out_is_tty()) text = terminal::defuse(text, true);
  TRY(app.write(text));
  return 0;
}

} // namespace

constinit const cli::Command kb_command{
    "kb",
    "know",
    "keep articles for customers at hand",
    "Articles are Markdown files in folders of yours; draft --from-kb puts "
    "one into a reply.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};
constinit const cli::Command kb_add_command{
    "kb add",
    "know",
    "read articles from a folder into the store",
    "Reads the Markdown files (.md, .markdown) of a folder and of the folders in it, or one file, and "
    "indexes their "
    "words. Read again, it takes over what changed and came, and drops what is gone; without a folder all "
    "that were "
    "added are read again.\n\n"
    "returns.nb.md, returns/nb.md and nb/returns.md are the article \"returns\" in Norwegian; front matter "
    "may say "
    "title, language and url. The text stays in the files: change it there.",
    k_folders,
    {},
    k_add_examples,
    cli::Output::none,
    {},
    &add};
constinit const cli::Command kb_list_command{
    "kb list", "know", "list the articles", "One row a file: an article has one file a language.",
    {},        {},     k_list_examples,     cli::Output::rows,
    k_fields,  &list};
constinit const cli::Command kb_search_command{"kb search",
                                               "know",
                                               "find articles by their words",
                                               "Articles with all of the words, best first; when there is "
                                               "none, those with any of them. Accents and case do "
                                               "not matter, and a word stands for all that begin so.",
                                               k_words,
                                               k_search_flags,
                                               k_search_examples,
                                               cli::Output::rows,
                                               k_hit_fields,
                                               &search};
constinit const cli::Command kb_show_command{
    "kb show", "know",       "print an article", "In the desk's own language unless another is named.",
    k_name,    k_show_flags, k_show_examples,    cli::Output::text,
    {},        &show};

} // namespace helpdesk
