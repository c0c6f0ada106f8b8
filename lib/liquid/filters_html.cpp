#include "liquid/characters.hpp"
#include "liquid/filter_text.hpp"
#include "liquid/filters.hpp"

namespace helpdesk::liquid::filters {

namespace {

void escape_char(std::string& out, char c) {
  switch (c) {
  case '&': out += "&amp;"; break;
  case '<': out += "&lt;"; break;
  case '>': out += "&gt;"; break;
  case '"': out += "&quot;"; break;
  case '\'': out += "&#39;"; break;
  default: out += c;
  }
}

// Whether an entity begins at text[at]: &name; or &#123;
bool is_entity(std::string_view text, std::size_t at) {
  auto end = at + 1;
  const bool number = end < text.size() && text[end] == '#';
  if (number) ++end;
  const auto begin = end;
  while (end < text.size() && (number ? is_ascii_digit(text[end]) : is_ascii_letter(text[end]))) ++end;
  return end > begin && end < text.size() && text[end] == ';';
}

// Drops [open … close] stretches; where close is missing the text stays. Linear: a close that was not found
// is not looked for again.
std::string without(std::string_view text, std::string_view open, std::string_view close) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const auto begin = text.find(open, at);
    if (begin == std::string_view::npos) break;
    const auto end = text.find(close, begin + open.size());
    if (end == std::string_view::npos) break;
    out += text.substr(at, begin - at);
    at = end + close.size();
  }
  out += text.substr(at);
  return out;
}

struct Block {
  std::string_view open, close;
  bool gone = false; // its end stands nowhere behind here
};

// Scripts, comments and styles, whichever comes first.
std::string without_blocks(std::string_view text) {
  Block blocks[] = {{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
  std::string out;
  std::size_t copied = 0;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    bool dropped = false;
    for (auto& block : blocks) {
      if (block.gone || !text.substr(at).starts_with(block.open)) continue;
      const auto end = text.find(block.close, at + block.open.size());
      block.gone = end == std::string_view::npos;
      if (block.gone) continue;
      out += text.substr(copied, at - copied);
      copied = at = end + block.close.size();
      dropped = true;
      break;
    }
    if (!dropped) ++at;
  }
  out += text.substr(copied);
  return out;
}

} // namespace

Value escape(const FilterInput& call) {
  if (call.input.is_nil()) return {};
  const TextOf text(call.input);
  if (text.view.find_first_of("&<>\"'") == std::string_view::npos) return text.value();
  std::string out;
  out.reserve(text.view.size() + 32);
  for (const char c : text.view) escape_char(out, c);
  return made(call, out);
}

Value escape_once(const FilterInput& call) {
  const TextOf text(call.input);
  std::string out;
  for (std::size_t i = 0; i < text.view.size(); ++i) {
    if (text.view[i] == '&' && is_entity(text.view, i))
      out += '&';
    else
      escape_char(out, text.view[i]);
  }
  return made(call, out);
}

Value strip_html(const FilterInput& call) {
  const TextOf text(call.input);
  if (text.view.find('<') == std::string_view::npos) return text.value();
  return made(call, without(without_blocks(text.view), "<", ">"));
}

} // namespace helpdesk::liquid::filters
