#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

constexpr std::size_t k_shingle = 8; // words in a row that no two people write by chance

// clang-format off
constexpr std::string_view k_marks =
    "internal note|internal only|internal use only|for internal use|not for the customer|do not send to customer|do not send to the customer|do not tell the customer|note to self|private note|agents only|"
    "internt notat|intern kommentar|kun internt|ikke til kunden|ikke send til kunden|kun til intern bruk|"
    "внутренняя заметка|внутренний комментарий|только для сотрудников|не для клиента|не отправлять клиенту|служебная записка|для внутреннего пользования|"
    "interna noto|interna komento|nur interne|ne por la kliento|ne sendu al la kliento|nur por kolegoj|"
    "interne notiz|interner vermerk|interner kommentar|nur intern|nicht für den kunden|nicht an den kunden senden|nur für kollegen|"
    "note interne|commentaire interne|usage interne|ne pas envoyer au client|pas pour le client|réservé aux collègues|"
    "nota interna|comentario interno|solo interno|uso interno|no enviar al cliente|no es para el cliente|solo para colegas";
constexpr std::string_view k_tags[] = {"internal", "intern", "internt", "interna", "interne", "interno", "внутреннее", "внутр", "private", "privat", "note", "notiz", "notat"};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  std::string_view text = reading.text;
  for (std::size_t at = text.find('['); at != text.npos; at = text.find('[', at + 1)) {
    std::string_view window = text.substr(at, 40);
    std::size_t close = window.find(']');
    if (close == window.npos) continue;
    std::string inside = folded(trim(window.substr(1, close - 1)));
    if (std::find(std::begin(k_tags), std::end(k_tags), inside) != std::end(k_tags))
      check.add(at, at + close + 1, "marked as internal", "take the marked part out");
  }
  for (const Match& match : check.matches({}))
    check.add(match, "marked as internal", "take the marked part out");
  for (const Match& match : reading.find(k_marks))
    check.add(match, "marked as internal", "take the marked part out");
  // "INTERNAL: …" at the beginning of a line, "@ida please look" anywhere.
  for (const Line& line : reading.lines) {
    if (line.kind != LineKind::text) continue;
    std::string_view content = text.substr(line.begin, line.end - line.begin);
    std::size_t colon = content.substr(0, 24).find(':');
    if (colon == content.npos) continue;
    std::string head = folded(trim(content.substr(0, colon)));
    if (head == "internal" || head == "internt" || head == "intern" || head == "interne" ||
        head == "interno" || head == "внутреннее" || head == "interne info")
      check.add(line.begin, line.end, "marked as internal", "take the marked part out");
  }
  for (std::size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    if (at > 0 && static_cast<unsigned char>(text[at - 1]) > ' ' && text[at - 1] != '(') continue;
    std::size_t end = at + 1;
    while (end < text.size() &&
           (static_cast<unsigned char>(text[end]) >= 0x80 || (text[end] | 0x20) >= 'a') &&
           (static_cast<unsigned char>(text[end]) >= 0x80 || (text[end] | 0x20) <= 'z'))
      ++end;
    std::string name = folded(text.substr(at + 1, end - at - 1));
    if (name.size() < 2) continue;
    auto is_named = [&](const std::string& person) {
      std::string one = folded(person);
      return one == name || one.starts_with(name + " ");
    };
    bool colleague = is_named(check.context.agent) ||
                     std::any_of(check.context.others.begin(), check.context.others.end(), is_named);
    // At the beginning of a line somebody is called; elsewhere it may be a name of ours on a network.
    bool calls = at == 0 || text[at - 1] == '\n';
    if (colleague || calls)
      check.add(at, end, fmt::format("\"{}\" calls a colleague", text.substr(at, end - at)), "take it out");
  }
  // Words of a note.
  std::unordered_map<std::uint64_t, const Message*> notes;
  for (const Message& message : check.context.messages) {
    if (!message.internal) continue;
    Reading note(message.text, reading.language, "");
    for (std::size_t i = 0; i + k_shingle <= note.words.size(); ++i) {
      std::string joined;
      for (std::size_t k = 0; k < k_shingle; ++k) joined += std::string(note.words[i + k].folded) + " ";
      notes.emplace(fnv1a(joined), &message);
    }
  }
  if (notes.empty()) return;
  // What the customer has read or written already is no secret of ours.
  for (const Message& message : check.context.messages) {
    if (message.internal) continue;
    Reading open(message.text, reading.language, "");
    for (std::size_t i = 0; i + k_shingle <= open.words.size(); ++i) {
      std::string joined;
      for (std::size_t k = 0; k < k_shingle; ++k) joined += std::string(open.words[i + k].folded) + " ";
      notes.erase(fnv1a(joined));
    }
  }
  std::size_t behind = 0;
  for (std::size_t i = 0; i + k_shingle <= reading.words.size(); ++i) {
    if (i < behind) continue;
    std::string joined;
    for (std::size_t k = 0; k < k_shingle; ++k) joined += std::string(reading.words[i + k].folded) + " ";
    auto note = notes.find(fnv1a(joined));
    if (note == notes.end()) continue;
    Finding& finding =
        check.add(Match{i, i + k_shingle}, fmt::format("words of a note by {}", note->second->author),
                  "notes are for the desk; say it in your own words if the customer may know it");
    finding.evidence = ellipsize(collapse_spaces(note->second->text), 200);
    behind = i + 4 * k_shingle;
  }
}

} // namespace

constinit const Rule k_hd020{
    {"HD020", "internal-note", Severity::error, "what is internal stays in",
     "Notes are written for colleagues, in words that a customer should never read about himself.",
     "[INTERNAL] customer is a reseller", "a public sentence that was quoted back", "", false},
    {},
    &run};

} // namespace helpdesk::lint
