#include "render/rows.hpp"
#include "render/table_layout.hpp"

#include <string_view>

namespace helpdesk::render {
namespace {

// Stand-alone: no script, nothing fetched; the policy says so to the browser as well.
constexpr std::string_view k_head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
)";

constexpr std::string_view k_style = R"(<style>
:root { color-scheme: light dark; --text: #1c2024; --back: #fff; --quiet: #5b636b; --line: #d8dde2; --good: #18794e; --warn: #8f5b00; --bad: #b3261e; --bar: #3b76c4; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8ea; --back: #16181a; --quiet: #a0a8b0; --line: #363b40; --good: #5cc98f; --warn: #e8b04a; --bad: #ff8f85; --bar: #6ea4ea; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; overflow-wrap: normal; } .r { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace; }
.strong { font-weight: 600; } .quiet { color: var(--quiet); } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.notice { border-left: 4px solid var(--warn); padding: .25rem .75rem; }
svg { width: 100%; max-width: 40rem; height: auto; } svg text { fill: var(--text); font-size: 13px; } svg rect { fill: var(--bar); }
@media (max-width: 40rem) {
  thead { position: absolute; left: -100vw; } tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td { display: flex; gap: .75rem; border: 0; padding: .1rem 0; text-align: left; } td:empty { display: none; }
  td::before { content: attr(data-label); flex: 0 0 7rem; color: var(--quiet); }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
}
@media print { main { max-width: none; } }
</style>
)";

std::string class_of(const Column& column, Emphasis emphasis) {
  std::string_view name;
  switch (emphasis) {
  case Emphasis::plain: break;
  case Emphasis::strong: name = "strong"; break;
  case Emphasis::quiet: name = "quiet"; break;
  case Emphasis::good: name = "good"; break;
  case Emphasis::warn: name = "warn"; break;
  case Emphasis::bad: name = "bad"; break;
  }
  bool right = column.align == Align::right;
  if (!right && name.empty()) return {};
  return " class=\"" + std::string(right ? "r" : "") + (right && !name.empty() ? " " : "") +
         std::string(name) + "\"";
}

} // namespace

void append_html_start(std::string& out, std::string_view title) {
  out += k_head;
  out += "<title>" + html_line(title.empty() ? "helpdesk" : title) + "</title>\n";
  out += k_style;
  out += "</head>\n<body>\n<main>\n";
}

void append_html_end(std::string& out) { out += "</main>\n</body>\n</html>\n"; }

void append_html_header(std::string& out, const std::vector<Column>& columns, const Selection& selection) {
  out += "<table>\n<thead><tr>";
  for (std::size_t index : selection) {
    const Column& column = columns[index];
    out += "<th scope=\"col\"" + class_of(column, Emphasis::plain) + ">" +
           html_line(column.title.empty() ? column.key : column.title) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
}

void append_html_row(std::string& out, const std::vector<Column>& columns, const Selection& selection,
                     const Row& row, Instant now, const Zone& zone) {
  out += "<tr>";
  for (std::size_t index : selection) {
    const Column& column = columns[index];
    const Cell& cell = cell_at(row, index);
    out += "<td" + class_of(column, cell.emphasis) + " data-label=\"" +
           html_line(column.title.empty() ? column.key : column.title) + "\">" +
           escape_html(cell_text(cell, column, now, zone)) + "</td>";
  }
  out += "</tr>\n";
}

} // namespace helpdesk::render
