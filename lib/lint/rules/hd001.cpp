#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_longest = 200; // bytes of a placeholder

struct Brackets {
  std::string_view open, close;
};
constexpr Brackets k_brackets[] = {{"{{", "}}"},    {"{%", "%}"},      {"#{", "}"},
                                   {"%{", "}"},     {"{$", "}"},       {"[[", "]]"},
                                   {"<OTRS_", ">"}, {"<insert ", ">"}, {"<Insert ", ">"}};

// What people write between brackets to be filled in later.
constexpr std::string_view k_blanks[] = {"name",
                                         "first name",
                                         "last name",
                                         "customer",
                                         "customer name",
                                         "your name",
                                         "agent",
                                         "agent name",
                                         "order number",
                                         "order no",
                                         "date",
                                         "amount",
                                         "insert name",
                                         "link",
                                         "product",
                                         "company",
                                         "email",
                                         "navn",
                                         "fornavn",
                                         "kundenavn",
                                         "ordrenummer",
                                         "dato",
                                         "beløp",
                                         "имя",
                                         "имя клиента",
                                         "номер заказа",
                                         "дата",
                                         "сумма",
                                         "nomo",
                                         "mendonumero",
                                         "dato",
                                         "sumo",
                                         "vorname",
                                         "nachname",
                                         "kundenname",
                                         "bestellnummer",
                                         "datum",
                                         "betrag",
                                         "nom",
                                         "prénom",
                                         "nom du client",
                                         "numéro de commande",
                                         "montant",
                                         "nombre",
                                         "apellido",
                                         "nombre del cliente",
                                         "número de pedido",
                                         "fecha",
                                         "importe"};

constexpr std::string_view k_roots[] = {"ticket",  "requester", "customer", "agent",        "user",
                                        "message", "contact",   "article",  "conversation", "current_user"};

bool is_word(char c) {
  auto u = static_cast<unsigned char>(c);
  return (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || c == '_' || u >= 0x80;
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || !is_word(text[begin - 1])) && (end >= text.size() || !is_word(text[end]));
}

// In code for a developer {{ x }} may be what is meant; our own variables never are.
bool is_code(const Check& check, std::size_t at, std::string_view inside) {
  const auto& masks = check.reading.masks;
  auto mask = std::partition_point(masks.begin(), masks.end(), [at](const Mask& m) { return m.end <= at; });
  bool in_code = mask != masks.end() && mask->kind == MaskKind::code && mask->begin <= at;
  const auto& lines = check.reading.lines;
  auto line = std::partition_point(lines.begin(), lines.end(), [at](const Line& l) { return l.end < at; });
  in_code = in_code || (line != lines.end() && line->kind == LineKind::code);
  if (!in_code) return false;
  if (check.settings.code_allowed) return true;
  std::string_view name = trim(inside);
  name = name.substr(0, name.find_first_of(".| "));
  return std::find(std::begin(k_roots), std::end(k_roots), name) == std::end(k_roots);
}

bool is_fallback(std::string_view inside) { // {first_name=there|friend}
  std::size_t equals = inside.find('='), bar = inside.find('|');
  return equals != inside.npos && bar != inside.npos && equals < bar && equals > 0 &&
         inside.find('\n') == inside.npos;
}

void run(Check& check) {
  std::string_view text = check.reading.text;
  auto found = [&](std::size_t begin, std::size_t end) {
    check.add(begin, end, fmt::format("\"{}\" was not filled in", text.substr(begin, end - begin)),
              "fill it in, or take it out");
  };
  std::size_t behind = 0;
  for (std::size_t i = text.find_first_of("{%#[</"); i != text.npos;
       i = text.find_first_of("{%#[</", i + 1)) {
    if (i < behind) continue;
    std::string_view window = text.substr(i, k_longest);
    bool taken = false;
    for (const Brackets& pair : k_brackets) {
      if (!window.starts_with(pair.open)) continue;
      std::size_t close = window.find(pair.close, pair.open.size());
      std::size_t end = close == window.npos ? pair.open.size() : close + pair.close.size();
      bool names = pair.open.size() > 1 && (close != window.npos || pair.open == "{{" || pair.open == "{%");
      std::string_view inside =
          window.substr(pair.open.size(), close == window.npos ? 0 : close - pair.open.size());
      if (!names || (close != window.npos && trim(inside).empty())) continue;
      if (is_code(check, i, inside)) {
        taken = true;
        behind = i + end;
        break;
      }
      found(i, i + end);
      behind = i + end;
      taken = true;
      break;
    }
    if (taken) continue;
    if (window.starts_with("/ no such method")) {
      found(i, i + 16);
    } else if (window.front() == '{') {
      std::size_t close = window.find('}');
      if (close != window.npos && is_fallback(window.substr(1, close - 1)) && !is_code(check, i, "")) {
        found(i, i + close + 1);
        behind = i + close + 1;
      }
    } else if (window.front() == '[') {
      std::size_t close = window.find(']');
      if (close == window.npos || window.substr(close).starts_with("](")) continue;
      std::string inside = folded(trim(window.substr(1, close - 1)));
      bool blank = std::find(std::begin(k_blanks), std::end(k_blanks), inside) != std::end(k_blanks);
      if (blank || inside == "object object") {
        found(i, i + close + 1);
        behind = i + close + 1;
      }
    }
  }
  for (std::string_view word :
       {"TODO", "XXX", "NaN", "Liquid error", "undefined", "Lorem ipsum", "lorem ipsum"})
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) {
      std::size_t end = at + word.size();
      if (!stands_alone(text, at, end) || is_code(check, at, "")) continue;
      // "undefined behaviour" is a word like others; "Hi undefined," is not.
      if (word == "undefined" && end + 1 < text.size() && text[end] == ' ' && is_word(text[end + 1]))
        continue;
      if (word == "undefined" && at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'')) continue;
      found(at, end);
    }
}

} // namespace

constinit const Rule k_hd001{{"HD001", "unresolved-placeholder", Severity::error,
                              "raw markup must not go out",
                              "A name in braces tells the customer that a machine wrote, and badly.",
                              "Hi {{name}},", "run `echo {{x}}`, for developers who are told so", "", false},
                             {},
                             &run};

} // namespace helpdesk::lint
