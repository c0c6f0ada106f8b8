// The third-party mails with an expected parse beside them, each with LF and with CRLF line ends.
#include "base/text.hpp"
#include "mime/mail.hpp"
#include "unit/mime/support.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace helpdesk;
using namespace helpdesk::mime;
using Json = nlohmann::json;

namespace {

const Json* header(const Json& part, std::string_view name) {
  const Json* found = nullptr;
  for (const Json& h : part["headers"])
    if (h["name"].is_string() && h["name"] == name) found = &h["value"];
  return found;
}

void add_contacts(const Json& list, std::vector<model::Contact>& to) {
  for (const Json& a : list)
    to.push_back({a["name"].is_string() ? collapse_spaces(a["name"].get<std::string>()) : "",
                  a["address"].is_string() ? a["address"].get<std::string>() : ""});
}

std::vector<model::Contact> contacts(const Json& part, std::string_view name) {
  std::vector<model::Contact> result;
  const Json* value = header(part, name);
  if (!value || !value->is_object() || !value->contains("Address")) return result;
  const Json& address = (*value)["Address"];
  if (address.contains("List")) add_contacts(address["List"], result);
  if (address.contains("Group"))
    for (const Json& group : address["Group"]) add_contacts(group["addresses"], result);
  return result;
}

// One line a difference.
// Where the expected file is arguable: what it says, what the RFC says instead.
struct Arguable {
  std::string_view file, says, instead, why;
};
constexpr Arguable k_arguable[] = {
    {"000", std::string_view("\0", 1), "\xEF\xBF\xBD",
     "RFC 5322 section 4.1: NUL is no text; readers of text must not meet it"},
    {"005", "invalid", "invalid--1--", "RFC 2046 section 5.1.1: a delimiter stands at the start of a line"},
};
// Expected: one attachment. RFC 2046 section 5.1.2: the outer delimiter ends whatever is unfinished inside,
// so there are three.
constexpr std::string_view k_three_mails = "015";

std::vector<std::string> differences(const Json& want, const Mail& mail, std::string_view file) {
  std::vector<std::string> found;
  const auto same = [&](std::string_view what, const auto& expected, const auto& is) {
    if (!(expected == is)) found.emplace_back(what);
  };
  const Json& root = want["parts"][0];
  const auto text_of = [](const Json* v) {
    return v && v->is_object() && v->contains("Text") ? collapse_spaces((*v)["Text"].get<std::string>())
                                                      : std::string();
  };
  same("subject", text_of(header(root, "subject")), collapse_spaces(mail.subject));
  const auto addresses = [&](std::string_view what, std::vector<model::Contact> is) {
    std::vector<model::Contact> expected = contacts(root, what);
    for (model::Contact& c : expected)
      if (const std::size_t at = c.address.rfind('@'); at != std::string::npos)
        c.address = c.address.substr(0, at) + lower(c.address.substr(at));
    if (expected != is) {
      std::string line = std::string(what) + ":";
      for (const auto& c : expected) line += " [" + c.name + "|" + c.address + "]";
      line += " !=";
      for (const auto& c : is) line += " [" + c.name + "|" + c.address + "]";
      found.push_back(line);
    }
  };
  addresses("from", mail.from);
  addresses("to", mail.to);
  addresses("cc", mail.cc);
  const Json* date = header(root, "date");
  if (date && date->is_object() && date->contains("DateTime")) {
    const Json& d = (*date)["DateTime"];
    const Civil civil{.year = d["year"],
                      .month = d["month"],
                      .day = d["day"],
                      .hour = d["hour"],
                      .minute = d["minute"],
                      .second = d["second"]};
    const int offset = (d["tz_before_gmt"].get<bool>() ? -1 : 1) *
                       (d["tz_hour"].get<int>() * 3600 + d["tz_minute"].get<int>() * 60);
    same("date", std::optional(Zone::utc().instant(civil) - std::chrono::seconds(offset)), mail.date);
  }
  const auto body_of = [](const Json& part) -> std::string {
    const Json& body = part["body"];
    for (const char* kind : {"Text", "Html"})
      if (body.contains(kind)) return body[kind].get<std::string>();
    return {};
  };
  std::string text;
  bool html_in_text = false;
  for (const Json& index : want["text_body"]) {
    const Json& part = want["parts"][index.get<std::size_t>()];
    if (part["body"].contains("Html")) html_in_text = true;
    if (part["body"].contains("Text")) text += body_of(part) + "\n";
  }
  // Where HTML without a plain counterpart stands in the text, this parser leaves the whole text to the HTML.
  for (const Arguable& a : k_arguable)
    if (a.file == file) text = replace_all(text, a.says, a.instead);
  std::string html;
  for (const Json& index : want["html_body"])
    if (want["parts"][index.get<std::size_t>()]["body"].contains("Html"))
      html += body_of(want["parts"][index.get<std::size_t>()]);
  if (!html_in_text) {
    if (collapse_spaces(text) != collapse_spaces(mail.text))
      found.push_back("text: " + collapse_spaces(text) + " != " + collapse_spaces(mail.text));
  }
  if (html_in_text && collapse_spaces(mail.html).find(collapse_spaces(html)) == std::string::npos)
    found.push_back("html: " + collapse_spaces(html) + " != " + collapse_spaces(mail.html));
  // Attachments: names and decoded sizes. Mails inside are compared by name only: their expected form is a
  // tree, not bytes.
  std::vector<std::string> expected_files, files;
  for (const Json& index : want["attachments"]) {
    const Json& part = want["parts"][index.get<std::size_t>()];
    std::string name;
    for (const char* which : {"content_disposition", "content_type"})
      if (const Json* value = header(part, which); value && name.empty() && value->contains("ContentType") &&
                                                   (*value)["ContentType"]["attributes"].is_array())
        for (const Json& a : (*value)["ContentType"]["attributes"])
          if (name.empty() && (a["name"] == "filename" || a["name"] == "name")) name = a["value"];
    const Json& body = part["body"];
    std::string size = "mail";
    for (const char* kind : {"Binary", "InlineBinary"})
      if (body.contains(kind)) size = std::to_string(body[kind].size());
    for (const char* kind : {"Text", "Html"})
      if (body.contains(kind)) size = std::to_string(test::with_crlf(body[kind].get<std::string>()).size());
    expected_files.push_back(name + "|" + size);
  }
  for (std::size_t i = 0; i < mail.parts.size(); ++i) {
    const Part& part = mail.parts[i];
    const bool is_mail = i < expected_files.size() && expected_files[i].ends_with("|mail");
    const bool is_text =
        part.info.type.starts_with("text/") ||
        (i < expected_files.size() &&
         expected_files[i].ends_with("|" + std::to_string(test::with_crlf(part.content).size())));
    const bool named = i < expected_files.size() && !expected_files[i].starts_with("|");
    files.push_back(
        (named ? part.info.name : "") + "|" +
        (is_mail ? "mail"
                 : std::to_string(is_text ? test::with_crlf(part.content).size() : part.content.size())));
  }
  if (file == k_three_mails) {
    expected_files.resize(1);
    files.resize(std::min<std::size_t>(files.size(), 1));
    same("three mails inside", std::size_t{3}, mail.parts.size());
  }
  if (files != expected_files) {
    found.push_back("files: " + join(expected_files, ", ") + " != " + join(files, ", "));
  }
  return found;
}

} // namespace

TEST(ExpectedJson, ThirdPartyMails) {
  const auto data = test::shared_data("mime-rfc-thirdparty/eml");
  if (!data) GTEST_SKIP() << "shared data mime-rfc-thirdparty is not there";
  int files = 0, equal = 0;
  for (const char* folder : {"rfc", "thirdparty"})
    for (const auto& entry : std::filesystem::directory_iterator(*data / folder)) {
      if (entry.path().extension() != ".eml") continue;
      for (const bool crlf : {false, true}) {
        const std::string raw = test::slurp(entry.path());
        const auto mail = parse_mail(crlf ? test::with_crlf(raw) : raw);
        ASSERT_TRUE(mail) << mail.error().message;
        std::filesystem::path json = entry.path();
        json.replace_extension(crlf ? ".crlf.json" : ".json");
        const std::vector<std::string> found =
            differences(Json::parse(test::slurp(json)), *mail,
                        std::string(folder) == "thirdparty" ? entry.path().stem().string() : "");
        ++files;
        equal += found.empty();
        if (!found.empty()) printf("%s %s\n", json.c_str(), join(found, "\n    ").c_str());
      }
    }
  EXPECT_EQ(files, 60);
  EXPECT_GE(equal, 57);
}
