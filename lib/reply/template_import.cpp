#include "reply/template_import.hpp"

#include "base/file.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"
#include "language/detect.hpp"
#include "language/html.hpp"
#include "reply/template_names.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

using foreign::ForeignReply;
using foreign::System;

// "Refund: done & dusted" -> "refund-done-dusted". Letters without a Latin form are dropped.
std::string name_of_title(const ForeignReply& reply) {
  if (!reply.name.empty()) return reply.name;
  std::string name;
  for (const FoldedToken& token : fold_tokens(reply.title)) {
    std::string word;
    for (char c : token.text)
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) word += c;
    if (word.empty() || name.size() + word.size() > 60) continue;
    name += (name.empty() ? "" : "-") + word;
  }
  if (name.empty() || is_language(name)) name = "reply-" + reply.id;
  return name;
}

std::string quoted(std::string_view text) {
  std::string out;
  json::quote_to(out, text); // a basic string of TOML takes JSON's escapes
  return out;
}

std::string without_placeholders(std::string_view text) {
  std::string out;
  int depth = 0;
  for (char c : text) {
    depth += c == '{';
    if (depth == 0) out += c;
    depth = std::max(0, depth - (c == '}'));
  }
  return out;
}

std::string language_for(const ForeignReply& reply, std::string_view body, const ImportOptions& options) {
  if (is_language(reply.language)) return reply.language;
  if (!options.language.empty()) return options.language;
  std::string found = detect_language(without_placeholders(body));
  return is_language(found) ? found : options.fallback_language;
}

std::string head_of(const ForeignReply& reply, const std::string& source, const std::string& hash, bool lax) {
  std::string head = "+++\ntitle = " + quoted(reply.title.empty() ? reply.id : reply.title) + "\n";
  if (!reply.tags.empty()) {
    head += "tags = [";
    for (std::size_t i = 0; i < reply.tags.size(); ++i) head += (i > 0 ? ", " : "") + quoted(reply.tags[i]);
    head += "]\n";
  }
  if (lax) head += "mode = \"lax\"\n";
  return head + fmt::format("source = {}\nsource_hash = \"{}\"\n+++\n", quoted(source), hash);
}

// What the template names that leads nowhere here, and what does not parse.
void add_notes(const System& system, TemplateFile& file, const std::vector<TemplateFile>& files,
               std::vector<ImportNote>& notes) {
  auto line = [&](const liquid::Position& position) {
    return static_cast<int>(position.line) + file.body_line - 1;
  };
  auto parsed = parse_body(file);
  if (!parsed) {
    notes.push_back({line(parsed.error().position), "does not parse: " + parsed.error().message});
    return;
  }
  liquid::Value known = all_names(file, files);
  std::string prefix = std::string(system.name) + ".";
  for (const liquid::VariableUse& use : parsed->variables()) {
    if (leads_somewhere(known, use.path)) continue;
    std::string theirs = use.path.starts_with(prefix) ? use.path.substr(prefix.size()) : use.path;
    notes.push_back({line(use.position), fmt::format("{} has no counterpart here: replace it, or name it in "
                                                     "required or optional",
                                                     theirs)});
  }
  for (const liquid::VariableUse& use : parsed->unknown_filters())
    notes.push_back({line(use.position), fmt::format("there is no filter \"{}\" here", use.path)});
}

class Import {
 public:
  Import(const System& system, const ImportOptions& options, std::vector<TemplateFile> files)
      : system_(system), options_(options), files_(std::move(files)) {}

  // Dynamic content is what macros name: known before they are looked at.
  Result<std::vector<ImportedTemplate>> run(std::vector<ForeignReply> replies) {
    std::vector<ImportedTemplate> rows(replies.size());
    for (bool content : {true, false})
      for (std::size_t i = 0; i < replies.size(); ++i)
        if (replies[i].name.starts_with("dc/") == content) rows[i] = TRY(take(replies[i]));
    return rows;
  }

