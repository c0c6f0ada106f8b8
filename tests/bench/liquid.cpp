// bench_liquid TEMPLATE DATA.json SECONDS: parse and render, again and again; prints renders per CPU second.
// With 0 seconds it prints what comes out instead.
#include "json/json.hpp"
#include "liquid/template.hpp"

#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace helpdesk;

std::string read(const char* path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

liquid::Value value_of(const json::Value& value) {
  switch (value.type()) {
  case json::Value::Type::boolean: return {value.as_bool()};
  case json::Value::Type::integer: return {value.as_int()};
  case json::Value::Type::real: return {value.as_double()};
  case json::Value::Type::string: return {value.as_string()};
  case json::Value::Type::array: {
    std::vector<liquid::Value> items;
    for (const json::Value& item : value.items()) items.push_back(value_of(item));
    return liquid::Value::array(std::move(items));
  }
  case json::Value::Type::object: {
    auto hash = liquid::Value::hash();
    for (const auto& [key, member] : value.members()) hash.set(key, value_of(member));
    return hash;
  }
  default: return {};
  }
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string text = read(argv[1]);
  auto parsed = json::parse(read(argv[2]));
  if (!parsed) return 2;
  const liquid::Value data = value_of(*parsed);
  const double seconds = std::stod(argv[3]);
  liquid::ParseOptions parse;
  parse.mode = liquid::Mode::lax; // as the others
  liquid::RenderOptions render;
  render.on_error = liquid::OnError::inline_;
  auto once = [&] {
    auto one = liquid::Template::parse_or_problem(text, parse);
    return one ? one->render(data, render).text : one.error().text;
  };
  if (seconds <= 0) {
    std::cout << once();
    return 0;
  }
  std::size_t bytes = 0;
  long n = 0;
  const double start = cpu_seconds();
  double end = start;
  for (; end - start < seconds; end = cpu_seconds())
    for (int i = 0; i < 50; ++i, ++n) bytes += once().size();
  std::cout << static_cast<double>(n) / (end - start) << "\n";
  return bytes == 0;
}
