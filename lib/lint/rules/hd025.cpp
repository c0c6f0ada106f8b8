#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// What everybody reads as a word.
constexpr std::string_view k_common[] = {
    "OK", "ID", "PDF", "URL", "USB", "SMS", "PIN", "VAT", "FAQ", "TV", "CD", "DVD", "PC", "WIFI", "WLAN", "GPS", "EU", "UK", "US", "USA", "GB", "MB",
    "KB", "TB", "AM", "PM", "DHL", "UPS", "DPD", "GLS", "FEDEX", "LED", "LCD", "HTML", "JPG", "JPEG", "PNG", "ZIP", "MP3", "MMS", "IBAN", "BIC", "SEPA",
    "EUR", "USD", "NOK", "GBP", "CHF", "SEK", "DKK", "RUB", "UTC", "CET", "CEST", "GMT", "PS", "P.S", "RE", "FYI", "ASAP", "APP", "IT", "AG", "AS", "SA",
    "KG", "OHG", "GMBH", "SL", "SARL", "LTD", "INC", "LLC", "MVA", "MWST", "TVA", "IVA", "NIF", "CIF", "AGB", "RIB", "CB", "DNI", "SAV", "ORG", "NR", "NO",
    "EKSP", "XS", "XL", "XXL", "AC", "DC", "CV", "IP", "OS", "IOS", "NFC", "QR", "UPC", "EAN", "ISBN", "PO", "ETA", "II", "III", "IV", "VI", "VII", "VIII",
    "IX", "NDA", "CEO", "HR", "DIY", "FM", "EE", "UU", "UD", "KM", "CM", "MM", "ML", "WC", "TÜV", "NDR", "UNO", "ONU", "FN", "OBS", "NB", "BTW", "TLF", "TEL", "KL",
    "НДС", "РФ", "СМС", "США", "ЕС", "ООО", "ОК", "ИП", "ИНН", "СДЭК", "ЭВМ", "ПК", "ТВ", "ФИО", "АО"};
// clang-format on

bool is_acronym(std::string_view word, std::size_t& letters) {
  letters = 0;
  for (std::size_t pos = 0; pos < word.size();) {
    char32_t c = next_code_point(word, pos);
    if (is_digit(c)) return false;
    if (!is_letter(c) || lower(c) == c) return false;
    ++letters;
  }
  return letters >= 2 && letters <= 5;
}

bool is_upper_word(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t pos = 0; pos < word.size();) {
    char32_t c = next_code_point(word, pos);
    if (!is_letter(c) || lower(c) == c) return false;
    ++letters;
  }
  return letters > 1;
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::string theirs;
  for (const Message& message : check.context.messages)
    if (message.from_customer) theirs += folded(message.text) + "\n";
  theirs += folded(check.context.subject);
  std::set<std::string_view> told;
  for (std::size_t i = 0; i < reading.words.size(); ++i) {
    const Word& word = reading.words[i];
    std::size_t letters = 0;
    std::string_view text = reading.of(word);
    if (word.filled || !is_acronym(text, letters) || told.contains(text)) continue;
    if (reading.sentences[word.sentence].part == Part::closing) continue;
    if (std::find(std::begin(k_common), std::end(k_common), text) != std::end(k_common)) continue;
    if (check.settings.glossary.contains(std::string(text))) continue;
    // Beside words in capitals it shouts; beside a number or a dash it is a part of a name.
    bool beside = (i > 0 && is_upper_word(reading.of(reading.words[i - 1]))) ||
                  (i + 1 < reading.words.size() && is_upper_word(reading.of(reading.words[i + 1])));
    char before = word.begin > 0 ? reading.text[word.begin - 1] : ' ';
    char after = word.end < reading.text.size() ? reading.text[word.end] : ' ';
    bool joined = before == '-' || before == '.' || before == '/' || before == '#' || after == '-' ||
                  after == '/' || after == '_' || before == '_';
    if (after == '.')
      joined = before == '.' || (word.end + 1 < reading.text.size() &&
                                 static_cast<unsigned char>(reading.text[word.end + 1]) > ' ');
    bool numbered = i + 1 < reading.words.size() && reading.words[i + 1].number &&
                    reading.words[i + 1].sentence == word.sentence;
    if (beside || joined || numbered) continue;
    // "RMA (return number)", "return number (RMA)"
    bool expanded = before == '(' || trim_left(reading.text.substr(word.end, 3)).starts_with('(');
    bool theirs_too = theirs.find(word.folded) != std::string::npos;
    if (expanded || theirs_too) {
      told.insert(text);
      continue;
    }
    told.insert(text);
    check.add(word.begin, word.end, fmt::format("\"{}\" is a word of the trade", text),
              fmt::format("write what it means, or put it into [lint.glossary]: {} = \"…\"", text));
  }
}

} // namespace

constinit const Rule k_hd025{
    {"HD025", "jargon", Severity::suggestion, "plain words",
     "An expert's abbreviation saves him a second and costs the customer a question.", "the RMA via the PSP",
     "the RMA (return number)", "", false},
    {},
    &run};

} // namespace helpdesk::lint
