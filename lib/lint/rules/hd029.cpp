#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// English, Norwegian and Esperanto have one form of address in such letters.
// clang-format off
constexpr Words k_informal[] = {
    {"de", "du|dich|dir|dein|deine|deinen|deinem|deiner|deines|euch|euer|eure|eurem|euren"},
    {"fr", "tu|toi|ton|ta|tes|t"},
    {"es", "tú|contigo|tuyo|tuya|tienes|puedes|quieres|tu|tus|estás|has recibido|te enviamos|te envío"},
    {"ru", "ты|тебя|тебе|тобой|твой|твоя|твоё|твое|твои|твоего|твоей|твоему|твою"},
};
constexpr Words k_formal[] = {
    {"de", "sie|ihnen|ihr|ihre|ihren|ihrem|ihrer|ihres"},
    {"fr", "vous|votre|vos"},
    {"es", "usted|ustedes|le enviamos|le envío|le enviaremos|le devolveremos|le agradecemos|le ruego|puede usted|su pedido|su paquete|su mensaje|su compra|su cuenta"},
    {"ru", "вы|вас|вам|вами|ваш|ваша|ваше|ваши|вашего|вашей|вашему|вашу|вашим|ваших"},
};
// clang-format on

bool is_upper(std::string_view s) {
  std::size_t pos = 0;
  char32_t c = next_code_point(s, pos);
  return is_letter(c) && lower(c) != c;
}

// German "sie" is "she" or "they", "ihr" is "her": only the capital inside a sentence addresses.
std::vector<Match> formal_ones(const Reading& reading) {
  std::vector<Match> all = reading.find(words_of(k_formal, reading.language));
  if (reading.language != "de") return all;
  std::erase_if(all, [&](const Match& m) {
    const Word& word = reading.words[m.first];
    return !is_upper(reading.of(word)) || reading.sentences[word.sentence].first == m.first;
  });
  return all;
}

// "a-t-il", "y a-t-il": that t is nobody's.
bool is_euphonic(const Reading& reading, const Match& match) {
  const Word& word = reading.words[match.first];
  return reading.language == "fr" && word.folded == "t" && word.begin > 0 &&
         reading.text[word.begin - 1] == '-' && word.end < reading.text.size() &&
         reading.text[word.end] == '-';
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<Match> informal = check.matches();
  std::erase_if(informal, [&](const Match& match) { return is_euphonic(reading, match); });
  std::vector<Match> formal = formal_ones(reading);
  std::string wanted;
  if (auto it = check.settings.address_form.find(reading.language); it != check.settings.address_form.end())
    wanted = it->second;
  auto tell = [&](const Match& match, std::string why) {
    check.add(match, fmt::format("\"{}\": {}", check.of(match), why), "keep to one form of address");
  };
  if (wanted == "formal" && !informal.empty()) {
    tell(informal.front(), "the house addresses customers formally");
  } else if (wanted == "informal" && !formal.empty()) {
    tell(formal.front(), "the house addresses customers informally");
  } else if (wanted.empty() && !informal.empty() && !formal.empty()) {
    bool few_formal = formal.size() < informal.size();
    tell(few_formal ? formal.front() : informal.front(),
         few_formal ? "the rest of the reply is informal" : "the rest of the reply is formal");
  }
}

} // namespace

constinit const Rule k_hd029{{"HD029", "formality", Severity::warning, "one form of address",
                              "Whoever changes between the forms seems to have copied half of the letter.",
                              "Sie … deine", "Sie throughout", "", false},
                             k_informal,
                             &run};

} // namespace helpdesk::lint
