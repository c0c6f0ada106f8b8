// Macros (GET /api/v2/macros) and dynamic content (GET /api/v2/dynamic_content/items) of Zendesk. Their
// placeholders are Liquid, and their names are known in every template: the text stays as it is.
#include "base/text.hpp"
#include "reply/foreign/foreign.hpp"

#include <fmt/format.h>

namespace helpdesk::reply::foreign {
namespace {

// Languages are numbers; the file may bring the list along ("locales"). Those that stand in its
// documentation:
std::string language_of(const json::Value& file, const json::Value& variant) {
  std::string locale = variant["locale"].as_string();
  std::int64_t id = variant["locale_id"].as_int();
  for (const json::Value& one : file["locales"].items())
    if (one["id"].as_int(-1) == id) locale = one["locale"].as_string();
  if (locale.empty()) locale = id == 1 ? "en-US" : id == 2 ? "es" : id == 8 ? "de" : id == 16 ? "fr" : "";
  if (locale == "en-US") return "en";
  return locale;
}

std::string text_of(const json::Value& value) {
  // ["channel:all", "text"]: which channels it is for, and the text.
  return value.is_array() ? value[value.size() - 1].as_string() : value.as_string();
}

std::string shown(const json::Value& value) {
  return value.is_string() ? value.as_string() : json::dump(value);
}

std::optional<ForeignReply> macro(const json::Value& record) {
  if (record.has("active") && !record["active"].as_bool()) return std::nullopt;
  ForeignReply reply;
  reply.id = record["id"].id_text();
  reply.title = record["title"].as_string();
  for (const json::Value& action : record["actions"].items()) {
    const std::string& field = action["field"].as_string();
    if (field == "comment_value" && reply.text.empty()) {
      reply.text = text_of(action["value"]);
    } else if (field == "comment_value_html") {
      reply.text = text_of(action["value"]);
      reply.html = true;
    } else if (field == "current_tags" || field == "set_tags") {
      for (std::string_view tag : split(action["value"].as_string(), ' '))
        if (!tag.empty()) reply.tags.emplace_back(tag);
    } else if (field == "comment_mode_is_public") {
      if (shown(action["value"]) == "false")
        reply.notes.emplace_back("it wrote an internal note there: helpdesk note is for these");
    } else if (field != "comment_value") {
      reply.notes.push_back(fmt::format("{} = {} is no text: add --set to helpdesk send", field,
                                        ellipsize(shown(action["value"]), 60)));
    }
  }
  if (reply.text.empty()) return std::nullopt;
  return reply;
}

void dynamic_content(const json::Value& file, const json::Value& item, std::vector<ForeignReply>& replies) {
  std::string name(trim(std::string_view(item["placeholder"].as_string())));
  for (std::string_view brace : {"{{", "}}"}) name = replace_all(name, brace, "");
  name = std::string(trim(std::string_view(name)));
  if (name.starts_with("dc.")) name = name.substr(3);
  for (const json::Value& variant : item["variants"].items()) {
    if (variant.has("active") && !variant["active"].as_bool(true)) continue;
    ForeignReply reply;
    reply.id = fmt::format("dc-{}-{}", item["id"].id_text(), variant["id"].id_text());
    reply.title = item["name"].as_string();
    reply.name = "dc/" + name;
    reply.language = language_of(file, variant);
    reply.text = variant["content"].as_string();
    if (reply.language.empty())
      reply.notes.push_back(
          fmt::format("locale {} is not known here: put the list of /api/v2/locales into the "
                      "file as \"locales\"",
                      variant["locale_id"].id_text()));
    replies.push_back(std::move(reply));
  }
}

Result<std::vector<ForeignReply>> read(const json::Value& file) {
  std::vector<ForeignReply> replies;
  for (const json::Value& record : TRY(records_in(file, {"macros", "macro", "items", "item"}))) {
    if (record.has("variants"))
      dynamic_content(file, record, replies);
    else if (auto reply = macro(record))
      replies.push_back(std::move(*reply));
  }
  return replies;
}

std::string to_liquid(std::string_view text, const System&) { return std::string(text); }

} // namespace

extern const System k_zendesk;
constinit const System k_zendesk{"zendesk", "Zendesk", "macros.json or dynamic content of its API",
                                 {},        &read,     &to_liquid};

} // namespace helpdesk::reply::foreign
