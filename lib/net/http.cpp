#include "net/http.hpp"

#include "base/process.hpp"
#include "base/text.hpp"
#include "net/curl.hpp"

#include <algorithm>

#include <curl/curl.h>
#include <fmt/format.h>

namespace helpdesk::net {
namespace {

constexpr int k_redirects = 5;
constexpr std::size_t k_header_lines = 1000, k_header_bytes = 64 * 1024;

bool breaks_lines(std::string_view s) {
  return s.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

struct Receiving {
  HttpResponse response;
  std::uint64_t limit = 0;
  bool over_limit = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& r = *static_cast<Receiving*>(user);
  if (r.response.body.size() + size * count > r.limit) {
    r.over_limit = true;
    return 0;
  }
  r.response.body.append(data, size * count);
  return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& r = *static_cast<Receiving*>(user);
  const std::string_view line = trim(std::string_view(data, size * count));
  if (line.starts_with("HTTP/")) r.response.headers.clear(); // a new answer: 100 Continue before the real one
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && r.response.headers.size() < k_header_lines &&
      line.size() < k_header_bytes)
    r.response.headers.emplace_back(ascii_lower(line.substr(0, colon)),
                                    std::string(trim(line.substr(colon + 1))));
  return size * count;
}

int stop_when_interrupted(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return interrupted() ? 1 : 0;
}

} // namespace

struct HttpClient::State {
  std::unique_ptr<curl::Easy> easy;
};

HttpClient::HttpClient(HttpSettings settings)
    : settings_(std::move(settings)), state_(std::make_unique<State>()) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

std::string HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return "";
}

std::string origin_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return "";
  const std::string scheme = ascii_lower(url.substr(0, colon));
  if (scheme != "https" && scheme != "http") return "";
  std::string_view rest = url.substr(colon + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  // Parsers differ about these; none belongs into an address that gets a token.
  if (authority.empty() || authority.find_first_of("@\\ \t\r\n%") != std::string_view::npos) return "";
  std::string host = ascii_lower(authority);
  const std::size_t port = host.rfind(':');
  const bool has_port = port != std::string::npos && host.find(']', port) == std::string::npos;
  if (has_port && port + 1 == host.size())
    host.pop_back();
  else if (has_port)
    return scheme + "://" + host;
  return scheme + "://" + host + (scheme == "https" ? ":443" : ":80");
}

std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields) {
  const auto encode = [](std::string_view s) {
    std::string out;
    for (const char c : s) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         c == '-' || c == '_' || c == '.' || c == '~';
      if (plain)
        out += c;
      else
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
  };
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + encode(name) + "=" + encode(value);
  return out;
}

Result<HttpResponse> HttpClient::exchange(const HttpRequest& request, std::string& redirect) {
  const std::string origin = origin_of(request.url);
  if (origin.empty())
    return usage_error(fmt::format("\"{}\" is not an http or https address", clean_utf8(request.url)));
  const std::string host_port = origin.substr(origin.find("://") + 3);
  std::string host = host_port.substr(0, host_port.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (origin.starts_with("http://") && !settings_.insecure && !is_loopback(host))
    return usage_error(fmt::format("{}: plain http would send secrets in clear: use https", origin));
  for (const auto& [name, value] : request.headers)
    if (breaks_lines(name) || breaks_lines(value))
      return usage_error(fmt::format("header {} holds a line end", clean_utf8(name)));

  if (!state_->easy) state_->easy = std::make_unique<curl::Easy>(TRY(curl::Easy::create()));
  curl::Easy& easy = *state_->easy;
  Receiving receiving{.response = {}, .limit = request.body_limit};
  easy.set(CURLOPT_URL, request.url);
  easy.set(CURLOPT_PROTOCOLS_STR, "http,https");
  easy.set(CURLOPT_FOLLOWLOCATION, 0L);
  easy.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings_.ca_file.empty()) easy.set(CURLOPT_CAINFO, settings_.ca_file);
  easy.set(CURLOPT_USERAGENT, settings_.user_agent);
  easy.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.timeouts.connect_ms));
  easy.set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeouts.connect_ms) + settings_.timeouts.idle_ms);
  std::vector<std::string> headers{"Expect:"}; // no waiting for 100 Continue
  for (const auto& [name, value] : request.headers)
    headers.push_back(value.empty() ? name + ";" : name + ": " + value);
  easy.set_headers(headers);
  easy.set(CURLOPT_HTTPGET, 1L);
  if (!request.body.empty() || request.method == "POST") {
    easy.set(CURLOPT_POST, 1L);
    easy.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<long>(request.body.size()));
    easy.set_pointer(CURLOPT_POSTFIELDS, const_cast<char*>(request.body.data())); // outlives the exchange
  }
  easy.set(CURLOPT_CUSTOMREQUEST, request.method);
  easy.set(CURLOPT_NOBODY, request.method == "HEAD" ? 1L : 0L);
  easy.set_function(CURLOPT_WRITEFUNCTION, reinterpret_cast<void (*)()>(&take_body));
  easy.set_pointer(CURLOPT_WRITEDATA, &receiving);
  easy.set_function(CURLOPT_HEADERFUNCTION, reinterpret_cast<void (*)()>(&take_header));
  easy.set_pointer(CURLOPT_HEADERDATA, &receiving);
  easy.set(CURLOPT_NOPROGRESS, 0L);
  easy.set_function(CURLOPT_XFERINFOFUNCTION, reinterpret_cast<void (*)()>(&stop_when_interrupted));
  const int code = easy.perform();
  easy.set_pointer(CURLOPT_POSTFIELDS, nullptr);
  if (receiving.over_limit)
    return failed(fmt::format("{}: an answer of more than {} bytes", origin, request.body_limit));
  if (code != CURLE_OK)
    return Failure(
        curl::error_of(code, {.where = origin,
                              .user = "",
                              .server_said = "",
                              .detail = easy.error_text(code),
                              .connect_ms = settings_.timeouts.connect_ms + settings_.timeouts.idle_ms}));
  receiving.response.status = static_cast<int>(easy.info_long(CURLINFO_RESPONSE_CODE));
  redirect = easy.info_text(CURLINFO_REDIRECT_URL);
  return std::move(receiving.response);
}

Result<HttpResponse> HttpClient::request(const HttpRequest& request) {
  HttpRequest current = request;
  for (int hop = 0; hop <= k_redirects; ++hop) {
    std::string redirect;
    HttpResponse response = TRY(exchange(current, redirect));
    if (redirect.empty()) return response;
    if (current.method != "GET" && current.method != "HEAD")
      return failed(fmt::format("{}: the answer to {} is a redirect, which would send it twice",
                                origin_of(current.url), current.method));
    const std::string from = origin_of(current.url), to = origin_of(redirect);
    const bool downgrade = from.starts_with("https:") && !to.starts_with("https:");
    if (to.empty() || downgrade || (to != from && !request.anonymous))
      return failed(
          fmt::format("{}: refused to follow a redirect to {}: secrets stay with the server they are for",
                      from, to.empty() ? "an unusable address" : to));
    current.url = redirect;
  }
  return failed(fmt::format("{}: more than {} redirects", origin_of(request.url), k_redirects));
}

Result<HttpResponse> HttpClient::get(std::string_view url) {
  HttpRequest r;
  r.url = url;
  return request(r);
}

Result<HttpResponse> HttpClient::post_form(std::string_view url,
                                           const std::vector<std::pair<std::string, std::string>>& fields) {
  HttpRequest r;
  r.method = "POST";
  r.url = url;
  r.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  r.body = form_encoded(fields);
  return request(r);
}

} // namespace helpdesk::net
