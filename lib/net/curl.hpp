// libcurl, loaded at first use, so that commands that stay offline do not pay for it. Internal to lib/net.
//
// Callers include <curl/curl.h> in their .cpp for the option and error numbers; no symbol of libcurl is
// linked.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::net::curl {

// One easy handle with its error text. Not for use by two threads at a time.
class Easy {
 public:
  // Failed, naming the package to install, when libcurl is not there.
  static Result<Easy> create();
  Easy(Easy&& other) noexcept;
  Easy& operator=(Easy&& other) noexcept;
  ~Easy();

  void set(int option, long value);
  void set(int option, const std::string& value); // copied by libcurl
  void set_pointer(int option, void* value);
  void set_function(int option, void (*function)());
  void set_headers(const std::vector<std::string>& headers); // "Name: value"

  int perform(); // a CURLcode
  int send(std::string_view bytes, std::size_t& sent);
  int receive(std::span<char> buffer, std::size_t& received);
  int socket() const; // the connection's descriptor, or -1
  long info_long(int which) const;
  std::string info_text(int which) const;
  std::string escape(std::string_view text) const; // percent-encodes
  // What libcurl says about the last failure, else the code's general text.
  std::string error_text(int code) const;

 private:
  Easy() = default;
  void* handle_ = nullptr;
  void* headers_ = nullptr;
  std::vector<char> error_; // libcurl writes here: the address must not move
};

// Where a transfer went wrong decides what a failure means.
struct Circumstance {
  std::string where;       // "imap.example.org:993"
  std::string user;        // who tried to log in, may be empty
  std::string server_said; // last line of the server, may be empty
  std::string detail;      // libcurl's error text
  int connect_ms = 0;
};

// Unreachable, reset, too slow: retry. Certificate: failed, naming ca_file. Login refused: credentials. See
// the table in curl_error.cpp.
Error error_of(int code, const Circumstance& circumstance);

} // namespace helpdesk::net::curl
