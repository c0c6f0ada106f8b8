#include "language/auto_reply.hpp"
#include "language/classify.hpp"

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

struct Case {
  const char* language;
  const char* text;
};

TEST(Signals, bare_thanks_in_many_languages) {
  for (const Case& c : std::initializer_list<Case>{
           {"en", "Thanks!"},
           {"en",
            "Hi Ann,\n\nThank you so much for your quick reply, it works now.\n\nBest regards,\nPeter Smith"},
           {"en", "Perfect, thank you"},
           {"en", "Great, that solved it. Many thanks!"},
           {"", "Thanks a lot, all good now :-)\n\nMartha"},
           {"nb", "Tusen takk for rask hjelp!"},
           {"nb", "Hei!\n\nTakk for svar, nå fungerer det.\n\nMvh\nKari Nordmann"},
           {"nn", "Tusen takk for hjelpa!"},
           {"da", "Mange tak for hjælpen, det virker nu."},
           {"sv", "Tack så mycket för hjälpen!"},
           {"ru", "Спасибо большое, всё работает!"},
           {"eo", "Multan dankon pro via rapida respondo!"},
           {"de", "Vielen Dank für die schnelle Hilfe, jetzt funktioniert es.\n\nViele Grüße\nJens"},
           {"fr", "Merci beaucoup pour votre réponse rapide !\n\nCordialement,\nAnne"},
           {"es", "¡Muchas gracias por su ayuda!"},
           {"pl", "Dziękuję bardzo za szybką odpowiedź."},
           {"nl", "Hartelijk dank voor de snelle reactie!"},
           {"it", "Grazie mille per la risposta!"},
           {"pt", "Muito obrigado pela ajuda!"},
           {"fi", "Kiitos paljon avusta!"},
           {"", "Takk!"},
           {"", "Спасибо"},
           {"", "👍"},
       }) {
    const TextSignals s = read_signals(c.text, "Re: order", c.language);
    EXPECT_TRUE(s.is_bare_thanks) << c.text;
    EXPECT_FALSE(s.has_question) << c.text << " -> " << s.evidence;
    EXPECT_FALSE(s.is_request) << c.text << " -> " << s.evidence;
  }
}

TEST(Signals, thanks_with_more_is_no_bare_thanks) {
  for (const Case& c : std::initializer_list<Case>{
           {"en", "Thanks, but it still does not work."},
           {"en", "Thank you. When will it ship?"},
           {"en", "Thanks in advance"},
           {"en", "Thanks. My order number is 4711."},
           {"en", "Thanks! Please cancel the other order too."},
           {"en",
            "Thank you for the parcel. The lid was cracked on arrival and the box torn open at one side."},
           {"en", "Ok"},
           {"nb", "Takk, men det fungerer ikke."},
           {"nb", "Takk. Når kommer pakken"},
           {"nb", "Takk på forhånd"},
           {"de", "Danke, aber leider klappt es nicht"},
           {"de", "Danke im Voraus"},
           {"ru", "Спасибо, но книга не пришла"},
           {"eo", "Dankon, sed ĝi ne funkcias"},
           {"fr", "Merci de m'envoyer la facture"},
           {"fr", "Merci d'avance"},
           {"es", "Gracias, pero todavía no funciona"},
           {"", "Takk, men pakken er ikke kommet"},
       })
    EXPECT_FALSE(read_signals(c.text, "", c.language).is_bare_thanks) << c.text;
}

TEST(Signals, finds_questions_with_and_without_a_mark) {
  for (const Case& c : std::initializer_list<Case>{
           {"en", "Where is my order?"},
           {"en", "Hi, can you tell me when it ships"},
           {"en", "I was wondering if you have it in blue."},
           {"nb", "Jeg lurer på når den kommer."},
           {"nb", "Hei,\nhvor er pakken min"},
           {"nn", "Korleis kan eg endre adressa"},
           {"da", "Hvornår kommer pakken"},
           {"sv", "Hur länge dröjer det"},
           {"ru", "Подскажите, пожалуйста, срок доставки."},
           {"ru", "Можно ли вернуть товар"},
           {"eo", "Ĉu vi povas helpi"},
           {"de", "Ich wollte fragen, wann das Paket kommt."},
           {"de", "Können Sie mir helfen"},
           {"fr", "Est-ce que la commande est partie"},
           {"es", "¿Cuándo llega"},
           {"es", "Quisiera saber el precio."},
           {"zh", "什么时候发货？"},
           {"", "Kiam alvenos la libro?"},
       }) {
    const TextSignals s = read_signals(c.text, "", c.language);
    EXPECT_TRUE(s.has_question) << c.text;
    EXPECT_FALSE(s.evidence.empty()) << c.text;
  }
}

