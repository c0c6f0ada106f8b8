#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_words[] = {
    {"en", "free gift|gift card|voucher*|discount*|on the house|complimentary|coupon*|goodwill gesture|store credit|freebie*|a small gift|bonus points"},
    {"nb", "gratis gave|liten gave|en gave|gavekort*|rabatt*|kupong*|på huset|oppmerksomhet fra oss|bonuspoeng|verdikupong*|gratisprøve*"},
    {"ru", "подарок|подарка|подарком|подарочн*|скидк*|купон*|промокод*|бонусн*|бонусы|за наш счёт|за наш счет|бесплатный подарок"},
    {"eo", "senpaga donaco|senpagan donacon|donaco|donacon|rabato*|rabaton|kupono*|kuponon|donackarto*|donackarton|bonuspoentoj*"},
    {"de", "gutschein*|rabatt*|gratisgeschenk|geschenk|geschenkt|kleines geschenk|aufs haus|bonuspunkte|treuepunkte|kulanzgutschein|nachlass|preisnachlass"},
    {"fr", "cadeau|cadeaux|bon d achat|bons d achat|remise|réduction|code promo|geste commercial|offert par la maison|points de fidélité|coupon*|chèque cadeau"},
    {"es", "regalo|regalos|cupón|cupones|descuento*|vale de compra|vale de regalo|tarjeta regalo|obsequio|puntos de fidelidad|cortesía de la casa|código promocional"},
};
// clang-format on

bool is_asked_for(const Check& check, std::string_view phrase) {
  std::string wanted = folded(phrase);
  for (const Message* message : open_messages(check.context))
    if (folded(message->text).find(wanted) != std::string::npos) return true;
  return false;
}

void run(Check& check) {
  const Reading& reading = check.reading;
  bool remedy = reading.has(words_of(remedy_words(), reading.language));
  const auto& allowed = check.settings.freebies;
  for (const Match& match : check.matches()) {
    std::string phrase = folded(check.of(match));
    bool is_allowed = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) {
      return phrase.find(folded(one)) != std::string::npos;
    });
    if (is_allowed || (remedy && allowed.empty()) || is_asked_for(check, phrase)) continue;
    check.add(match,
              remedy ? fmt::format("\"{}\" is none of what [lint] freebies allows", check.of(match))
                     : fmt::format("\"{}\" instead of a remedy", check.of(match)),
              "put it right first: refund, replace, repair");
    return; // one is enough to say it
  }
}

} // namespace

constinit const Rule k_hd012{
    {"HD012", "freebie", Severity::warning, "no bribes instead of a fix",
     "A gift where the matter itself stays open tells the customer what his trouble is worth to us.",
     "Please take this free gift and a voucher.", "It is refunded in full.", "", false},
    k_words,
    &run};

} // namespace helpdesk::lint
