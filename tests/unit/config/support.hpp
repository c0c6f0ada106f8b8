// A directory of its own for each test, with files that only the test's user may write.
#pragma once

#include "config/config.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

class ConfigTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/helpdesk-config-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) {
    std::filesystem::path path = std::filesystem::path(directory_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    std::filesystem::permissions(path, static_cast<std::filesystem::perms>(mode));
    return path.string();
  }
  std::string read(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  helpdesk::Result<helpdesk::config::Config> load(const std::string& text) {
    helpdesk::config::LoadOptions options;
    options.user_file = write("config.toml", text);
    options.system_file = "";
    return helpdesk::config::Config::load(options);
  }
  std::string error(const std::string& text) {
    auto loaded = load(text);
    if (loaded) return "";
    EXPECT_EQ(loaded.error().kind, helpdesk::ErrorKind::usage);
    std::string message = loaded.error().message;
    if (message.starts_with(directory_ + "/")) message.erase(0, directory_.size() + 1);
    return message;
  }

  std::string directory_;
};
