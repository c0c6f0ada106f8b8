// The target of --output: whole or not at all. Without commit() a regular file stays as it was.
#pragma once

#include "base/file.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace helpdesk::app {

class OutputFile {
 public:
  static Result<OutputFile> open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();
  Result<void> write(std::string_view bytes);
  Result<void> commit();

 private:
  OutputFile(FileDescriptor file, std::string path, std::string temporary)
      : file_(std::move(file)), path_(std::move(path)), temporary_(std::move(temporary)) {}
  FileDescriptor file_;
  std::string path_;
  std::string temporary_; // empty: path is a device or a pipe, written as it goes
};

} // namespace helpdesk::app
