#include "reply/template_stats.hpp"

#include "app/columns.hpp"
#include "app/drafting.hpp"
#include "app/reporting.hpp"
#include "cli/command.hpp"
#include "metrics/collect.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk {
extern const cli::Command template_stats_command;
namespace {

constexpr cli::Argument k_name[] = {
    {"NAME", cli::ValueKind::template_, "only this template", cli::Arity::optional}};
constexpr cli::Flag k_flags[] = {
    {"since", 0, cli::ValueKind::instant, "WHEN", "only replies that left at or after this time"},
    {"until", 0, cli::ValueKind::instant, "WHEN", "only replies that left before this time"},
};
constexpr cli::Example k_examples[] = {
    {"helpdesk template stats", "which templates answer, and after which customers ask again"},
    {"helpdesk template stats --since 90d --format csv", "of the last three months, for a spreadsheet"},
};
constexpr cli::FieldDoc k_fields[] = {
    {"template", "name; empty: replies that began without one"},
    {"sent", "replies that began with it and left"},
    {"asked_again",
     "share of them after which the customer asked something within 7 days; younger ones, to which "
     "nobody came back yet, are not decided"},
    {"asked_again_n", "how many are decided"},
    {"reopened", "share of the tickets solved after it that were not solved any more within 7 days"},
    {"reopened_n", "how many are decided"},
    {"to_close",
     "median time from the reply until the ticket was solved, by Kaplan-Meier, in seconds; open tickets "
     "count as open; null when fewer than half were solved"},
    {"closed", "how many were solved after it"},
    {"last", "when it last left"}};

render::Cell share_cell(const reply::DecidedShare& share) {
  auto value = share.share();
  if (!value) return {};
  return {render::Value(*value), render::Emphasis::plain, fmt::format("{:.0f} %", *value * 100)};
}

render::Cell close_cell(const metrics::Sample& sample) {
  if (sample.size() == 0) return {};
  metrics::Summary summary = metrics::summarise(sample);
  if (!summary.median.value)
    return {render::Value(), render::Emphasis::quiet,
            "> " + format_duration(Duration(static_cast<std::int64_t>(summary.longest * 1e6)))};
  Duration median(static_cast<std::int64_t>(*summary.median.value * 1e6));
  return {render::Value(median), render::Emphasis::plain, format_duration(median)};
}

Result<int> run(app::App& app, const cli::Invocation& call) {
  reply::TemplateStatsOptions options;
  options.now = app.now();
  auto [since, until] = TRY(app::asked_period(app, call));
  options.since = since;
  options.until = until;
  std::string only = call.argument("NAME");
  auto files = TRY(reply::load_templates(TRY(app::template_directory(app))));
  store::Store* store = TRY(app.store(store::Access::read));
  auto all = TRY(reply::template_stats(*store, options));
  // A template that nobody uses is news too.
  for (const reply::TemplateFile& file : files)
    if (!file.is_block() &&
        std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.name == file.name; })) {
      all.emplace_back();
      all.back().name = file.name;
    }
  if (!only.empty()) {
    std::erase_if(all, [&](const auto& one) { return one.name != only; });
    if (all.empty())
      return not_found(fmt::format("no template \"{}\"; helpdesk template list names them", only));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.sent != b.sent ? a.sent > b.sent : a.name < b.name;
  });
  auto columns = app::columns_of(
      k_fields, {"template", "sent", "asked again", "of", "reopened", "of", "to close", "closed", "last"});
  for (std::size_t i = 1; i < 8; ++i) columns[i].align = render::Align::right;
  columns[0].flexible = true;
  auto rows = TRY(app.rows(columns, "no templates"));
  for (const reply::TemplateStats& one : all) {
    render::Row row;
    row.emplace_back(render::Value(one.name), render::Emphasis::plain,
                     one.name.empty() ? "(none)" : one.name);
    row.emplace_back(one.sent);
    row.push_back(share_cell(one.asked_again));
    row.emplace_back(one.asked_again.decided);
    row.push_back(share_cell(one.reopened));
    row.emplace_back(one.reopened.decided);
    row.push_back(close_cell(one.to_close));
    row.emplace_back(one.to_close.happened.size());
    row.emplace_back(one.last);
    TRY(rows->row(std::move(row)));
  }
  TRY(rows->finish());
  return 0;
}

} // namespace

constinit const cli::Command template_stats_command{
    "template stats",
    "reply",
    "say what became of replies from templates",
    "One row a template: how many replies began with it and left through helpdesk send, after how many the "
    "customer asked again, how many of the tickets solved after it were reopened, and how long it took until "
    "they were solved. A reply younger than 7 days to which nobody came back is not decided yet and is in no "
    "share. "
    "The row without a name is of replies that began without a template: what the others are to be compared "
    "with.",
    k_name,
    k_flags,
    k_examples,
    cli::Output::rows,
    k_fields,
    &run};

} // namespace helpdesk
