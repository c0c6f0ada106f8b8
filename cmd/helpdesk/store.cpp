#include "app/app.hpp"
#include "base/text.hpp"

namespace helpdesk {
extern const cli::Command store_command, store_info_command, store_verify_command, store_backup_command;
namespace {

using render::Column;

constexpr cli::Example k_info_examples[] = {{"helpdesk store info", "how much is stored, and where"}};

Result<int> run_info(app::App& app, const cli::Invocation&) {
  store::Info info = TRY(TRY(app.store(store::Access::read))->info());
  render::Facts facts;
  facts.key = "store";
  auto add = [&](std::string key, std::string title, render::Value value) {
    Column column{std::move(key), std::move(title)};
    column.time_style = render::TimeStyle::minute;
    facts.rows.emplace_back(std::move(column), render::Cell(std::move(value)));
  };
  add("path", "Path", info.path);
  add("tickets", "Tickets", info.tickets);
  add("messages", "Messages", info.messages);
  add("people", "People", info.people);
  add("attachments", "Attachments", info.attachments);
  add("records", "Raw records", info.records);
  add("journal_entries", "Journal entries", info.journal_entries);
  add("oldest", "Oldest message", info.oldest);
  add("newest", "Newest message", info.newest);
  add("bytes", "Bytes on disk", static_cast<std::int64_t>(info.bytes));
  add("schema", "Schema", info.schema);
  add("derived", "Derived version", info.derived);
  render::Document document;
  document.kind = "store";
  document.zone = app.zone();
  document.now = app.now();
  document.sections.push_back({"", "", {std::move(facts)}});
  TRY(app.show(document));
  return 0;
}

constexpr cli::Flag k_verify_flags[] = {
    {"dump", 0, cli::ValueKind::none, "", "also write the content line by line, in one canonical order"},
};
constexpr cli::Example k_verify_examples[] = {
    {"helpdesk store verify", "is the store sound, and what is its digest"},
};

Result<int> run_verify(app::App& app, const cli::Invocation& call) {
  store::Store* store = TRY(app.store(store::Access::read));
  Result<void> written;
  std::string block;
  auto flush = [&] {
    if (written && !block.empty()) written = app.write(block);
    block.clear();
  };
  std::function<void(std::string_view)> dump;
  if (call.has("dump"))
    dump = [&](std::string_view line) {
      block += terminal::defuse(line, true);
      block += '\n';
      if (block.size() > 65536) flush();
    };
  store::VerifyReport report = TRY(store->verify(dump));
  block += "digest\t" + report.digest + "\n";
  for (const std::string& problem : report.problems)
    block += "problem\t" + terminal::defuse_line(problem) + "\n";
  flush();
  TRY(written);
  if (report.problems.empty()) return 0;
  app.warn("the store is damaged: helpdesk store rebuild derives what can be derived again");
  return 1;
}

constexpr cli::Argument k_backup_arguments[] = {
    {"FILE", cli::ValueKind::path, "where to put the copy; must not exist"}};
constexpr cli::Example k_backup_examples[] = {{"helpdesk store backup desk.db", "a copy of the whole store"}};

Result<int> run_backup(app::App& app, const cli::Invocation& call) {
  TRY(TRY(app.store(store::Access::read))->backup(call.argument("FILE")));
  return 0;
}

} // namespace

constinit const cli::Command store_command{"store",
                                           "set up",
                                           "look after the local copy",
                                           "The store keeps what arrived, compressed, and a journal of what "
                                           "was done here. Everything else is derived from these two.",
                                           {},
                                           {},
                                           {},
                                           cli::Output::none,
                                           {},
                                           nullptr};

constinit const cli::Command store_info_command{
    "store info", "set up",        "say what is stored and where", "", {},
    {},           k_info_examples, cli::Output::document,          {}, &run_info};

constinit const cli::Command store_verify_command{
    "store verify",
    "set up",
    "check the store and print its digest",
    "Two stores that hold the same conversations and the same work have the same digest, however they came "
    "to it. A damaged store ends with "
    "exit code 1 and one line a problem.",
    {},
    k_verify_flags,
    k_verify_examples,
    cli::Output::text,
    {},
    &run_verify};

constinit const cli::Command store_backup_command{
    "store backup",
    "set up",
    "copy the store to a file",
    "Works while a pull runs. The journal is in no other place than the store: only a backup brings it back.",
    k_backup_arguments,
    {},
    k_backup_examples,
    cli::Output::none,
    {},
    &run_backup};

} // namespace helpdesk
