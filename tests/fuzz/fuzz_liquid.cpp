// Any bytes as a template, in every mode, over data of every kind; the first byte chooses the mode and the
// options.
#include "liquid/template.hpp"

#include <cstdint>

using namespace helpdesk;
using namespace helpdesk::liquid;

namespace {

Value sample() {
  auto deep = Value::array({Value(1), Value::array({Value("x"), Value()})});
  return Value::hash(
      {{"a", Value::array({Value(1), Value("b"), Value(2.5), Value(true), Value(), deep})},
       {"h", Value::hash({{"k", Value("v")}, {"n", Value(-7)}, {"date", Value("2025-03-14T09:26:53Z")}})},
       {"s", Value("<b>H\xC3\xA6</b> \xFF\xFE it's")},
       {"n", Value(std::int64_t{INT64_MAX})},
       {"m", Value(std::int64_t{INT64_MIN})},
       {"x", Value(1e300)}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = bytes[0];
  const std::string text(reinterpret_cast<const char*>(bytes + 1), size - 1);
  ParseOptions parse;
  parse.mode = static_cast<Mode>(choice & 3U);
  parse.helpdesk_filters = (choice & 4U) != 0;
  RenderOptions render;
  render.on_error = (choice & 8U) != 0 ? OnError::inline_ : OnError::stop;
  render.strict_variables = (choice & 16U) != 0;
  render.strict_filters = (choice & 32U) != 0;
  render.language = (choice & 64U) != 0 ? "ru" : "";
  render.now = instant_of_seconds(1741944413);
  render.limits.steps = 20'000;
  render.limits.memory_bytes = 8U << 20;
  render.limits.output_bytes = 1U << 20;
  render.partials = [&text](std::string_view name) -> std::optional<std::string> {
    if (name.size() > 8) return std::nullopt;
    return text.substr(0, text.size() / 2);
  };
  const auto parsed = Template::parse_or_problem(text, parse);
  if (!parsed) return 0;
  const auto rendered = parsed->render(sample(), render);
  // The source map is in order and inside the output, whatever happened.
  std::uint32_t at = 0;
  for (const auto& span : rendered.source_map) {
    if (span.begin != at || span.end < span.begin || span.end > rendered.text.size()) __builtin_trap();
    at = span.end;
  }
  parsed->variables();
  return 0;
}
