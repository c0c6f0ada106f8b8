#include "backend/table/table.hpp"

#include "backend/table/decode.hpp"
#include "backend/table/event_log/read.hpp"
#include "backend/table/files.hpp"
#include "backend/table/pull.hpp"
#include "backend/table/remarks.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace helpdesk::backend {
namespace {

constexpr std::string_view k_formats = "choice:auto|csv|tsv|ndjson|json",
                           k_encodings = "choice:auto|utf-8|utf-16le|utf-16be|latin-1",
                           k_orders = "choice:auto|ymd|dmy|mdy";

constexpr SettingKey k_keys[] = {
    {"path", "path", "",
     "the log: a file, a folder of them, or a pattern such as ~/cdr/*.csv; gzip and zstd are unpacked"},
    {"paths", "list", "", "several of them"},
    {"mapping", "text", "",
     "a ready mapping: asterisk-cdr, calls, servicenow, helpdesk-log, zendesk, zendesk-tables, freshdesk or "
     "chat; what else is set here goes above it"},
    {"rows", "choice:ticket|message|event|call|person", "", "what one row tells about; ticket when unset"},
    {"format", k_formats, "", "what the files are; told by their first bytes when unset"},
    {"encoding", k_encodings, "",
     "their characters; rows that are not UTF-8 are taken for Latin-1 when unset"},
    {"delimiter", "text", "", "what stands between cells, \"tab\" for a tab; the header tells when unset"},
    {"header", "list", "", "names of the columns, where the files have no line with them"},
    {"zone", "zone", "", "time zone of times without an offset; UTC when unset"},
    {"time_format", "list", "",
     "how times are written, such as \"%d.%m.%Y %H:%M\"; the usual forms are known"},
    {"date_order", k_orders, "",
     "what stands first in 03/04/2026; a date that could be both is refused when unset"},
    {"missing", "list", "",
     "cells that mean nothing; empty, \"?\", \"NULL\", \"null\" and \"\\N\" when unset"},
    {"columns.*", "text", "",
     "columns.FIELD names the column (of JSON the key, or a pointer such as /requester/name) with that "
     "field: ticket, id, time, event, from, to, actor, author, author_name, role, visibility, direction, "
     "subject, text, html, status, priority, queue, assignee, requester, requester_name, channel, tags, url, "
     "language, merged_into; of calls also answered, ended, duration, talked; of people name, email, phone, "
     "organisation; \"=phone\" is the same for all rows, Name#2 the second column of that name"},
    {"times.*", "text", "",
     "times.EVENT names a column with the time at which that happened: created, updated, due, solved, "
     "closed, first_reply, or a name of your own"},
    {"fields", "list", "",
     "columns to keep as custom fields, \"*\" for all that are not mapped; \"key=column\" renames"},
    {"values.*.?", "text", "",
     "values.status.\"In work\" = \"open\": what a word of the log is; for status, priority, role, channel, "
     "direction and visibility; \"*\" is every other word"},
    {"events.?", "text", "",
     "events.\"Resolve ticket\" = \"status solved\": what an event does beside standing in the timeline: "
     "status, priority, assign, queue, tag, reply, note, ask, created, spam, delete, worklog, rating or "
     "none; several separated by semicolons"},
    {"max_bad", "text", "", "share of rows that may be unreadable before nothing is taken; 5% when unset"},
    {"page_size", "integer", "", "tickets stored at a time; 2000 when unset"},
    {"files.*.path", "text", "",
     "files.NAME is one of several files that belong together, joined by the ticket's id: its path, below "
     "that of the account"},
    {"files.*.paths", "list", "", "several paths for this file, those that are there are read"},
    {"files.*.rows", "choice:ticket|message|event|call|person", "", "what one row of this file tells about"},
    {"files.*.format", k_formats, "", "as format, for this file"},
    {"files.*.encoding", k_encodings, "", "as encoding, for this file"},
    {"files.*.delimiter", "text", "", "as delimiter, for this file"},
    {"files.*.header", "list", "", "as header, for this file"},
    {"files.*.zone", "zone", "", "as zone, for this file"},
    {"files.*.time_format", "list", "", "as time_format, for this file"},
    {"files.*.date_order", k_orders, "", "as date_order, for this file"},
    {"files.*.missing", "list", "", "as missing, for this file"},
    {"files.*.columns.*", "text", "", "as columns, for this file"},
    {"files.*.times.*", "text", "", "as times, for this file"},
    {"files.*.fields", "list", "", "as fields, for this file"},
    {"files.*.values.*.?", "text", "", "as values, for this file"},
    {"files.*.events.?", "text", "", "as events, for this file"},
};
constexpr Capabilities k_capabilities{.incremental = true, .events = true, .sends_status = true};

class TableBackend : public ReadOnlyBackend {
 public:
  TableBackend(Settings settings, std::shared_ptr<const table::Mapping> mapping)
      : settings_(std::move(settings)), mapping_(std::move(mapping)) {}

  const Capabilities& capabilities() const override { return k_capabilities; }

  Result<CheckReport> check() override {
    auto files = TRY(table::find_files(*mapping_));
    CheckReport report;
    table::Scanner scanner(*mapping_, 32 << 20);
    for (const table::LogFile& file : files) {
      report.identity += (report.identity.empty() ? "" : ", ") + file.path;
      std::uint64_t rows = scanner.counts.rows, bad = scanner.counts.bad;
      TRY(scanner.read(file, nullptr));
      report.facts.push_back(fmt::format(
          "{}: {} rows{}", mapping_->parts[file.part].name, scanner.counts.rows - rows,
          scanner.counts.bad > bad ? fmt::format(", {} of them unreadable", scanner.counts.bad - bad) : ""));
    }
    TRY(table::check_share(*mapping_, scanner.counts, scanner.bad.rows()));
    return report;
  }

  Result<void> pull(const PullOptions& options, Sink& sink) override {
    return table::Puller(settings_, *mapping_, options, sink).run();
  }

 private:
  Settings settings_;
  std::shared_ptr<const table::Mapping> mapping_;
};

// NOLINTNEXTLINE(performance-unnecessary-value-param): as Kind wants it; files need no secrets
Result<std::unique_ptr<Backend>> open(const Settings& settings, Secrets) {
  auto mapping = TRY(table::mapping_of(settings));
  return std::unique_ptr<Backend>(std::make_unique<TableBackend>(settings, std::move(mapping)));
}

bool sends_status(const Settings& settings) {
  auto mapping = table::cached_mapping(settings);
  return mapping && (*mapping)->sends_status;
}

} // namespace

const Kind k_table_kind{.name = "table",
                        .summary =
                            "logs in files: tickets, events, messages or calls as CSV, TSV, NDJSON or JSON",
                        .keys = k_keys,
                        .capabilities = k_capabilities,
                        .open = open,
                        .decode = table::decode,
                        .record_of = [](std::string_view id) { return table::record_key("ticket", id); },
                        .sends_status = sends_status,
                        .read_events = table::read_event_log,
                        .remarks = table::remarks};

} // namespace helpdesk::backend
