#include "render/junit.hpp"

#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::render {
namespace {

// Line ends stay where a text may have several lines.
std::string xml(std::string_view text, bool keep_lines = false) {
  std::string out;
  bool first = true;
  for (std::string_view line : keep_lines ? split(text, '\n') : std::vector<std::string_view>{text}) {
    if (!first) out += '\n';
    first = false;
    for (char c : plain_line(line)) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: out += c;
      }
  }
  return out;
}

} // namespace

std::string plain_line(std::string_view text) {
  std::string clean = clean_utf8(text), out;
  for (std::size_t pos = 0; pos < clean.size();) {
    char32_t c = next_code_point(clean, pos);
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    bool is_hidden = c == 0x61C || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069) || c == 0xFFFE || c == 0xFFFF;
    if (is_hidden) continue;
    append_utf8(out, is_control ? U' ' : c);
  }
  return out;
}

std::string junit(std::string_view suite, const std::vector<JunitCase>& cases, Instant now) {
  auto count = [&](JunitCase::Result result) {
    return std::count_if(cases.begin(), cases.end(),
                         [&](const JunitCase& one) { return one.result == result; });
  };
  std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", cases.size(),
                                   count(JunitCase::Result::failure), count(JunitCase::Result::error));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts + ">\n";
  out += fmt::format("  <testsuite name=\"{}\" {} skipped=\"0\" time=\"0\" timestamp=\"{}\">\n", xml(suite),
                     counts, format_rfc3339(now, Zone::utc()));
  for (const JunitCase& one : cases) {
    out += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", xml(one.class_name),
                       xml(one.name));
    if (one.result == JunitCase::Result::passed) {
      out += one.text.empty() ? "/>\n"
                              : fmt::format(">\n      <system-out>{}</system-out>\n    </testcase>\n",
                                            xml(one.text, true));
      continue;
    }
    out += fmt::format(">\n      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n    </testcase>\n",
                       one.result == JunitCase::Result::failure ? "failure" : "error", xml(one.type),
                       xml(one.message), xml(one.text, true));
  }
  return out + "  </testsuite>\n</testsuites>\n";
}

} // namespace helpdesk::render
