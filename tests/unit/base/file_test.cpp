#include "base/file.hpp"
#include "base/process.hpp"
#include "base/text.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace helpdesk;
namespace fs = std::filesystem;

namespace {

class File : public testing::Test {
 protected:
  File() {
    std::string pattern = (fs::temp_directory_path() / "helpdesk-file-XXXXXX").string();
    dir_ = ::mkdtemp(pattern.data());
  }
  ~File() override { fs::remove_all(dir_); }
  std::string path(std::string_view name) const { return join_path(dir_, name); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(dir_), {}));
  }
  std::string dir_;
};

TEST_F(File, AtomicWriteReplacesAndKeepsTheModeAskedFor) {
  ASSERT_TRUE(write_file_atomically(path("a"), "one"));
  ASSERT_TRUE(write_file_atomically(path("a"), std::string("t\0o", 3), 0640));
  EXPECT_EQ(read_file(path("a")).value(), std::string("t\0o", 3));
  struct stat st{};
  ::stat(path("a").c_str(), &st);
  EXPECT_EQ(st.st_mode & 0777, 0640U);
  EXPECT_EQ(entries(), 1U);
  EXPECT_FALSE(write_file_atomically(path("absent/a"), "x"));
  fs::create_directory(path("d"));
  EXPECT_FALSE(write_file_atomically(path("d"), "x"));
  EXPECT_EQ(entries(), 2U);
}

TEST_F(File, ReadingRefusesWhatIsNoPlainFileOrTooLarge) {
  ASSERT_TRUE(write_file_atomically(path("a"), "12345"));
  EXPECT_TRUE(read_file(path("a"), 5));
  EXPECT_EQ(read_file(path("a"), 4).error().message, path("a") + ": is larger than 4 bytes");
  EXPECT_EQ(read_file(dir_).error().message, dir_ + ": is a directory");
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(read_file(path("pipe")));
  EXPECT_EQ(read_file(path("absent")).error().message, path("absent") + ": No such file or directory");
  EXPECT_FALSE(read_file("/proc/self/status").value().empty());
}

TEST_F(File, HostileNamesStayInsideAndOverwriteNothing) {
  const std::string long_name(4000, 'n');
  const std::vector<std::string> names = {"..",
                                          ".",
                                          "",
                                          "/",
                                          "../../x",
                                          "/etc/passwd",
                                          "..\\..\\x",
                                          "C:\\x.exe",
                                          ".bashrc",
                                          "-rf",
                                          "--help",
                                          "~root",
                                          std::string("a\0b", 3),
                                          "a\nb",
                                          "a\x1b[31mb",
                                          "\xe2\x80\xaegpj.exe",
                                          "\xff\xfe",
                                          "%2e%2e%2fx",
                                          "con:",
                                          "a|b",
                                          "...",
                                          "   ",
                                          " .x",
                                          long_name + ".pdf",
                                          "same",
                                          "same",
                                          "same",
                                          "x.tar.gz",
                                          "x.tar.gz"};
  std::string work = path("in");
  fs::create_directory(work);
  ASSERT_TRUE(write_file_atomically(path("victim"), "keep"));
  fs::create_symlink(path("victim"), join_path(work, "link"));
  std::size_t made = 0;
  for (const std::string& name : names) {
    std::string safe = safe_file_name(name);
    EXPECT_FALSE(safe.empty());
    EXPECT_LE(safe.size(), 200U);
    EXPECT_EQ(safe.find_first_of(std::string("/\\\0", 3)), std::string::npos);
    EXPECT_FALSE(safe.starts_with('.') || safe.starts_with('-') || safe.starts_with('~')) << safe;
    EXPECT_TRUE(is_valid_utf8(safe));
    EXPECT_EQ(safe_file_name(safe), safe);
    auto used = create_in_directory(work, name, "x");
    ASSERT_TRUE(used) << used.error().message;
    made += fs::is_regular_file(join_path(work, *used));
  }
  EXPECT_EQ(create_in_directory(work, "link", "x").value(), "link (2)");
  EXPECT_EQ(made, names.size());
  EXPECT_EQ(read_file(path("victim")).value(), "keep");
  EXPECT_EQ(entries(), 2U);
  EXPECT_EQ(create_in_directory(work, "x.tar.gz", "x").value(), "x.tar (3).gz");
  EXPECT_EQ(safe_file_name("Føk\u200bt ura.pdf"), "Føkt ura.pdf");
  EXPECT_TRUE(safe_file_name(long_name + ".pdf").ends_with("n.pdf"));
}

TEST_F(File, DirectoriesArePrivate) {
  ASSERT_TRUE(make_private_directories(path("a/b/c")));
  ASSERT_TRUE(make_private_directories(path("a/b/c/")));
  struct stat st{};
  ::stat(path("a/b").c_str(), &st);
  EXPECT_EQ(st.st_mode & 0777, 0700U);
  ASSERT_TRUE(write_file_atomically(path("f"), ""));
  EXPECT_EQ(make_private_directories(path("f/x")).error().message,
            path("f") + ": exists and is not a directory");
}

TEST_F(File, ALockNamesItsHolder) {
  {
    auto first = FileLock::acquire(path("lock"), "helpdesk pull");
    ASSERT_TRUE(first);
    auto second = FileLock::acquire(path("lock"), "helpdesk list", 30);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::retry);
    EXPECT_NE(second.error().message.find("pid " + std::to_string(::getpid()) + ", helpdesk pull, since 2"),
              std::string::npos);
  }
  EXPECT_TRUE(FileLock::acquire(path("lock"), "again"));
}

TEST_F(File, ProgramsAreNeverTakenFromTheCurrentDirectory) {
  std::string old_path = environment("PATH").value_or(""), old_dir = fs::current_path().string();
  ASSERT_TRUE(write_file_atomically(path("helpdesk-evil"), "#!/bin/sh\n", 0755));
  fs::create_directory(path("bin"));
  ASSERT_TRUE(write_file_atomically(path("bin/helpdesk-evil"), "#!/bin/sh\n", 0755));
  ::setenv("PATH", (":.::bin:" + old_path).c_str(), 1);
  fs::current_path(dir_);
  auto result = run_process({"helpdesk-evil"});
  fs::current_path(old_dir);
  ::setenv("PATH", old_path.c_str(), 1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "helpdesk-evil: no such program in PATH");
}

} // namespace
