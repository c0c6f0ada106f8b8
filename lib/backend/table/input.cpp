#include "backend/table/input.hpp"

#include "base/file.hpp"
#include "base/text.hpp"
#include "store/unpack_stream.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace helpdesk::backend::table {
namespace {

constexpr std::size_t k_chunk = 256 << 10;

class PlainInput : public Input {
 public:
  PlainInput(std::string path, FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    for (;;) {
      ssize_t n = ::read(file_.get(), buffer, size);
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) return failed(path_ + ": " + std::strerror(errno));
    }
  }

 private:
  std::string path_;
  FileDescriptor file_;
};

class GzipInput : public Input {
 public:
  GzipInput(std::string path, std::unique_ptr<Input> packed)
      : path_(std::move(path)), packed_(std::move(packed)), in_(k_chunk) {
    // 16: gzip framing; damage is found by its checksum.
    good_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~GzipInput() override {
    if (good_) inflateEnd(&stream_);
  }
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (!good_) return failed(path_ + ": zlib cannot be started");
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out > 0) {
      if (stream_.avail_in == 0 && !ended_) {
        std::size_t n = TRY(packed_->read(in_.data(), in_.size()));
        stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
        stream_.avail_in = static_cast<uInt>(n);
        if (n == 0) {
          if (!between_) return failed(path_ + ": the gzip file is cut short");
          ended_ = true;
        }
      }
      if (ended_) break;
      between_ = false;
      int code = inflate(&stream_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) { // several members one behind the other are one file
        between_ = true;
        if (inflateReset(&stream_) != Z_OK) return failed(path_ + ": damaged gzip data");
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return failed(fmt::format("{}: damaged gzip data{}", path_,
                                  stream_.msg ? std::string(": ") + stream_.msg : ""));
      }
    }
    return size - stream_.avail_out;
  }

 private:
  std::string path_;
  std::unique_ptr<Input> packed_;
  std::vector<char> in_;
  z_stream stream_{};
  bool good_ = false, ended_ = false, between_ = false;
};

class ZstdInput : public Input {
 public:
  ZstdInput(std::string path, std::unique_ptr<Input> packed)
      : path_(std::move(path)), packed_(std::move(packed)), in_(k_chunk) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    std::size_t given = 0;
    while (given < size) {
      if (pending_.empty()) {
        std::size_t n = TRY(packed_->read(in_.data(), in_.size()));
        if (n == 0) {
          if (!unpacker_.may_end()) return failed(path_ + ": the zstd file is cut short");
          break;
        }
        pending_ = std::string_view(in_.data(), n);
      }
      auto step = unpacker_.step(pending_, buffer + given, size - given);
      if (!step) return in_context(path_, std::move(step).error());
      pending_.remove_prefix(step->taken);
      given += step->given;
    }
    return given;
  }

 private:
  std::string path_;
  std::unique_ptr<Input> packed_;
  std::vector<char> in_;
  store::StreamUnpacker unpacker_;
  std::string_view pending_;
};

// Gives back what was read to look at it.
class Replayed : public Input {
 public:
  Replayed(std::string start, std::unique_ptr<Input> rest)
      : start_(std::move(start)), rest_(std::move(rest)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    if (pos_ == start_.size()) return rest_->read(buffer, size);
    std::size_t n = start_.copy(buffer, size, pos_);
    pos_ += n;
    return n;
  }

 private:
  std::string start_;
  std::size_t pos_ = 0;
  std::unique_ptr<Input> rest_;
};