 private:
  Result<ImportedTemplate> take(const ForeignReply& reply) {
    std::string text = clean_utf8(reply.html ? html_to_text(reply.text) : reply.text);
    std::string body = system_.to_liquid(replace_all(text, "\r\n", "\n"), system_);
    if (!body.ends_with('\n')) body += '\n';
    std::string hash = sha256_hex(body);
    ImportedTemplate row;
    row.source = fmt::format("{}:{}", system_.name, reply.id);
    row.title = reply.title;
    for (const std::string& note : reply.notes) row.notes.push_back({0, note});
    TemplateFile* here = known(row.source);
    if (here) {
      row.name = here->name;
      row.language = here->language;
      row.path = here->path;
      bool edited = sha256_hex(here->body) != here->front.source_hash;
      if (here->front.source_hash == hash && !(edited && options_.overwrite)) {
        row.state = "unchanged";
        if (edited) row.notes.push_back({0, "edited here since it was imported: stays as it is"});
      } else if (edited && !options_.overwrite) {
        row.state = "kept";
        row.notes.push_back({0, "changed there, and edited here: stays as it is; --overwrite takes theirs"});
      } else {
        row.state = "updated";
        here->head = replace_all(here->head, here->front.source_hash, hash);
        here->body = body;
        TRY(write(*here));
      }
      return with_notes(std::move(row), *here);
    }
    row.state = "new";
    row.language = language_for(reply, body, options_);
    row.name = free_name(name_of_title(reply), row.language, reply.id);
    std::string below = fmt::format("{}.{}.liquid", row.name, row.language);
    row.path = join_path(options_.directory, below);
    TemplateFile file = read_template(row.path, below, head_of(reply, row.source, hash, false) + body);
    if (!parse_body(file)) {
      TemplateFile lax = read_template(row.path, below, head_of(reply, row.source, hash, true) + body);
      if (parse_body(lax)) {
        file = std::move(lax);
        row.notes.push_back({0, "is no strict Liquid: imported with mode = \"lax\""});
      }
    }
    TRY(write(file));
    files_.push_back(std::move(file));
    return with_notes(std::move(row), files_.back());
  }

  ImportedTemplate with_notes(ImportedTemplate row, TemplateFile& file) const {
    add_notes(system_, file, files_, row.notes);
    return row;
  }

  TemplateFile* known(const std::string& source) {
    auto found = std::find_if(files_.begin(), files_.end(),
                              [&](const TemplateFile& file) { return file.front.source == source; });
    return found == files_.end() ? nullptr : &*found;
  }

  // A name that is taken by another reply gets the id behind it.
  std::string free_name(const std::string& name, const std::string& language, const std::string& id) const {
    auto taken = [&](const std::string& wanted) {
      return std::any_of(files_.begin(), files_.end(), [&](const TemplateFile& file) {
        return file.name == wanted && file.language == language;
      });
    };
    std::string safe_id;
    for (char c : id)
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
        safe_id += c;
    std::string wanted = name;
    for (int i = 1; taken(wanted); ++i)
      wanted = i == 1 && !safe_id.empty() ? name + "-" + safe_id : fmt::format("{}-{}", name, i);
    return wanted;
  }

  Result<void> write(const TemplateFile& file) const {
    if (options_.dry_run) return {};
    TRY(make_private_directories(file.path.substr(0, file.path.find_last_of('/'))));
    return write_file_atomically(file.path, file.head + file.body, 0644);
  }

  const System& system_;
  const ImportOptions& options_;
  std::vector<TemplateFile> files_;
};

} // namespace

Result<std::vector<ImportedTemplate>> import_templates(const System& system, std::string_view file,
                                                       std::string_view name, const ImportOptions& options) {
  auto parsed = json::parse(file);
  if (!parsed) return usage_error(fmt::format("{}: {}", name, parsed.error().message));
  auto replies = system.read(*parsed);
  if (!replies) return in_context(name, replies.error());
  for (const ForeignReply& reply : *replies) {
    bool is_safe = reply.name.find("..") == std::string::npos && !reply.name.ends_with('/') &&
                   std::all_of(reply.name.begin(), reply.name.end(), [](char c) {
                     return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '_' || c == '-' || c == '/';
                   });
    if (reply.id.empty() || !is_safe)
      return usage_error(fmt::format("{}: \"{}\" has no id or no name that a file could have", name,
                                     ellipsize(reply.title, 60)));
  }
  Import import(system, options, TRY(load_templates(options.directory)));
  return import.run(std::move(*replies));
}

} // namespace helpdesk::reply