TEST(Signals, statements_courtesy_links_and_quotes_are_no_questions) {
  for (const Case& c : std::initializer_list<Case>{
           {"en", "When I open the app, it crashes."},
           {"en", "How are you? The parcel came today."},
           {"en", "See https://example.org/?a=1&b=2 for the log."},
           {"en", "> Where is it?\n\nIt came today."},
           {"nb", "Pakken kom i dag."},
           {"de", "Wie geht es Ihnen? Das Paket kam heute an."},
       })
    EXPECT_FALSE(read_signals(c.text, "", c.language).has_question) << c.text;
}

TEST(Signals, requests) {
  EXPECT_TRUE(read_signals("Please send me the invoice.", "", "en").is_request);
  EXPECT_TRUE(read_signals("Vennligst send faktura.", "", "nb").is_request);
  EXPECT_TRUE(read_signals("Bitte schicken Sie mir die Rechnung.", "", "de").is_request);
  EXPECT_TRUE(read_signals("Пришлите счёт, пожалуйста.", "", "ru").is_request);
  EXPECT_TRUE(read_signals("Bonvolu sendi la fakturon.", "", "eo").is_request);
  EXPECT_FALSE(read_signals("The parcel came today.", "", "en").is_request);
}

TEST(Signals, unsubscribe_and_absence) {
  EXPECT_TRUE(read_signals("Please unsubscribe me", "", "en").unsubscribe_request);
  EXPECT_TRUE(read_signals("", "UNSUBSCRIBE", "").unsubscribe_request);
  EXPECT_TRUE(read_signals("Hei, vennligst meld meg av.", "", "nb").unsubscribe_request);
  EXPECT_FALSE(
      read_signals("I cannot find where to unsubscribe one of my two shops from the weekly export, the page "
                   "that your colleague "
                   "named in March shows only the newer of the two and an error when I pick the other one.",
                   "", "en")
          .unsubscribe_request);
  EXPECT_TRUE(read_signals("Back on Monday.", "Out of office: order 12", "en").is_out_of_office);
  EXPECT_TRUE(read_signals("I am out of the office until 3 May.", "Automatic reply: order 12", "en")
                  .is_out_of_office);
  EXPECT_FALSE(read_signals("Where is it?", "Order 12", "en").is_out_of_office);
}

TEST(Signals, any_bytes_are_survived) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  read_signals(all, all, "xx");
  read_signals(std::string(1'000'000, '?'), "", "");
  read_signals("", "", "");
  SUCCEED();
}

TEST(AutomaticSubject, kinds) {
  using enum AutomaticSubject;
  struct {
    const char* subject;
    AutomaticSubject kind;
  } const cases[] = {
      {"Automatic reply: Your order", auto_reply},
      {"Re: Automatic reply: Your order", auto_reply},
      {"Automatisch antwoord: bestelling", auto_reply},
      {"Autosvar: Re: ordre", auto_reply},
      {"Автоответ: заказ", auto_reply},
      {"Réponse automatique : commande", auto_reply},
      {"Respuesta automática: pedido", auto_reply},
      {"自动回复: 订单", auto_reply},
      {"Automatic reply: out of office", out_of_office},
      {"Out of Office", out_of_office},
      {"Out of office: Re: order", out_of_office},
      {"Abwesenheitsnotiz: Bestellung", out_of_office},
      {"Fravær: ordre", out_of_office},
      {"Jane Roe is out of the office", out_of_office},
      {"Read: your order", receipt},
      {"Gelesen: Ihre Bestellung", receipt},
      {"Lest: ordre", receipt},
      {"Undelivered Mail Returned to Sender", bounce},
      {"Mail delivery failed: returning message to sender", bounce},
      {"Delivery Status Notification (Failure)", bounce},
      {"Order 123", none},
      {"Re: order", none},
      {"Ready: your order", none},
      {"Out of office furniture?", none},
      {"Absence of buttons in the new version", none},
      {"Reading lamp broken", none},
      {"", none},
  };
  for (const auto& c : cases) EXPECT_EQ(automatic_subject(c.subject), c.kind) << c.subject;
}

} // namespace
} // namespace helpdesk
