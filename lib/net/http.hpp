// A small HTTP client: OAuth now, REST backends later. Secrets stay with the origin they were meant for.
#pragma once

#include "base/result.hpp"
#include "net/stream.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace helpdesk::net {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::uint64_t body_limit = 64ULL << 20; // of the answer
  // Carries no secret of any kind: may be redirected to another origin (never from https to http).
  bool anonymous = false;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers; // names in lower case
  std::string body;
  std::string header(std::string_view lower_case_name) const; // first, or empty
};

struct HttpSettings {
  bool insecure = false; // allows http:// to other machines
  std::string ca_file;
  Timeouts timeouts{.connect_ms = 30'000,
                    .idle_ms = 60'000}; // idle_ms: the whole exchange after the connection
  std::string user_agent = "helpdesk";
};

// scheme://host:port in lower case with the default port filled in; empty for anything but http(s) or with
// user information in it.
std::string origin_of(std::string_view url);
// application/x-www-form-urlencoded
std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields);

// Keeps its connection between requests. One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(HttpSettings settings = {});
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  // Any status is a success here. Errors: retry (unreachable, timeout, reset), failed (certificate, answer
  // over the limit, redirect to another origin), usage (URL, plain http to another machine). Redirects inside
  // the origin are followed, GET only, at most 5.
  Result<HttpResponse> request(const HttpRequest& request);
  Result<HttpResponse> get(std::string_view url);
  Result<HttpResponse> post_form(std::string_view url,
                                 const std::vector<std::pair<std::string, std::string>>& fields);

 private:
  struct State;
  Result<HttpResponse> exchange(const HttpRequest& request, std::string& redirect);
  HttpSettings settings_;
  std::unique_ptr<State> state_;
};

} // namespace helpdesk::net
