// Runs one transcript: runner BINARY SOURCE_DIR FILE. HELPDESK_UPDATE=1 writes what was seen into the file.
#include "execute.hpp"
#include "script.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace {

using transcript::Outcome;
using transcript::Script;
using transcript::Step;
namespace fs = std::filesystem;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// Lines that can be read and edited: control characters as <1b>, a missing line end said.
std::vector<std::string> readable_lines(const std::string& text, const std::string& home,
                                        const std::string& source) {
  std::string plain = replaced(replaced(text, home, "$HOME"), source, "$SOURCE");
  std::vector<std::string> lines;
  std::string line;
  for (char c : plain) {
    if (c == '\n') {
      lines.push_back(std::exchange(line, {}));
      continue;
    }
    auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7f) {
      char shown[8];
      std::snprintf(shown, sizeof shown, "<%02x>", byte);
      line += shown;
    } else {
      line += c;
    }
  }
  if (!line.empty()) lines.push_back(line + "<no newline>");
  return lines;
}

bool fits(const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
  if (expected.size() != actual.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (!transcript::line_fits(expected[i], actual[i])) return false;
  return true;
}

// What stays in the file where it still fits, so that "[*]" survives an update.
std::vector<std::string> merged(const std::vector<std::string>& expected,
                                const std::vector<std::string>& actual) {
  std::vector<std::string> lines = actual;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t at = expected.size() == actual.size() ? i : expected.size();
    if (at < expected.size() && transcript::line_fits(expected[at], lines[i])) lines[i] = expected[at];
  }
  return lines;
}

void show(const char* what, const std::vector<std::string>& expected,
          const std::vector<std::string>& actual) {
  if (fits(expected, actual)) return;
  std::printf("  %s\n", what);
  for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
    bool same = i < expected.size() && i < actual.size() && transcript::line_fits(expected[i], actual[i]);
    if (same) {
      std::printf("      %s\n", actual[i].c_str());
      continue;
    }
    if (i < expected.size()) std::printf("    - %s\n", expected[i].c_str());
    if (i < actual.size()) std::printf("    + %s\n", actual[i].c_str());
  }
}

struct Home {
  fs::path path;
  Home() {
    char name[] = "/tmp/helpdesk-cli-XXXXXX";
    if (!::mkdtemp(name)) std::abort();
    path = name;
  }
  ~Home() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

std::vector<std::pair<std::string, std::string>> environment_of(const Script& script, const std::string& home,
                                                                const std::string& binary,
                                                                const std::string& source) {
  std::vector<std::pair<std::string, std::string>> environment{
      {"HOME", home},
      {"PATH", fs::path(binary).parent_path().string() + ":/usr/local/bin:/usr/bin:/bin"},
      {"TZ", "UTC"},
      {"LANG", "C.UTF-8"},
      {"TERM", "xterm-256color"},
      {"NO_COLOR", "1"},
      {"PAGER", "cat"},
      {"COLUMNS", "80"},
      {"LINES", "24"},
      {"HELPDESK_NOW", "2026-01-05T10:00:00Z"},
      {"SOURCE", source},
  };
  for (const auto& [name, value] : script.environment) {
    std::erase_if(environment, [&](const auto& pair) { return pair.first == name; });
    if (!value.empty())
      environment.emplace_back(name, replaced(replaced(value, "$HOME", home), "$SOURCE", source));
  }
  return environment;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: runner BINARY SOURCE_DIR FILE\n");
    return 2;
  }
  std::string binary = fs::absolute(argv[1]).string(), source = fs::canonical(argv[2]).string(),
              file = argv[3];
  std::optional<Script> script = transcript::read_script(file);
  if (!script) return 2;
  Home home;
  for (const transcript::SetUp& set_up : script->files) {
    fs::path path = home.path / set_up.path;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << replaced(replaced(set_up.content, "$HOME", home.path.string()), "$SOURCE", source);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  }
  auto environment = environment_of(*script, home.path.string(), binary, source);
  const char* update = std::getenv("HELPDESK_UPDATE");
  bool updating = update && std::strcmp(update, "1") == 0;
  int wrong = 0;
  std::vector<std::string> rewritten;
  std::size_t copied = 0;
  for (const Step& step : script->steps) {
    Outcome outcome =
        transcript::execute(step.command, step.input, step.tty, home.path.string(), environment);
    std::vector<std::string> out = readable_lines(outcome.out, home.path.string(), source);
    std::vector<std::string> err = readable_lines(outcome.err, home.path.string(), source);
    bool good = fits(step.out, out) && fits(step.err, err) && step.code == outcome.code;
    if (!good && !updating) {
      ++wrong;
      std::printf("%s:%zu: $ %s\n", file.c_str(), step.line + 1, step.command.c_str());
      show("standard output", step.out, out);
      show("standard error", step.err, err);
      if (step.code != outcome.code) std::printf("  exit code %d, expected %d\n", outcome.code, step.code);
    }
    for (; copied < step.first; ++copied) rewritten.push_back(script->lines[copied]);
    for (std::string& line : merged(step.out, out)) rewritten.push_back(std::move(line));
    for (std::string& line : merged(step.err, err)) rewritten.push_back(line.empty() ? "2>" : "2> " + line);
    rewritten.push_back("=> " + std::to_string(outcome.code));
    copied = step.last;
  }
  for (; copied < script->lines.size(); ++copied) rewritten.push_back(script->lines[copied]);
  if (updating && rewritten != script->lines) {
    std::ofstream target(file);
    for (const std::string& line : rewritten) target << line << '\n';
    std::printf("%s: rewritten\n", file.c_str());
  }
  if (script->steps.empty()) {
    std::fprintf(stderr, "%s: holds no command\n", file.c_str());
    return 2;
  }
  return wrong == 0 ? 0 : 1;
}
