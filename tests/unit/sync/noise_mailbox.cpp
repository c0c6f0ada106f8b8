#include "noise_mailbox.hpp"

#include "base/text.hpp"

#include <array>
#include <functional>
#include <random>
#include <utility>

#include <fmt/format.h>

namespace helpdesk::sync::test {
namespace {

struct Words {
  std::string_view subject;
  std::array<std::string_view, 7> questions; // {} is an order number
  std::array<std::string_view, 6> thanks;
  std::string_view hello, bye, away_subject, away_text, newsletter, leave;
};

constexpr std::array<Words, 7> k_languages{{
    {"Bird house",
     {"When will order {} arrive?", "The roof of order {} leaks. What can I do?",
      "Could you send me the invoice for {}?", "I am still waiting for order {} and nobody answers.",
      "My parcel {} came without screws.", "Please change the address of order {}.",
      "Does the feeder in order {} stand frost?"},
     {"Thank you very much!", "Thanks a lot, it works now.", "Great, thanks for the quick reply!",
      "Perfect, thank you.", "Many thanks for your help!", "Thanks, everything arrived."},
     "Hello,",
     "Kind regards",
     "Out of office: Bird house",
     "I am out of the office until Monday. Is it urgent? Call my colleague.",
     "New in our garden shop: ten kinds of seed",
     "Unsubscribe"},
    {"Fuglekasse",
     {"Når kommer bestilling {}?", "Taket på bestilling {} lekker. Hva gjør jeg?",
      "Kan dere sende meg fakturaen for {}?", "Jeg venter fortsatt på bestilling {} og hører ingenting.",
      "Pakken {} kom uten skruer.", "Vennligst endre adressen på bestilling {}.",
      "Tåler materen i bestilling {} frost?"},
     {"Tusen takk!", "Takk, nå virker det.", "Supert, takk for raskt svar!", "Perfekt, takk.",
      "Mange takk for hjelpen!", "Takk skal dere ha!"},
     "Hei,",
     "Vennlig hilsen",
     "Fraværsmelding: Fuglekasse",
     "Jeg er ikke på kontoret før mandag. Haster det? Ring en kollega.",
     "Nytt i hagebutikken: ti slags frø",
     "Meld deg av"},
    {"Скворечник",
     {"Когда придёт заказ {}?", "Крыша из заказа {} протекает. Что делать?",
      "Можете прислать счёт по заказу {}?", "Я до сих пор жду заказ {}, и никто не отвечает.",
      "Посылка {} пришла без шурупов.", "Пожалуйста, измените адрес заказа {}.",
      "Выдержит ли кормушка из заказа {} мороз?"},
     {"Большое спасибо!", "Спасибо, теперь всё работает.", "Отлично, спасибо за быстрый ответ!", "Спасибо!",
      "Огромное спасибо за помощь!", "Благодарю вас!"},
     "Здравствуйте,",
     "С уважением",
     "Автоответ: Скворечник",
     "Меня нет в офисе до понедельника. Срочно? Позвоните коллеге.",
     "Новинки для сада: десять видов семян",
     "Отписаться"},
    {"Birdodomo",
     {"Kiam alvenos mendo {}?", "La tegmento de mendo {} likas. Kion mi faru?",
      "Ĉu vi povas sendi al mi la fakturon de {}?", "Mi ankoraŭ atendas mendon {} kaj neniu respondas.",
      "La pakaĵo {} venis sen ŝraŭboj.", "Bonvolu ŝanĝi la adreson de mendo {}.",
      "Ĉu la manĝujo de mendo {} eltenas froston?"},
     {"Multan dankon!", "Dankon, nun ĝi funkcias.", "Bonege, dankon pro la rapida respondo!",
      "Perfekte, dankon.", "Koran dankon pro la helpo!", "Dankegon!"},
     "Saluton,",
     "Amike",
     "Aŭtomata respondo: Birdodomo",
     "Mi forestas ĝis lundo. Ĉu urĝas? Voku mian kolegon.",
     "Nove en nia ĝardenbutiko: dek specoj de semoj",
     "Malaboni"},
    {"Vogelhaus",
     {"Wann kommt Bestellung {}?", "Das Dach aus Bestellung {} ist undicht. Was soll ich tun?",
      "Können Sie mir die Rechnung zu {} schicken?",
      "Ich warte immer noch auf Bestellung {} und niemand antwortet.", "Das Paket {} kam ohne Schrauben.",
      "Bitte ändern Sie die Adresse von Bestellung {}.", "Verträgt das Futterhaus aus Bestellung {} Frost?"},
     {"Vielen Dank!", "Danke, jetzt funktioniert es.", "Super, danke für die schnelle Antwort!",
      "Perfekt, danke.", "Herzlichen Dank für Ihre Hilfe!", "Besten Dank, alles ist angekommen."},
     "Guten Tag,",
     "Mit freundlichen Grüßen",
     "Abwesenheitsnotiz: Vogelhaus",
     "Ich bin bis Montag nicht im Büro. Dringend? Rufen Sie meine Kollegin an.",
     "Neu im Gartenladen: zehn Sorten Saatgut",
     "Abmelden"},
    {"Nichoir",
     {"Quand arrive la commande {} ?", "Le toit de la commande {} fuit. Que faire ?",
      "Pouvez-vous m'envoyer la facture de {} ?", "J'attends toujours la commande {} et personne ne répond.",
      "Le colis {} est arrivé sans vis.", "Merci de changer l'adresse de la commande {}.",
      "La mangeoire de la commande {} résiste-t-elle au gel ?"},
     {"Merci beaucoup !", "Merci, ça marche maintenant.", "Super, merci pour votre réponse rapide !",
      "Parfait, merci.", "Un grand merci pour votre aide !", "Merci à vous !"},
     "Bonjour,",
     "Cordialement",
     "Réponse automatique : Nichoir",
     "Je suis absente jusqu'à lundi. C'est urgent ? Appelez ma collègue.",
     "Nouveau au jardin : dix sortes de graines",
     "Se désabonner"},
    {"Casita",
     {"¿Cuándo llega el pedido {}?", "El tejado del pedido {} gotea. ¿Qué hago?",
      "¿Pueden enviarme la factura de {}?", "Sigo esperando el pedido {} y nadie contesta.",
      "El paquete {} llegó sin tornillos.", "Por favor, cambien la dirección del pedido {}.",
      "¿El comedero del pedido {} aguanta el frío?"},
     {"¡Muchas gracias!", "Gracias, ya funciona.", "¡Genial, gracias por la rápida respuesta!",
      "Perfecto, gracias.", "¡Mil gracias por su ayuda!", "Gracias, todo ha llegado."},
     "Hola:",
     "Un saludo",
     "Respuesta automática: Casita",
     "Estoy fuera de la oficina hasta el lunes. ¿Es urgente? Llame a mi compañera.",
     "Novedades del jardín: diez clases de semillas",
     "Darse de baja"},
}};
constexpr std::array<std::string_view, 10> k_names{"Kari Olsen", "Ivan Petrov", "Ann Baker",  "Jan Novak",
                                                   "Lea Roth",   "Luc Martin",  "Sofia Ruiz", "Ludo Verda",
                                                   "Mia Berg",   "Tim Hale"};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::vector<NoiseConversation> mailbox(int total) {
    using Make = void (Generator::*)(NoiseConversation&);
    struct Row {
      const char* kind;
      Make make;
    };
    static constexpr Row noise[] = {
        {"newsletter", &Generator::newsletter},
        {"newsletter without list headers", &Generator::bare_newsletter},
        {"newsletter through our group", &Generator::group_newsletter},
        {"receipt", &Generator::receipt},
        {"DMARC report", &Generator::dmarc},
        {"TLS report", &Generator::tls},
        {"invitation", &Generator::invitation},
        {"bare thanks", &Generator::thanks},
        {"bare thanks", &Generator::thanks},
        {"bare thanks through our group", &Generator::group_thanks},
        {"automatic reply", &Generator::away},
        {"automatic reply without headers", &Generator::bare_away},
        {"bounce", &Generator::bounce},
        {"no-reply notification", &Generator::notification},
        {"notification through our group", &Generator::group_notification},
        {"mailing list", &Generator::list},
        {"our own form tells us", &Generator::form_notice},
    };
    static constexpr Row customers[] = {
        {"question", &Generator::question},
        {"question", &Generator::question},
        {"question through a form", &Generator::form_question},
        {"question through our group", &Generator::group_question},
        {"question after our answer", &Generator::second_question},
        {"thanks with a question", &Generator::thanks_question},
        {"question from an office", &Generator::office_question},
        {"question in HTML", &Generator::html_question},
    };
    std::vector<NoiseConversation> all;
    for (int i = 0; i < total; ++i) {
      language_ = &k_languages[static_cast<std::size_t>(i) % k_languages.size()];
      bool waits = i % 5 < 2;
      const Row& row = waits ? customers[static_cast<std::size_t>(i / 5) % std::size(customers)]
                             : noise[static_cast<std::size_t>(i) % std::size(noise)];
      NoiseConversation conversation;
      conversation.kind = row.kind;
      conversation.waits = waits;
      name_ = k_names[random_() % k_names.size()];
      address_ = fmt::format("c{}@home{}.example", random_() % 100'000, random_() % 9);
      (this->*row.make)(conversation);
      all.push_back(std::move(conversation));
    }
    return all;
  }

 private:
  std::mt19937 random_;
  const Words* language_ = nullptr;
  std::string name_, address_, last_id_;
  int id_ = 0;

  std::string number() { return std::to_string(10'000 + random_() % 90'000); }
  std::string asked() {
    return fmt::format(fmt::runtime(language_->questions[random_() % language_->questions.size()]), number());
  }
  std::string thanked() { return std::string(language_->thanks[random_() % language_->thanks.size()]); }
  std::string letter(const std::string& text) {
    switch (random_() % 3) {
    case 0: return text;
    case 1: return fmt::format("{}\r\n\r\n{}\r\n\r\n{}\r\n{}", language_->hello, text, language_->bye, name_);
    default:
      return fmt::format("{}\r\n\r\n{}\r\n-- \r\n{}\r\nhttps://home.example/?a=1", language_->hello, text,
                         name_);
    }
  }
  std::string person() { return fmt::format("{} <{}>", name_, address_); }
  std::string subject(std::string_view before = "") {
    return fmt::format("{}{} {}", before, language_->subject, number());
  }

  // headers: whole lines, each with its line end.
  NoiseMail mail(const std::string& from, const std::string& title, const std::string& headers,
                 const std::string& body, std::string_view type = "text/plain; charset=utf-8") {
    ++id_;
    last_id_ = fmt::format("g{}@home.example", id_);
    return {fmt::format(
        "From: {}\r\nTo: support@desk.example\r\nSubject: {}\r\nMessage-ID: <{}>\r\nDate: {}, {} Jan 2026 "
        "{:02}:{:02}:00 +0000\r\n"
        "MIME-Version: 1.0\r\n{}Content-Type: {}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        from, title, last_id_, "Mon", 5 + id_ / 600, id_ / 60 % 24, id_ % 60, headers, type, body)};
  }
  NoiseMail ours(const std::string& title, const std::string& body) {
    std::string answered = last_id_;
    NoiseMail sent = mail("Support <support@desk.example>", title,
                          fmt::format("In-Reply-To: <{0}>\r\nReferences: <{0}>\r\n", answered), body);
    sent.bytes = replace_all(sent.bytes, "To: support@desk.example", "To: " + person());
    sent.folder = "Sent";
    return sent;
  }
  std::string answer_headers() const {
    return fmt::format("In-Reply-To: <{0}>\r\nReferences: <{0}>\r\n", last_id_);
  }
  std::string quoted() const {
    return fmt::format("\r\n\r\nOn Mon, 5 Jan 2026 at 09:00, Support <support@desk.example> wrote:\r\n> "
                       "Which colour would you like?\r\n");
  }
  std::string group_headers() const {
    return fmt::format("X-Original-Sender: {0}\r\nX-Original-From: {1} <{0}>\r\nPrecedence: list\r\nList-ID: "
                       "<support.desk.example>\r\n"
                       "List-Post: <mailto:support@desk.example>\r\nList-Unsubscribe: "
                       "<mailto:groups+7+unsubscribe@groups.example>\r\n",
                       address_, name_);
  }
  std::string through_group() const {
    return fmt::format("\"'{}' via Support\" <support@desk.example>", name_);
  }
  void answered(NoiseConversation& c) { // a question that we answered
    std::string title = subject();
    c.mails.push_back(mail(person(), title, "", asked()));
    c.mails.push_back(ours("Re: " + title, "Here you are. Which colour would you like?"));
  }

  void newsletter(NoiseConversation& c) {
    c.mails.push_back(mail("Garden <hello@garden.example>", std::string(language_->newsletter) + "?",
                           "List-Unsubscribe: <https://garden.example/u>\r\n",
                           asked() + "\r\n" + std::string(language_->leave)));
  }
  std::string newsletter_page() const {
    return fmt::format(
        "<html><body><h1>{0}</h1><p>{0}</p><p><a href=\"https://garden.example/shop\">Shop</a></p>"
        "<p><a href=\"https://garden.example/u?x=1\">{1}</a></p></body></html>",
        language_->newsletter, language_->leave);
  }
  void bare_newsletter(NoiseConversation& c) {
    c.mails.push_back(mail("Garden <news@garden.example>", std::string(language_->newsletter), "",
                           newsletter_page(), "text/html; charset=utf-8"));
  }
  void group_newsletter(NoiseConversation& c) {
    name_ = "Garden";
    address_ = "newsletter@garden.example";
    c.mails.push_back(mail(through_group(), std::string(language_->newsletter), group_headers(),
                           newsletter_page(), "text/html; charset=utf-8"));
  }
  void receipt(NoiseConversation& c) {
    constexpr std::array<std::string_view, 6> titles{"Your receipt from Cloudhost #{}",
                                                     "Your invoice from Cloudhost {} is available",
                                                     "Order confirmation {}",
                                                     "Ihre Rechnung {}",
                                                     "Votre facture {}",
                                                     "Kvittering for kjøp {}"};
    c.mails.push_back(mail("Cloudhost <billing@cloudhost.example>",
                           fmt::format(fmt::runtime(titles[random_() % titles.size()]), number()), "",
                           "Amount paid: 12.00 EUR. See https://cloudhost.example/receipts?id=7"));
  }
  void dmarc(NoiseConversation& c) {
    c.mails.push_back(
        mail("noreply-dmarc@reports.example",
             "Report Domain: desk.example Submitter: reports.example Report-ID: " + number(), "",
             "H4sIAAAAAAAAAw==", "application/gzip; name=\"reports.example!desk.example!1!2.xml.gz\""));
  }
  void tls(NoiseConversation& c) {
    c.mails.push_back(mail("tlsrpt@reports.example",
                           "Report Domain: desk.example Submitter: reports.example Report-ID: " + number(),
                           "TLS-Report-Domain: desk.example\r\nTLS-Report-Submitter: reports.example\r\n",
                           "--t\r\nContent-Type: text/plain\r\n\r\nAn aggregate report.\r\n--t--",
                           "multipart/report; report-type=tlsrpt; boundary=t"));
  }
  void invitation(NoiseConversation& c) {
    c.mails.push_back(mail(person(), std::string(language_->subject) + " meeting", "",
                           "--t\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNeed help? Join "
                           "now\r\n--t\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
                           "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n--t--",
                           "multipart/alternative; boundary=t"));
  }
  void thanks(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(mail(person(), subject("Re: "), answer_headers(), letter(thanked()) + quoted()));
  }
  void group_thanks(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(
        mail(through_group(), subject("Re: "), group_headers() + answer_headers(), letter(thanked())));
  }
  void away(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(mail(person(), std::string(language_->away_subject),
                           "Auto-Submitted: auto-replied\r\n" + answer_headers(),
                           std::string(language_->away_text)));
  }
  void bare_away(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(mail(person(), std::string(language_->away_subject), answer_headers(),
                           std::string(language_->away_text)));
  }
  void bounce(NoiseConversation& c) {
    c.mails.push_back(
        mail("MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", "Return-Path: <>\r\n",
             "--t\r\nContent-Type: text/plain\r\n\r\nCould not be delivered.\r\n--t\r\nContent-Type: "
             "message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
             "Final-Recipient: rfc822; gone@post.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--t--",
             "multipart/report; report-type=delivery-status; boundary=t"));
  }
  void notification(NoiseConversation& c) {
    constexpr std::array<std::string_view, 4> senders{"noreply@parcel.example", "no-reply@bank.example",
                                                      "DoNotReply@tax.example", "notifications@code.example"};
    std::string from(senders[random_() % senders.size()]);
    c.mails.push_back(mail(from, subject(), random_() % 2 ? "Reply-To: " + from + "\r\n" : "", asked()));
  }
  void group_notification(NoiseConversation& c) {
    name_ = "Parcel";
    address_ = "no-reply@parcel.example";
    c.mails.push_back(mail(through_group(), subject(), group_headers(), asked()));
  }
  void list(NoiseConversation& c) {
    c.mails.push_back(mail(person(), subject("[birds] "),
                           "List-Id: Birds <birds.lists.example>\r\nPrecedence: list\r\n", letter(asked())));
  }
  void form_notice(NoiseConversation& c) {
    c.mails.push_back(mail("Shop <noreply@desk.example>", subject(), "Auto-Submitted: auto-generated\r\n",
                           "A new user signed up. Is it spam? See https://desk.example/users"));
  }

  void question(NoiseConversation& c) { c.mails.push_back(mail(person(), subject(), "", letter(asked()))); }
  void form_question(NoiseConversation& c) {
    c.mails.push_back(mail("Shop <noreply@desk.example>", "Contact form", "Reply-To: " + person() + "\r\n",
                           fmt::format("Name: {}\r\nMessage: {}", name_, asked())));
  }
  void group_question(NoiseConversation& c) {
    c.mails.push_back(mail(through_group(), subject(), group_headers(), letter(asked())));
  }
  void second_question(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(mail(person(), subject("Re: "), answer_headers(), letter(asked()) + quoted()));
  }
  void thanks_question(NoiseConversation& c) {
    answered(c);
    c.mails.push_back(
        mail(person(), subject("Re: "), answer_headers(), letter(thanked() + " " + asked()) + quoted()));
  }
  void office_question(NoiseConversation& c) {
    address_ = "info@" + address_.substr(address_.find('@') + 1);
    c.mails.push_back(mail(person(), subject(), "", letter(asked())));
  }
  void html_question(NoiseConversation& c) {
    c.mails.push_back(
        mail(person(), subject(), "X-Auto-Response-Suppress: All\r\n",
             fmt::format("<html><body><p>{}</p><p>{}</p></body></html>", language_->hello, asked()),
             "text/html; charset=utf-8"));
  }
};

} // namespace

std::vector<NoiseConversation> noise_mailbox(unsigned seed, int total) {
  return Generator(seed).mailbox(total);
}

} // namespace helpdesk::sync::test
