#include "language/marker_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>

namespace helpdesk::language {
namespace {

struct List {
  std::string_view code;
  std::span<const std::string_view> words;
};

using Words = const std::string_view;
Words k_en[] = {"the",  "thanks", "thank", "hello", "please", "you",   "your", "and",  "with",
                "have", "what",   "when",  "where", "would",  "could", "this", "that", "cheers"};
Words k_nb[] = {"tusen", "hjelpen", "hvor", "er",    "på",     "og",   "til",     "min",     "takk",
                "ikke",  "hva",     "noe",  "meg",   "deg",    "jeg",  "hvordan", "hvorfor", "etter",
                "uten",  "mye",     "nå",   "blitt", "fått",   "vært", "gjerne",  "noen",    "hei",
                "fra",   "hvis",    "også", "mulig", "hilsen", "dere", "ennå",    "bedre",   "være"};
Words k_nn[] = {"ikkje", "eg",   "korleis", "kva",     "kvifor", "frå",  "nokon", "noko", "berre",
                "dykk",  "meir", "vere",    "helsing", "mykje",  "takk", "kjem",  "kor",  "hei",
                "kan",   "ein",  "eit",     "gjerne",  "me",     "dei",  "ho",    "òg"};
Words k_da[] = {"hvor",   "er",    "på",   "og",     "til",    "min",     "tak",     "ikke",
                "hvad",   "noget", "mig",  "dig",    "jeg",    "hvordan", "hvorfor", "efter",
                "uden",   "meget", "nu",   "blevet", "været",  "gerne",   "nogen",   "hej",
                "fra",    "hvis",  "også", "muligt", "hilsen", "venlig",  "af",      "jer",
                "bliver", "mvh",   "have", "kunne",  "godt"};
Words k_sv[] = {"tack",   "inte",  "vad",  "något",  "mig",   "dig",     "jag",        "hur",
                "varför", "efter", "utan", "mycket", "nu",    "blivit",  "varit",      "gärna",
                "någon",  "hej",   "från", "om",     "också", "möjligt", "hälsningar", "av",
                "och",    "är",    "er",   "har",    "för",   "att"};
Words k_de[] = {"danke", "vielen", "dank", "ich", "nicht", "bitte", "hallo", "und",  "wie",  "warum", "wann",
                "wir",   "sie",    "ihre", "mit", "für",   "grüße", "ist",   "habe", "eine", "guten"};
Words k_fr[] = {"merci", "bonjour",  "je",   "vous",         "pas",     "votre",
                "est",   "pour",     "avec", "cordialement", "comment", "pourquoi",
                "quand", "beaucoup", "nous", "une",          "salut",   "bonsoir"};
Words k_es[] = {"gracias", "hola",    "usted",  "cómo",   "cuándo", "dónde", "qué",  "está", "muchas",
                "pedido",  "saludos", "buenos", "buenas", "por",    "favor", "pero", "una",  "tengo"};
Words k_eo[] = {"dankon", "saluton", "ĉu",      "kiel",   "kial", "kiam", "estas", "mi",    "vi",
                "ne",     "kaj",     "bonvolu", "dankas", "la",   "por",  "mia",   "multan"};
Words k_ru[] = {"спасибо", "здравствуйте", "привет", "пожалуйста", "как",    "когда", "почему", "где",
                "что",     "не",           "я",      "благодарю",  "добрый", "день",  "это",    "ещё"};
Words k_uk[] = {"дякую", "вітаю", "будь",   "ласка",  "як", "коли", "чому", "що",
                "не",    "я",     "привіт", "добрий", "це", "ще",   "і"};
Words k_pl[] = {"dziękuję", "dzięki", "cześć", "proszę", "jak",   "kiedy",     "dlaczego",
                "jest",     "nie",    "się",   "dzień",  "dobry", "pozdrawiam"};
Words k_nl[] = {"bedankt", "dank",    "hallo",  "ik",    "niet",   "het",     "een",  "hoe",
                "waarom",  "wanneer", "jullie", "graag", "alvast", "groeten", "mijn", "dankjewel"};
Words k_it[] = {"grazie", "ciao", "buongiorno", "come",  "quando", "perché", "dove", "non",
                "sono",   "per",  "favore",     "mille", "saluti", "il",     "che"};
Words k_pt[] = {"obrigado", "obrigada", "olá",   "como", "quando", "onde", "não",
                "você",     "por",      "favor", "bom",  "dia",    "uma",  "cumprimentos"};
Words k_fi[] = {"kiitos", "moi", "hei",  "terve", "miten",     "milloin",   "missä",
                "ei",     "ja",  "minä", "onko",  "terveisin", "kiitoksia", "tilaus"};

constexpr List k_lists[] = {{"en", k_en}, {"nb", k_nb}, {"nn", k_nn}, {"da", k_da},
                            {"sv", k_sv}, {"de", k_de}, {"fr", k_fr}, {"es", k_es},
                            {"eo", k_eo}, {"ru", k_ru}, {"uk", k_uk}, {"pl", k_pl},
                            {"nl", k_nl}, {"it", k_it}, {"pt", k_pt}, {"fi", k_fi}};
static_assert(std::size(k_lists) <= Markers::k_max_languages);

// Word -> the set of languages that have it, as bits.
const std::unordered_map<std::string_view, std::uint32_t>& index() {
  static const auto built = [] {
    std::unordered_map<std::string_view, std::uint32_t> map;
    for (std::size_t i = 0; i < std::size(k_lists); ++i)
      for (const std::string_view word : k_lists[i].words) map[word] |= 1U << i;
    return map;
  }();
  return built;
}

} // namespace

Markers count_markers(std::string_view text) {
  Markers out;
  const std::string lowered = lower(text);
  std::size_t i = 0;
  while (i < lowered.size()) {
    std::size_t begin = i;
    const char32_t c = next_code_point(lowered, i);
    if (!is_letter(c)) continue;
    std::size_t end = i;
    while (end < lowered.size()) {
      std::size_t next = end;
      if (!is_letter(next_code_point(lowered, next))) break;
      end = next;
    }
    if (const auto found = index().find(std::string_view(lowered).substr(begin, end - begin));
        found != index().end())
      for (std::size_t k = 0; k < std::size(k_lists); ++k)
        if ((found->second >> k) & 1U) ++out.counts[k];
    i = end;
  }
  return out;
}

std::string_view Markers::winner(std::string_view preferred) const {
  const int best = *std::ranges::max_element(counts);
  if (best == 0) return {};
  std::string_view first;
  bool bokmal = false, tie = false;
  for (std::size_t i = 0; i < std::size(k_lists); ++i) {
    if (counts[i] != best) continue;
    if (k_lists[i].code == preferred) return preferred;
    bokmal = bokmal || k_lists[i].code == "nb";
    tie = !first.empty();
    if (first.empty()) first = k_lists[i].code;
  }
  if (!tie) return first;
  return bokmal ? "nb" : std::string_view();
}

bool Markers::clear() const {
  auto sorted = counts;
  std::ranges::sort(sorted, std::greater<>());
  return sorted[0] >= 2 && sorted[0] >= 2 * sorted[1];
}

} // namespace helpdesk::language
