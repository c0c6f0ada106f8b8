#include "backend/table/cursor.hpp"

#include "json/json.hpp"

namespace helpdesk::backend::table {
namespace {

json::Value counted(const std::map<std::string, std::uint64_t>& counts) {
  json::Value object = json::Value::object();
  for (const auto& [name, n] : counts) object.set(name, n);
  return object;
}

std::map<std::string, std::uint64_t> uncounted(const json::Value& value) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [name, n] : value.members()) counts[name] = static_cast<std::uint64_t>(n.as_int());
  return counts;
}

constexpr std::pair<std::string_view, std::uint64_t Counts::*> k_counts[] = {
    {"rows", &Counts::rows},
    {"tickets", &Counts::tickets},
    {"bad", &Counts::bad},
    {"in_gap", &Counts::in_gap},
    {"in_overlap", &Counts::in_overlap},
    {"date_only", &Counts::date_only},
    {"negative", &Counts::negative},
    {"doubled", &Counts::doubled},
    {"other_charset", &Counts::other_charset}};

} // namespace

std::string Cursor::text() const {
  json::Value all = json::Value::object({{"mapping", mapping}, {"complete", complete}});
  json::Value list = json::Value::array();
  for (const ReadFile& file : files) {
    json::Value one = json::Value::object({{"part", file.part},
                                           {"path", file.path},
                                           {"size", file.stamp.size},
                                           {"modified", file.stamp.modified},
                                           {"hash", file.stamp.hash}});
    if (file.resume) {
      const Resume& resume = *file.resume;
      json::Value header = json::Value::array();
      for (const std::string& name : resume.header) header.push(name);
      one.set("resume", json::Value::object({{"shape", static_cast<int>(resume.shape)},
                                             {"delimiter", std::string(1, resume.delimiter)},
                                             {"header", std::move(header)},
                                             {"offset", resume.offset},
                                             {"line", resume.line},
                                             {"open_ticket", resume.open_ticket},
                                             {"open_line", resume.open_line},
                                             {"open_bad", resume.open_bad}}));
    }
    list.push(std::move(one));
  }
  all.set("files", std::move(list));
  json::Value counts_value = json::Value::object();
  for (const auto& [name, member] : k_counts) counts_value.set(name, counts.*member);
  counts_value.set("unknown", counted(counts.unknown));
  counts_value.set("orphans", counted(counts.orphans));
  counts_value.set("joined", counted(counts.joined));
  all.set("counts", std::move(counts_value));
  return json::dump(all);
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
  if (text.empty()) return std::nullopt;
  auto all = json::parse(text);
  if (!all || !all->is_object()) return std::nullopt;
  Cursor cursor;
  cursor.mapping = (*all)["mapping"].as_string();
  cursor.complete = (*all)["complete"].as_bool();
  auto number = [](const json::Value& value) { return static_cast<std::uint64_t>(value.as_int()); };
  for (const json::Value& one : (*all)["files"].items()) {
    ReadFile file{one["part"].as_string(),
                  one["path"].as_string(),
                  {number(one["size"]), one["modified"].as_int(), one["hash"].as_string()},
                  std::nullopt};
    const json::Value& said = one["resume"];
    if (said.is_object()) {
      Resume resume;
      resume.shape = static_cast<Shape>(said["shape"].as_int());
      resume.delimiter = said["delimiter"].as_string().empty() ? ',' : said["delimiter"].as_string().front();
      for (const json::Value& name : said["header"].items()) resume.header.push_back(name.as_string());
      resume.offset = number(said["offset"]);
      resume.line = number(said["line"]);
      resume.open_ticket = said["open_ticket"].as_string();
      resume.open_line = said["open_line"].as_string();
      resume.open_bad = said["open_bad"].as_string();
      file.resume = std::move(resume);
    }
    cursor.files.push_back(std::move(file));
  }
  const json::Value& counts = (*all)["counts"];
  for (const auto& [name, member] : k_counts) cursor.counts.*member = number(counts[name]);
  cursor.counts.unknown = uncounted(counts["unknown"]);
  cursor.counts.orphans = uncounted(counts["orphans"]);
  cursor.counts.joined = uncounted(counts["joined"]);
  return cursor;
}

} // namespace helpdesk::backend::table
