// Small helpers of the renderer tests: text of a document or of rows, and a corpus of hostile text.
#pragma once

#include "render/render.hpp"

#include <string>
#include <vector>

namespace helpdesk::render::test {

inline Instant at(std::int64_t seconds) { return instant_of_seconds(seconds); }
inline constexpr std::int64_t k_monday = 1767600000; // 2026-01-05 08:00 UTC

inline Options options_of(Format format) {
  Options options;
  options.format = format;
  options.now = at(k_monday);
  return options;
}

inline std::string text_of(const Document& document, const Options& options) {
  std::string out;
  auto done = render(document, options, [&](std::string_view bytes) {
    out += bytes;
    return Result<void>();
  });
  return done ? out : "error: " + done.error().message;
}

inline std::string text_of(const std::vector<Column>& columns, std::vector<Row> rows, const Options& options,
                           std::string empty = "") {
  std::string out;
  auto writer = open_rows(
      columns, options,
      [&](std::string_view bytes) {
        out += bytes;
        return Result<void>();
      },
      std::move(empty));
  for (Row& row : rows)
    if (auto done = writer->row(std::move(row)); !done) return "error: " + done.error().message;
  if (auto done = writer->finish(); !done) return "error: " + done.error().message;
  return out;
}

inline Column column(std::string key, std::string title, Align align = Align::left) {
  Column c;
  c.key = std::move(key);
  c.title = std::move(title);
  c.align = align;
  return c;
}

// Terminal, bidi, formula, HTML, Markdown and Liquid payloads.
const std::vector<std::string>& payloads();

} // namespace helpdesk::render::test
