#include "language/auto_reply.hpp"

#include "base/text.hpp"
#include "language/subject.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace helpdesk {
namespace {

using Phrase = std::string_view;

// Lower case. A phrase must be followed by the end, a colon, or other punctuation, unless it ends in an open
// "…".
constexpr Phrase k_auto_reply[] = {
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "autoresponse",
    "automated reply",
    "automated response",
    "automatic response",
    "auto:",
    "autoresponder",
    "automatische antwort",
    "automatische antwoord",
    "automatisch antwoord",
    "automatische rückantwort",
    "autoreplik",
    "automatische beantwortung",
    "automatisk svar",
    "autosvar",
    "auto-svar",
    "automatiskt svar",
    "automatisk melding",
    "réponse automatique",
    "réponse auto",
    "respuesta automática",
    "respuesta automatica",
    "resposta automática",
    "risposta automatica",
    "automaattinen vastaus",
    "automaatne vastus",
    "autoodpowiedź",
    "odpowiedź automatyczna",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "automatická odpoveď",
    "automatikus válasz",
    "răspuns automat",
    "автоответ",
    "автоматический ответ",
    "автоматична відповідь",
    "автовідповідь",
    "автоматичен отговор",
    "aŭtomata respondo",
    "otomatik yanıt",
    "αυτόματη απάντηση",
    "自动回复",
    "自動回覆",
    "自動返信",
    "自動応答",
    "자동 회신",
    "자동 응답",
    "trả lời tự động",
    "balasan otomatis",
    "automatski odgovor",
    "samodejni odgovor",
    "sjálfvirkt svar",
    "automātiska atbilde",
    "automatinis atsakymas",
    "תשובה אוטומטית",
    "رد تلقائي",
    "ตอบกลับอัตโนมัติ",
};
constexpr Phrase k_out_of_office[] = {
    "out of office",
    "out-of-office",
    "out of the office",
    "ooo",
    "away from the office",
    "on vacation",
    "on holiday",
    "on annual leave",
    "annual leave",
    "vacation reply",
    "away from my mail",
    "i am away",
    "i am out of",
    "i'm out of",
    "currently out of",
    "abwesenheitsnotiz",
    "abwesenheit",
    "abwesenheitsmeldung",
    "abwesenheitsbenachrichtigung",
    "abwesend",
    "ich bin im urlaub",
    "nicht im büro",
    "außer haus",
    "urlaubsmeldung",
    "fravær",
    "fraværsmelding",
    "fråvær",
    "ikke på kontoret",
    "ikke til stede",
    "ute av kontoret",
    "fraværsbesked",
    "ferie",
    "på ferie",
    "ude af kontoret",
    "fraværende",
    "frånvaro",
    "frånvaromeddelande",
    "ej på kontoret",
    "inte på kontoret",
    "semester",
    "absence du bureau",
    "absent du bureau",
    "message d'absence",
    "absence",
    "absent",
    "en congé",
    "en vacances",
    "fuera de la oficina",
    "fuera de oficina",
    "ausencia",
    "ausente",
    "de vacaciones",
    "fora do escritório",
    "ausência",
    "de férias",
    "fuori ufficio",
    "fuori sede",
    "assenza dall'ufficio",
    "in ferie",
    "afwezig",
    "afwezigheid",
    "afwezigheidsbericht",
    "niet aanwezig",
    "op vakantie",
    "poissa",
    "poissaolo",
    "poissaoloilmoitus",
    "lomalla",
    "nieobecność",
    "poza biurem",
    "na urlopie",
    "mimo kancelář",
    "nepřítomnost",
    "házon kívül",
    "irodán kívül",
    "в отпуске",
    "отсутствую",
    "вне офиса",
    "нет на месте",
    "нет в офисе",
    "у відпустці",
    "поза офісом",
    "ekster la oficejo",
    "mi forestas",
    "forestas",
    "ofis dışında",
    "εκτός γραφείου",
    "不在办公室",
    "外出",
    "不在通知",
    "休暇中",
    "부재중",
};
constexpr Phrase k_receipt[] = {
    "read:",
    "read receipt",
    "not read:",
    "return receipt",
    "delivered:",
    "deleted:",
    "gelesen:",
    "ungelesen gelöscht:",
    "lesebestätigung",
    "lest:",
    "lesebekreftelse",
    "læst:",
    "kvittering for lesing",
    "läst:",
    "läskvitto",
    "lu:",
    "lu :",
    "accusé de lecture",
    "accusé de réception",
    "non lu:",
    "non lu :",
    "leído:",
    "leido:",
    "confirmación de lectura",
    "lida:",
    "lido:",
    "letto:",
    "conferma di lettura",
    "gelezen:",
    "leesbevestiging",
    "luettu:",
    "lukukuittaus",
    "przeczytane:",
    "przeczytano:",
    "potwierdzenie odczytu",
    "přečteno:",
    "прочтено:",
    "прочитано:",
    "уведомление о прочтении",
    "legita:",
    "okundu:",
    "διαβάστηκε:",
    "已读:",
    "已读：",
    "已讀:",
    "開封済み:",
    "開封済み：",
    "읽음:",
    "elolvasva:",
    "citit:",
};
constexpr Phrase k_bounce[] = {
    "undelivered mail returned to sender",
    "undeliverable:",
    "undeliverable mail",
    "undelivered:",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery system",
    "returned mail",
    "failure notice",
    "mail system error",
    "message could not be delivered",
    "delivery delayed",
    "delivery notification",
    "unzustellbar:",
    "unzustellbare nachricht",
    "nicht zustellbar",
    "zustellungsfehler",
    "kan ikke leveres:",
    "kunne ikke leveres",
    "ikke levert",
    "kan ikke leveres",
    "olevererbart",
    "kan inte levereras",
    "non remis",
    "échec de la remise",
    "non distribuable",
    "no se puede entregar",
    "no entregado",
    "mensagem não entregue",
    "não entregue",
    "non recapitabile",
    "mancato recapito",
    "onbestelbaar",
    "niet bestelbaar",
    "niedostarczalne",
    "не доставлено",
    "недоставленное сообщение",
    "сообщение не доставлено",
    "nedoručitelné",
    "toimitus epäonnistui",
};

bool begins_with(std::string_view s, std::span<const Phrase> phrases, bool whole) {
  return std::ranges::any_of(phrases, [s, whole](Phrase p) {
    if (!s.starts_with(p)) return false;
    if (!whole || p.ends_with(':')) return true;
    const std::string_view rest = s.substr(p.size());
    return rest.empty() || std::string_view(":-,.!([|/").find(rest.front()) != rest.npos ||
           static_cast<unsigned char>(rest.front()) >= 0xE2 ||
           (rest.size() > 1 && rest.front() == ' ' && std::string_view(":-([|").find(rest[1]) != rest.npos);
  });
}

bool begins_with_word(std::string_view s, std::span<const Phrase> phrases) {
  return std::ranges::any_of(phrases, [s](Phrase p) {
    return s.starts_with(p) && (s.size() == p.size() || static_cast<unsigned char>(s[p.size()]) <= ' ' ||
                                std::string_view(":-,.!([|/").find(s[p.size()]) != s.npos);
  });
}

} // namespace

