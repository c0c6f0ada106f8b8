#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

std::string host_of(std::string_view link) {
  std::size_t scheme = link.find("://");
  if (scheme != link.npos) link.remove_prefix(scheme + 3);
  link = link.substr(0, link.find_first_of("/?#"));
  if (std::size_t sign = link.rfind('@'); sign != link.npos) link.remove_prefix(sign + 1);
  if (!link.starts_with('[')) link = link.substr(0, link.find(':'));
  return ascii_lower(link);
}

bool is_private(const std::string& host, const std::vector<std::string>& more) {
  if (host == "localhost" || host == "[::1]" || host == "0.0.0.0" || host.starts_with("127.") ||
      host.starts_with("10.") || host.starts_with("192.168.") || host.starts_with("169.254."))
    return true;
  if (host.starts_with("172.")) {
    int second = 0;
    for (std::size_t i = 4; i < host.size() && host[i] >= '0' && host[i] <= '9' && i < 7; ++i)
      second = second * 10 + (host[i] - '0');
    if (second >= 16 && second <= 31) return true;
  }
  for (std::string_view end : {".local", ".internal", ".lan", ".intranet", ".localhost", ".corp"})
    if (host.ends_with(end)) return true;
  return std::any_of(more.begin(), more.end(),
                     [&](const std::string& one) { return host == one || host.ends_with("." + one); });
}

bool has_placeholder(std::string_view link) {
  for (std::string_view mark :
       {"{{", "%7B%7B", "%7b%7b", "{", "[id]", "[ID]", "YOUR_", "your-id", "<", "XXXX"})
    if (link.find(mark) != link.npos) return true;
  return false;
}

// "[text](target)": what the customer reads beside where it leads.
void markdown_links(Check& check) {
  std::string_view text = check.reading.text;
  for (std::size_t at = text.find("]("); at != text.npos; at = text.find("](", at + 2)) {
    std::size_t close = text.substr(at, 600).find(')');
    std::size_t from = at < 200 ? 0 : at - 200;
    std::size_t open = text.substr(from, at - from).rfind('[');
    if (close == std::string_view::npos || open == std::string_view::npos) continue;
    open += from;
    std::string_view shown = text.substr(open + 1, at - open - 1),
                     target = trim(text.substr(at + 2, close - 2));
    if (target.empty() || target == "#" || target == "https://" || target == "http://") {
      check.add(open, at + close + 1, "a link that leads nowhere", "put the address in");
      continue;
    }
    if (shown.find("://") == shown.npos && !starts_with_ignoring_case(shown, "www.")) continue;
    auto bare = [](const std::string& host) { return host.starts_with("www.") ? host.substr(4) : host; };
    if (bare(host_of(shown)) != bare(host_of(target)))
      check.add(open, at + close + 1,
                fmt::format("the link shows {} and leads to {}", host_of(shown), host_of(target)),
                "show where it leads");
  }
}

void run(Check& check) {
  const Reading& reading = check.reading;
  markdown_links(check);
  std::map<std::string, std::string, std::less<>> secure; // host -> an https link to it
  for (const Mask& mask : reading.masks)
    if (mask.kind == MaskKind::link) {
      std::string_view link = reading.text.substr(mask.begin, mask.end - mask.begin);
      if (starts_with_ignoring_case(link, "https://")) secure.emplace(host_of(link), link);
    }
  for (const Mask& mask : reading.masks) {
    if (mask.kind != MaskKind::link) continue;
    std::string_view link = reading.text.substr(mask.begin, mask.end - mask.begin);
    std::string host = host_of(link);
    auto add = [&](std::string message, std::string suggestion, Severity severity) {
      check.add(mask.begin, mask.end, std::move(message), std::move(suggestion)).severity = severity;
    };
    if (host.empty()) {
      add("a link that leads nowhere", "put the address in", Severity::error);
    } else if (is_private(host, check.settings.private_hosts)) {
      add(fmt::format("customers cannot reach {}", host), "link to a page that is open to them",
          Severity::error);
    } else if (link.find("/agent/tickets") != link.npos || link.find("/app/accounts/") != link.npos ||
               link.find("/wp-admin") != link.npos || link.find("#ticket/zoom") != link.npos) {
      add("only agents can open this page", "link to a page that is open to customers", Severity::error);
    } else if (has_placeholder(link)) {
      add("something in this link was not filled in", "put the real address in", Severity::error);
    } else if (starts_with_ignoring_case(link, "http://")) {
      add(secure.contains(host) ? fmt::format("unencrypted, where {} is linked encrypted as well", host)
                                : std::string("unencrypted"),
          "write https://", Severity::warning);
    } else if (std::count(link.begin(), link.end(), '(') > std::count(link.begin(), link.end(), ')') &&
               reading.text.substr(mask.end).substr(0, 1) != ")") {
      add("a bracket in this link is not closed", "close it, or take it out", Severity::warning);
    } else if (std::size_t first = link.find("utm_source=");
               first != link.npos && link.find("utm_source=", first + 1) != link.npos) {
      add("the link carries its tracking twice", "cut it behind the \"?\"", Severity::warning);
    }
  }
}

} // namespace

constinit const Rule k_hd022{{"HD022", "links", Severity::error, "links work",
                              "A link is an answer only if it opens for somebody who is not one of us.",
                              "http://localhost:8080/orders", "https://example.org/guide", "", false},
                             {},
                             &run};

} // namespace helpdesk::lint
