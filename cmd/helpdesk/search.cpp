#include "app/app.hpp"
#include "app/columns.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command search_command;
namespace {

constexpr cli::Argument k_arguments[] = {
    {"QUERY", cli::ValueKind::query, "words, \"phrases\", fields, -not, or", cli::Arity::at_least_one}};
constexpr cli::Flag k_flags[] = {
    {"limit", 'l', cli::ValueKind::integer, "N", "at most this many messages (20)"},
    {"best", 0, cli::ValueKind::none, "", "best matches first instead of newest"},
    {"count", 'c', cli::ValueKind::none, "", "print only how many messages match"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk search printer paper", "messages with both words, newest first"},
    {"helpdesk search 'from:kari \"blue screen\" -refund'", "a phrase from somebody, without a word"},
    {"helpdesk search --count lang:nb after:2w", "how many messages in a language since two weeks"},
};
constexpr cli::FieldDoc k_fields[] = {{"number", "the ticket's number"},    {"time", "when it was written"},
                                      {"author", "who wrote it"},           {"subject", "its subject"},
                                      {"snippet", "text around the match"}, {"message", "the message's key"}};

Result<int> run(app::App& app, const cli::Invocation& call) {
  std::string text = join(call.argument_list("QUERY"), " ");
  store::Query query = TRY(store::parse_query(text, app.now(), app.zone()));
  store::Store* store = TRY(app.store(store::Access::read));
  if (call.has("count")) {
    TRY(app.write(fmt::format("{}\n", TRY(store->count_messages(query, app.now())))));
    return 0;
  }
  int limit = 20;
  if (auto given = call.get("limit")) limit = static_cast<int>(std::stol(*given));
  auto hits = TRY(store->search(query, call.has("best") ? store::Ranking::best : store::Ranking::newest,
                                limit, app.now()));
  auto columns = app::columns_of(k_fields, {"#", "when", "from", "subject", "text", "key"});
  for (std::size_t i = 2; i < columns.size(); ++i) columns[i].flexible = true;
  columns[0].align = render::Align::right;
  columns[0].keep = columns[3].keep = 9;
  columns[4].keep = 8;
  columns[5].shown = false;
  auto rows = TRY(app.rows(columns, "no message matches"));
  for (const store::SearchHit& hit : hits) {
    render::Row row;
    row.emplace_back(hit.number);
    row.emplace_back(hit.time);
    row.emplace_back(hit.author);
    row.emplace_back(hit.subject);
    row.emplace_back(hit.snippet);
    row.emplace_back(hit.message);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

} // namespace

constinit const cli::Command search_command{
    "search",
    "work",
    "find messages by their words",
    "Searches subjects, texts, names and attachment names of every message. Accents, case and spelling "
    "variants (ø, oe, ö; å, aa; ß, ss; ё, е; "
    "Esperanto cx) do not matter; word* finds every word that begins so.\n\n"
    "Fields: from: to: subject: tag: status: channel: account: assignee: before: after: waiting: silent: "
    "has:attachment is: lang: id:. "
    "Terms are joined with and; or, -word and parentheses do what they say.",
    k_arguments,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run,
};

} // namespace helpdesk
