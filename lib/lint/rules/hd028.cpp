#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// The customer speaks of an order or a parcel …
constexpr Words k_order[] = {
    {"en", "my order|my parcel|my package|my delivery|my purchase|the order|an order|i ordered|we ordered|the parcel|the package|my invoice|shipment"},
    {"nb", "bestillingen|ordren|pakken|pakke|leveringen|min ordre|jeg bestilte|vi bestilte|kjøpet mitt|fakturaen|sendingen|bestilling"},
    {"ru", "мой заказ|моего заказа|заказ|заказа|заказал*|посылк*|доставк*|покупк*|мой счёт|мой счет"},
    {"eo", "mia mendo|mian mendon|mendo|mendon|mendis|pakaĵo|pakaĵon|pako|pakon|sendaĵo|livero|fakturo"},
    {"de", "meine bestellung|meiner bestellung|die bestellung|bestellung|bestellt|mein paket|das paket|die lieferung|meine lieferung|sendung|rechnung"},
    {"fr", "ma commande|la commande|commande|commandé*|mon colis|le colis|ma livraison|la livraison|mon achat|ma facture"},
    {"es", "mi pedido|el pedido|pedido|pedí|mi paquete|el paquete|mi envío|mi entrega|mi compra|mi factura"},
};
// … and we decide about it …
constexpr Words k_decides[] = {
    {"en", "is on its way|has been sent|was sent|is being processed|will arrive|has shipped|was shipped|we have refunded|we have cancelled|has been cancelled|has been refunded|will be delivered|is delayed|was delivered|your order is|your parcel is"},
    {"nb", "er på vei|er sendt|ble sendt|blir levert|kommer fram|er forsinket|er levert|ble levert|er refundert|er avbestilt|vi har refundert|vi har avbestilt|behandles|bestillingen din er|pakken din er"},
    {"ru", "в пути|отправлен|отправлена|отправлен*|доставлен*|будет доставлен*|задерживается|отменён|отменен|обрабатывается|деньги возвращены|ваш заказ|ваша посылка"},
    {"eo", "estas survoje|survoje|estis sendita|estas sendita|alvenos|malfruas|estis liverita|estas nuligita|estas repagita|via mendo estas|via pakaĵo estas|estas prilaborata"},
    {"de", "ist unterwegs|wurde .. versandt|wurde .. verschickt|wurde .. zugestellt|wird geliefert|kommt .. an|verspätet sich|ist verspätet|wurde storniert|wurde erstattet|haben .. storniert|haben .. erstattet|wird bearbeitet|ihre bestellung ist|ihr paket ist"},
    {"fr", "est en route|a été envoyé*|a été expédié*|sera livré*|arrivera|est retardé*|a du retard|a été livré*|a été annulé*|a été remboursé*|est en cours|votre commande est|votre colis est"},
    {"es", "está en camino|ha sido enviado|fue enviado|se ha enviado|será entregado|llegará|está retrasado|se retrasa|fue entregado|ha sido cancelado|se ha cancelado|ha sido reembolsado|está en proceso|su pedido está|su paquete está"},
};
// … without asking which.
constexpr Words k_asks[] = {
    {"en", "order number|which order|order no|could you send|can you send|could you tell|please send|please tell|let us know the number|reference number|what is the number"},
    {"nb", "ordrenummer*|bestillingsnummer*|hvilken ordre|hvilken bestilling|kan du sende|kan du gi oss|kan du si|send oss|referansenummer*|sporingsnummer*"},
    {"ru", "номер заказа|номер вашего заказа|какой заказ|пришлите|сообщите|подскажите|укажите|номер отправления|трек номер"},
    {"eo", "mendonumero*|mendonumeron|numeron de la mendo|kiu mendo|kiun mendon|bonvolu sendi|bonvolu diri|ĉu vi povas sendi|ĉu vi povus sendi|referencnumero*"},
    {"de", "bestellnummer*|welche bestellung|auftragsnummer*|könnten sie .. schicken|können sie .. schicken|könnten sie .. nennen|können sie .. nennen|bitte schicken|bitte nennen|senden sie uns|rechnungsnummer|sendungsnummer"},
    {"fr", "numéro de commande|numéro de votre commande|quelle commande|pouvez vous .. envoyer|pourriez vous .. envoyer|pourriez vous .. indiquer|pouvez vous .. indiquer|merci de nous indiquer|merci de nous envoyer|numéro de suivi|référence"},
    {"es", "número de pedido|número de su pedido|qué pedido|cuál es el pedido|podría enviarnos|puede enviarnos|podría indicarnos|puede indicarnos|por favor envíe*|por favor indique*|número de seguimiento|referencia"},
};
// clang-format on

bool has_number(std::string_view text) { // four digits in a row, or a letter and three
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    digits = text[i] >= '0' && text[i] <= '9' ? digits + 1 : 0;
    if (digits >= 4) return true;
    if (digits == 2 && i >= 2 && text[i - 2] == '#') return true;
    if (digits == 3 && i >= 3 && (text[i - 3] == '-' || text[i - 3] == '#')) return true;
  }
  return false;
}

void run(Check& check) {
  const Reading& reading = check.reading;
  std::vector<std::size_t> body = reading.body();
  if (body.empty()) return;
  for (const std::string& field : check.context.required) {
    if (reading.has(folded(field))) continue;
    check.add(reading.sentences[body.front()],
              fmt::format("\"{}\" is not known, and the reply does not ask for it", field), "ask for it");
  }
  bool speaks = false, known = has_number(check.context.subject);
  for (const std::string& field : check.context.fields) known = known || has_number(field);
  for (const Message& message : check.context.messages) {
    if (message.internal) continue;
    known = known || has_number(message.text);
    if (!message.from_customer || speaks) continue;
    Reading theirs(message.text, reading.language, "");
    speaks = theirs.has(words_of(k_order, reading.language));
  }
  if (known || !speaks || has_number(reading.text) || reading.has(words_of(k_asks, reading.language))) return;
  std::vector<Match> decides = check.matches();
  if (!decides.empty())
    check.add(decides.front(), "nobody has said which order it is",
              "ask for the order number, or name the order");
}

} // namespace

constinit const Rule k_hd028{{"HD028", "clarify", Severity::suggestion, "ask what is missing",
                              "An answer about the wrong order has to be given again; an expert asks first.",
                              "\"Your order is on its way\" where no order was named", "Which order is it?",
                              "", true},
                             k_decides,
                             &run};

} // namespace helpdesk::lint