class Utf16Input : public Input {
 public:
  Utf16Input(std::unique_ptr<Input> units, bool big) : units_(std::move(units)), big_(big), in_(k_chunk) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    while (out_.size() - pos_ == 0 && !ended_) {
      out_.clear();
      pos_ = 0;
      std::size_t n = TRY(units_->read(in_.data() + held_, in_.size() - held_));
      if (n == 0) ended_ = true;
      n += held_;
      std::size_t i = 0;
      for (; i + 1 < n; i += 2) unit(in_[i], in_[i + 1]);
      held_ = n - i;
      if (held_ > 0) in_[0] = in_[i];
      if (ended_ && (high_ != 0 || held_ > 0)) append_utf8(out_, 0xFFFD);
    }
    std::size_t n = out_.copy(buffer, size, pos_);
    pos_ += n;
    return n;
  }

 private:
  std::unique_ptr<Input> units_;
  bool big_, ended_ = false;
  std::vector<char> in_;
  std::size_t held_ = 0, pos_ = 0;
  char32_t high_ = 0;
  std::string out_;

  void unit(char a, char b) {
    auto first = static_cast<unsigned char>(big_ ? a : b), second = static_cast<unsigned char>(big_ ? b : a);
    auto u = static_cast<char32_t>(first << 8 | second);
    if (u >= 0xDC00 && u < 0xE000 && high_ != 0) {
      append_utf8(out_, 0x10000 + ((high_ - 0xD800) << 10) + (u - 0xDC00));
      high_ = 0;
      return;
    }
    if (high_ != 0) append_utf8(out_, 0xFFFD);
    high_ = 0;
    if (u >= 0xD800 && u < 0xDC00)
      high_ = u;
    else
      append_utf8(out_, u >= 0xDC00 && u < 0xE000 ? 0xFFFD : u);
  }
};

Result<std::string> look(Input& input, std::size_t size) {
  std::string start(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    std::size_t n = TRY(input.read(start.data() + got, size - got));
    if (n == 0) break;
    got += n;
  }
  start.resize(got);
  return start;
}

// UTF-16 without a mark still has a zero in every other byte of its ASCII.
std::string guess_utf16(std::string_view start) {
  std::size_t even = 0, odd = 0, n = std::min<std::size_t>(start.size(), 512) / 2;
  for (std::size_t i = 0; i < n; ++i) {
    even += start[2 * i] == 0;
    odd += start[2 * i + 1] == 0;
  }
  if (n < 4) return "";
  if (odd * 2 > n && even * 8 < n) return "utf-16le";
  if (even * 2 > n && odd * 8 < n) return "utf-16be";
  return "";
}

} // namespace

Result<Opened> open_input(const std::string& path, std::string_view encoding, std::uint64_t offset) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  struct stat info{};
  if (!file.valid() || fstat(file.get(), &info) != 0) return failed(path + ": " + std::strerror(errno));
  if (!S_ISREG(info.st_mode)) return failed(path + ": is no file");
  if (offset > 0 && lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
    return failed(path + ": " + std::strerror(errno));
  Opened opened{std::make_unique<PlainInput>(path, std::move(file))};
  if (offset > 0) return opened;
  std::string start = TRY(look(*opened.input, 4));
  opened.input = std::make_unique<Replayed>(start, std::move(opened.input));
  if (start.starts_with("\x1f\x8b")) {
    opened.input = std::make_unique<GzipInput>(path, std::move(opened.input));
    opened.plain = false;
  } else if (start.starts_with("\x28\xb5\x2f\xfd")) {
    opened.input = std::make_unique<ZstdInput>(path, std::move(opened.input));
    opened.plain = false;
  }
  start = TRY(look(*opened.input, 4096));
  std::string charset(encoding);
  if (start.starts_with("\xff\xfe"))
    charset = "utf-16le";
  else if (start.starts_with("\xfe\xff"))
    charset = "utf-16be";
  else if (charset == "auto")
    charset = guess_utf16(start);
  opened.input = std::make_unique<Replayed>(std::move(start), std::move(opened.input));
  if (charset.starts_with("utf-16")) {
    opened.input = std::make_unique<Utf16Input>(std::move(opened.input), charset == "utf-16be");
    opened.plain = false;
  }
  return opened;
}

std::string from_latin(std::string_view bytes) {
  constexpr std::array<char32_t, 32> k_upper{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                             0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    auto b = static_cast<unsigned char>(c);
    append_utf8(text, b >= 0x80 && b < 0xA0 ? k_upper[b - 0x80] : b);
  }
  return text;
}

} // namespace helpdesk::backend::table
