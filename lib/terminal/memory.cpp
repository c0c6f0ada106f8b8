#include "terminal/memory.hpp"

#include "terminal/progress.hpp"

namespace helpdesk::terminal {

Result<void> MemoryTerminal::out(std::string_view bytes) {
  if (close_out) return fail(ErrorKind::interrupted, "standard output was closed");
  output += bytes;
  return {};
}

void MemoryTerminal::err(std::string_view line) {
  errors += defuse(line);
  errors += '\n';
}

std::optional<std::string> MemoryTerminal::ask(std::string_view prompt, bool) {
  prompts.emplace_back(prompt);
  if (answers.empty()) return std::nullopt;
  std::string answer = std::move(answers.front());
  answers.pop_front();
  return answer;
}

Result<std::string> MemoryTerminal::read_in(std::uint64_t limit) {
  if (input.size() > limit)
    return failed("standard input is longer than " + std::to_string(limit) + " bytes");
  return std::move(input);
}

Result<std::optional<std::string>> MemoryTerminal::edit(std::string_view initial, std::string_view) {
  if (!editor) return usage_error("no terminal to open an editor on");
  return editor(initial);
}

std::unique_ptr<Progress> MemoryTerminal::progress(std::string_view) {
  return std::make_unique<SilentProgress>();
}

} // namespace helpdesk::terminal
