// A folder of log files, an account that reads them, and what comes out.
#pragma once

#include "backend/table/table.hpp"
#include "base/file.hpp"
#include "support/test_sink.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace helpdesk::test {

class TableFolder {
 public:
  TableFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "helpdesk-table-XXXXXX").string();
    if (!mkdtemp(pattern.data())) std::abort();
    path = pattern;
    settings.account = "log";
    settings.kind = "table";
  }
  TableFolder(const TableFolder&) = delete;
  TableFolder& operator=(const TableFolder&) = delete;
  ~TableFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string file(const std::string& name, std::string_view text) const {
    std::ofstream(path + "/" + name, std::ios::binary) << text;
    return path + "/" + name;
  }
  void append(const std::string& name, std::string_view text) const {
    std::ofstream(path + "/" + name, std::ios::binary | std::ios::app) << text;
  }
  void set(std::vector<std::pair<std::string, std::string>> values) {
    for (auto& [key, value] : values) settings.values[key] = value;
  }
  Result<void> try_pull(TestSink& sink, bool full = false) const {
    auto opened = backend::k_table_kind.open(settings, {});
    if (!opened) return Failure(opened.error());
    backend::PullOptions options;
    options.full = full;
    return (*opened)->pull(options, sink);
  }
  void pull(TestSink& sink, bool full = false) const {
    auto done = try_pull(sink, full);
    ASSERT_TRUE(done) << done.error().message;
  }
  // Everything that is stored, decoded.
  backend::Decoded decode(const TestSink& sink) const {
    backend::Decoded all;
    for (const auto& [key, record] : sink.records) {
      auto one = backend::k_table_kind.decode(settings, record);
      if (!one) {
        defects.push_back(one.error().message);
        continue;
      }
      std::move(one->tickets.begin(), one->tickets.end(), std::back_inserter(all.tickets));
      std::move(one->messages.begin(), one->messages.end(), std::back_inserter(all.messages));
      std::move(one->events.begin(), one->events.end(), std::back_inserter(all.events));
      std::move(one->people.begin(), one->people.end(), std::back_inserter(all.people));
      std::move(one->deleted_tickets.begin(), one->deleted_tickets.end(),
                std::back_inserter(all.deleted_tickets));
    }
    return all;
  }
  std::vector<std::string> remarks(TestSink& sink) const {
    std::vector<std::string> said;
    auto found = backend::k_table_kind.remarks([&](std::string_view stream) { return sink.cursor(stream); });
    if (found)
      for (const backend::Remark& remark : *found) said.push_back(remark.check + ": " + remark.text);
    return said;
  }

  std::string path;
  backend::Settings settings;
  mutable std::vector<std::string> defects;
};

// "2026-01-05T10:00:00Z field event Called" for each event of a ticket, in order.
inline std::vector<std::string> told(const backend::Decoded& decoded, std::string_view ticket) {
  std::vector<std::string> lines;
  for (const model::Event& e : decoded.events) {
    if (!e.ticket.ends_with(":" + std::string(ticket))) continue;
    std::string line = format_rfc3339(e.time, Zone::utc()) + " " + std::string(model::text(e.kind));
    for (const std::string& word : {e.field, e.from, e.to})
      if (!word.empty()) line += " " + word;
    lines.push_back(line);
  }
  return lines;
}

} // namespace helpdesk::test
