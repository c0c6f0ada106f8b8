#include "app/app.hpp"
#include "base/text.hpp"
#include "cli/table.hpp"

namespace helpdesk {
extern const cli::Command backend_command, backend_list_command, backend_show_command;
namespace {

using render::Column;

std::string abilities(const backend::Capabilities& can) {
  std::vector<std::string> words;
  auto add = [&](bool has, const char* word) {
    if (has) words.emplace_back(word);
  };
  add(can.incremental, "incremental");
  add(can.events, "events");
  add(can.reply, "reply");
  add(can.notes, "notes");
  add(can.sets_fields, "set");
  add(can.drafts, "drafts");
  add(can.attachments, "attachments");
  add(can.server_search, "search");
  return join(words, ", ");
}

constexpr cli::Example k_list_examples[] = {
    {"helpdesk backend list", "the kinds of systems that can be pulled"}};
constexpr cli::FieldDoc k_list_fields[] = {{"backend", "its word in the configuration"},
                                           {"summary", "what it reads"},
                                           {"can", "what it can do, separated by commas"}};

Result<int> run_list(app::App& app, const cli::Invocation&) {
  Column name{"backend", "Backend"}, summary{"summary", "What it reads"}, can{"can", "Can"};
  name.keep = 9;
  summary.flexible = true;
  auto rows = TRY(app.rows({name, summary, can}, "no backend is built in"));
  for (const backend::Kind* kind : backend::kinds())
    TRY(rows->row({kind->name, kind->summary, abilities(kind->capabilities)}));
  TRY(rows->finish());
  return 0;
}

constexpr cli::Argument k_show_arguments[] = {{"BACKEND", cli::ValueKind::text, "kind of system"}};
constexpr cli::Example k_show_examples[] = {
    {"helpdesk backend show maildir", "the settings of an account that reads a Maildir"}};
constexpr cli::FieldDoc k_show_fields[] = {{"setting", "key below [accounts.NAME]"},
                                           {"type", "what it takes"},
                                           {"default", "its value when it is not set"},
                                           {"required", "whether an account must have it"},
                                           {"help", "what it is for"}};

Result<int> run_show(app::App& app, const cli::Invocation& call) {
  std::string wanted = call.argument("BACKEND");
  const backend::Kind* kind = backend::find_kind(wanted);
  if (!kind) {
    std::vector<std::string_view> names;
    for (const backend::Kind* one : backend::kinds()) names.push_back(one->name);
    return not_found("no backend \"" + wanted + "\"" + cli::did_you_mean(wanted, names) +
                     ": helpdesk backend list names them");
  }
  Column setting{"setting", "Setting"}, type{"type", "Type"}, fallback{"default", "Default"},
      required{"required", "Required"}, help{"help", "What it is for"};
  setting.keep = 9;
  help.flexible = true;
  auto rows = TRY(app.rows({setting, type, fallback, required, help}, "it has no settings"));
  for (const backend::SettingKey& key : kind->keys)
    TRY(rows->row({key.name, replace_all(key.type, "choice:", ""), key.fallback, key.required, key.help}));
  TRY(rows->finish());
  return 0;
}

} // namespace

constinit const cli::Command backend_command{
    "backend",
    "set up",
    "the kinds of systems that can be pulled",
    "A backend is a kind of system; an account is one configured instance of it.",
    {},
    {},
    {},
    cli::Output::none,
    {},
    nullptr};

constinit const cli::Command backend_list_command{
    "backend list", "set up", "name the kinds of systems", "", {}, {}, k_list_examples, cli::Output::rows,
    k_list_fields,  &run_list};

constinit const cli::Command backend_show_command{"backend show",
                                                  "set up",
                                                  "list the settings of one kind",
                                                  "",
                                                  k_show_arguments,
                                                  {},
                                                  k_show_examples,
                                                  cli::Output::rows,
                                                  k_show_fields,
                                                  &run_show};

} // namespace helpdesk