AutomaticSubject automatic_subject(std::string_view subject) {
  const std::string s = lower(normalise_subject(subject.substr(0, 400)));
  if (s.empty()) return AutomaticSubject::none;
  // "Read: …" is written by the program in front of the subject, so a prefix that looks like a reply's is no
  // hindrance either.
  const std::string raw = lower(trim(subject.substr(0, 400)));
  if (begins_with(raw, k_bounce, false)) return AutomaticSubject::bounce;
  if (begins_with(raw, k_receipt, true)) return AutomaticSubject::receipt;
  const bool question = s.find('?') != s.npos;
  for (const std::string_view text : {std::string_view(raw), std::string_view(s)}) {
    if (begins_with_word(text, k_auto_reply)) {
      for (const Phrase away : k_out_of_office)
        if (text.find(away) != text.npos && away.size() > 5) return AutomaticSubject::out_of_office;
      return AutomaticSubject::auto_reply;
    }
    if (!question && begins_with(text, k_out_of_office, true)) return AutomaticSubject::out_of_office;
  }
  // "Jane Roe is out of the office (returning Monday)".
  for (const std::string_view away :
       {"is out of the office", "is out of office", "ist nicht im büro", "ist außer haus", "is on vacation",
        "er ikke på kontoret", "är inte på kontoret"})
    if (!question && s.find(away) != s.npos) return AutomaticSubject::out_of_office;
  return AutomaticSubject::none;
}

} // namespace helpdesk
