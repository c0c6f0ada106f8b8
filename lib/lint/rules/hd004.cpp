#include "base/fold.hpp"
#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// Names of nobody in particular.
constexpr std::string_view k_anybody[] = {
    "all", "everyone", "everybody", "team", "there", "customer", "sir", "madam", "colleagues", "folks", "again",
    "alle", "alle sammen", "kunde", "igjen", "коллеги", "клиент", "покупатель", "все", "друзья", "ĉiuj", "kliento", "amikoj",
    "zusammen", "kundin", "damen", "herren", "team", "tous", "toutes", "client", "cliente", "todos", "equipo", "à tous",
    "monsieur", "madame", "señor", "señora", "sinjoro", "sinjorino", "herr", "frau", "mr", "ms", "mrs",
};

struct Letters { std::string_view from, to; };
constexpr Letters k_cyrillic[] = {
    {"щ", "shch"}, {"ё", "e"}, {"ж", "zh"}, {"ч", "ch"}, {"ш", "sh"}, {"ю", "yu"}, {"я", "ya"}, {"х", "kh"}, {"ц", "ts"},
    {"а", "a"}, {"б", "b"}, {"в", "v"}, {"г", "g"}, {"д", "d"}, {"е", "e"}, {"з", "z"}, {"и", "i"}, {"й", "y"}, {"к", "k"},
    {"л", "l"}, {"м", "m"}, {"н", "n"}, {"о", "o"}, {"п", "p"}, {"р", "r"}, {"с", "s"}, {"т", "t"}, {"у", "u"}, {"ф", "f"},
    {"ъ", ""}, {"ы", "y"}, {"ь", ""}, {"э", "e"}, {"і", "i"},
};
// clang-format on

std::string latin(std::string name) {
  bool other =
      std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (!other) return name;
  for (const Letters& letters : k_cyrillic) name = replace_all(name, letters.from, letters.to);
  return name;
}

// "Jørgen Hansen" -> jorgen, hansen; Иван -> ivan.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  std::string plain = folded(name);
  for (std::string_view part : letter_runs(plain)) parts.push_back(latin(fold_word(part)));
  return parts;
}

// How far the nearest two parts are from each other; the two letters that stand for one (oe, ue) count as it.
std::size_t distance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::size_t least = 100;
  for (const std::string& x : a)
    for (const std::string& y : b) {
      if (x.size() < 2 || y.size() < 2) continue;
      auto simple = [](const std::string& s) {
        return replace_all(replace_all(replace_all(s, "oe", "o"), "ue", "u"), "aa", "a");
      };
      std::size_t d = simple(x) == simple(y) ? 0 : edit_distance(x, y);
      if (d <= 1 && std::min(x.size(), y.size()) < 4 && d > 0) d = 2; // "Per" and "Pal" are two people
      least = std::min(least, d);
    }
  return least;
}

bool wrote_it(const Context& context, const std::vector<std::string>& named) {
  for (const Message& message : context.messages) {
    if (!message.from_customer) continue;
    std::vector<std::string> words = parts_of(message.text);
    for (const std::string& name : named)
      if (std::find(words.begin(), words.end(), name) != words.end()) return true;
  }
  return false;
}

void run(Check& check) {
  const Context& context = check.context;
  std::vector<std::string> wanted = parts_of(context.requester_name);
  if (wanted.empty())
    for (const std::string& address : context.requester_addresses)
      for (std::string& part : parts_of(address.substr(0, address.find('@'))))
        wanted.push_back(std::move(part));
  if (wanted.empty()) return;
  for (const Greeting& greeting : check.reading.greetings) {
    if (greeting.name_begin == greeting.name_end || greeting.line > 4) continue;
    std::string_view written =
        check.reading.text.substr(greeting.name_begin, greeting.name_end - greeting.name_begin);
    if (std::find(std::begin(k_anybody), std::end(k_anybody), folded(written)) != std::end(k_anybody))
      continue;
    std::vector<std::string> named = parts_of(written);
    std::size_t apart = distance(named, wanted);
    if (apart == 0) continue;
    const std::string* other = nullptr;
    for (const std::string& person : context.others)
      if (distance(named, parts_of(person)) == 0) other = &person;
    if (!other && wrote_it(context, named)) continue; // signs with a name of his own
    // An address names nobody for sure.
    if (!other && context.requester_name.empty()) continue;
    std::string who =
        context.requester_name.empty() ? context.requester_addresses.front() : context.requester_name;
    Finding& finding = check.add(
        greeting.name_begin, greeting.name_end,
        other ? fmt::format("\"{}\" is {} of this conversation; the customer is {}", written, *other, who)
              : fmt::format("the customer is {}, not \"{}\"", who, written),
        fmt::format("write to {}", who));
    if (!other && apart <= 1) finding.severity = Severity::warning;
  }
}

} // namespace

constinit const Rule k_hd004{
    {"HD004", "wrong-name", Severity::error, "the name is the customer's",
     "Somebody else's name makes the whole reply look as if it were somebody else's, too.",
     "\"Hi Peter\" to Martha Olsen", "\"Dear Ms Olsen\" to Martha Olsen", "", true},
    k_seven,
    &run};

} // namespace helpdesk::lint
