// Collects bytes and hands them on in big pieces: a write a row would be most of the cost of an export.
#pragma once

#include "base/result.hpp"
#include "render/render.hpp"

#include <string>
#include <string_view>

namespace helpdesk::render {

class Output {
 public:
  explicit Output(Writer writer) : writer_(std::move(writer)) { text_.reserve(k_full + 4096); }
  std::string& text() { return text_; }
  Output& operator+=(std::string_view s) {
    text_ += s;
    return *this;
  }
  // Between rows: passes the bytes on when there are many.
  Result<void> row_done() {
    if (text_.size() < k_full) return {};
    return flush();
  }
  Result<void> flush() {
    if (text_.empty()) return {};
    auto written = writer_(text_);
    text_.clear();
    return written;
  }

 private:
  static constexpr std::size_t k_full = 256 * 1024;
  Writer writer_;
  std::string text_;
};

} // namespace helpdesk::render
