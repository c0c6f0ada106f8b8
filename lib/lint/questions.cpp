#include "lint/questions.hpp"

#include <algorithm>

namespace helpdesk::lint {
namespace {

// clang-format off
// A sentence that begins so asks, mark or not.
constexpr Words k_openings[] = {
    {"en", "^can you|^could you|^can i|^could i|^can we|^may i|^is it|^is there|^are there|^are you|^do you|^does|^did you|^will you|^will it|^would you|^would it|^when|^where|^why|^how do|^how can|^how long|^how much|^how many|^how often|^what is|^what are|^what time|^what do|^which|^who"},
    {"nb", "^kan du|^kan dere|^kan jeg|^kan vi|^kunne du|^kunne dere|^er det|^er dette|^finnes det|^har du|^har dere|^vil du|^vil dere|^får jeg|^når|^hvor|^hvorfor|^hvordan|^hva|^hvilken|^hvilke|^hvilket|^hvem|^skal jeg|^må jeg"},
    {"ru", "^когда|^где|^куда|^почему|^зачем|^как|^сколько|^кто|^что|^какой|^какая|^какие|^какую|^можно ли|^можно|^есть ли|^могу ли|^можете ли|^не могли бы|^подскажите|^скажите"},
    {"eo", "^ĉu|^kiam|^kie|^kien|^kial|^kiel|^kiom|^kio|^kion|^kiu|^kiun|^kiuj|^kies|^kia"},
    {"de", "^können sie|^könnten sie|^kann ich|^könnte ich|^kann man|^ist es|^ist das|^gibt es|^haben sie|^wann|^wo|^wohin|^woher|^warum|^wieso|^weshalb|^wie|^was|^welche|^welcher|^welches|^wer|^wird|^werden sie|^muss ich|^soll ich|^darf ich"},
    {"fr", "^est ce que|^qu est ce|^quand|^où|^pourquoi|^comment|^combien|^quel|^quelle|^quels|^quelles|^qui|^pouvez vous|^pourriez vous|^puis je|^avez vous|^y a t il|^est il|^peut on|^faut il"},
    {"es", "^cuándo|^dónde|^adónde|^por qué|^cómo|^cuánto|^cuánta|^cuántos|^qué|^cuál|^cuáles|^quién|^pueden|^puede usted|^podrían|^podría|^puedo|^es posible|^hay"},
};
constexpr Words k_indirect[] = {
    {"en", "i wonder|wondering if|wondering whether|could you tell me|please let me know|like to know|any idea|do you know|tell me if|tell me when|tell me how|want to know"},
    {"nb", "lurer på|lurte på|kan du si|kan dere si|gjerne vite|vil vite|fortell meg|vet du om|vet dere om|si meg når"},
    {"ru", "подскажите|хотел бы узнать|хотела бы узнать|хочу узнать|интересует|можно ли|не могли бы|сообщите, когда|скажите, пожалуйста"},
    {"eo", "ŝatus scii|volus scii|volas scii|mi demandas|bonvolu diri|diru al mi|mi scivolas"},
    {"de", "frage mich|wollte fragen|möchte wissen|wüsste gern|würde gerne wissen|können sie mir sagen|sagen sie mir"},
    {"fr", "me demande|voudrais savoir|aimerais savoir|souhaite savoir|pouvez vous me dire|pourriez vous me dire|dites moi"},
    {"es", "quisiera saber|me gustaría saber|quiero saber|me pregunto|podría decirme|podrían decirme|pueden decirme|dígame"},
};
constexpr Words k_requests[] = {
    {"en", "^please .. send|^please .. refund|^please .. cancel|^please .. change|^please .. replace|^please .. call|^please .. explain|^please .. confirm|please send me|please cancel|please refund|please change|please confirm"},
    {"nb", "vennligst send|vennligst bekreft|vennligst avbestill|send meg|ring meg|vær så snill å"},
    {"ru", "пришлите|вышлите|отправьте|отмените|верните|замените|подтвердите|перезвоните|объясните"},
    {"eo", "bonvolu sendi|bonvolu nuligi|bonvolu repagi|bonvolu konfirmi|bonvolu ŝanĝi|sendu al mi"},
    {"de", "bitte senden|bitte schicken|schicken sie mir|senden sie mir|bitte stornieren|bitte bestätigen|bitte ändern|bitte erstatten|bitte rufen"},
    {"fr", "merci de m envoyer|veuillez|envoyez moi|merci de me|merci de confirmer|merci d annuler"},
    {"es", "por favor envíe*|por favor mánde*|envíenme|mándenme|por favor cancel*|por favor confirm*|por favor devuel*|por favor cambi*"},
};
constexpr Words k_courtesy[] = {
    {"en", "^how are you|^how do you do|^how is it going|^are you kidding|^is this a joke|^isn t that|^right|^okay|^ok|^really|^seriously"},
    {"nb", "hvordan går det|hvordan har du det|^tuller dere|^ikke sant|^seriøst"},
    {"ru", "^как дела|^как поживаете|^вы шутите|^серьёзно|^правда"},
    {"eo", "^kiel vi fartas|^ĉu vi ŝercas|^ĉu vere"},
    {"de", "^wie geht es ihnen|^wie geht s|^ist das ihr ernst|^im ernst|^wirklich|^oder"},
    {"fr", "^comment allez vous|^ça va|^vous plaisantez|^sérieusement|^vraiment|^n est ce pas"},
    {"es", "^cómo está|^cómo están|^qué tal|^es una broma|^en serio|^de verdad|^verdad"},
};
struct KindWords {
  Asks kind;
  Words words[7];
};
constexpr KindWords k_kinds[] = {
    {Asks::when, {{"en", "when|how long|how soon|what time|what day|by what date"}, {"nb", "når|hvor lenge|hvor lang tid|hvilken dag|hvor fort"},
                  {"ru", "когда|как долго|во сколько|через сколько|в какой день|сколько времени|какие сроки"}, {"eo", "kiam|kiom longe|je kioma horo|kiom da tempo"},
                  {"de", "wann|wie lange|um wie viel uhr|bis wann|welchem tag"}, {"fr", "quand|combien de temps|à quelle heure|quel jour|quelle date|quel délai"},
                  {"es", "cuándo|cuánto tiempo|cuánto tarda|a qué hora|qué día|qué fecha|cuánto tardará"}}},
    {Asks::how_much, {{"en", "how much|what does it cost|what is the price|how expensive|price of"}, {"nb", "hvor mye|hva koster|hva er prisen|hvilken pris"},
                      {"ru", "сколько стоит|сколько стоят|какая цена|какова цена|какая стоимость"}, {"eo", "kiom kostas|kioma prezo|kiu estas la prezo|kiom mi pagu"},
                      {"de", "wie viel kostet|was kostet|was kosten|wie teuer|wie viel"}, {"fr", "combien coûte|combien coûtent|quel est le prix|à quel prix|combien"},
                      {"es", "cuánto cuesta|cuánto vale|cuánto cuestan|qué precio|cuál es el precio"}}},
    {Asks::where, {{"en", "where"}, {"nb", "hvor er|hvor kan|hvor finner|hvor ligger|hvor blir|hvor skal|hvor sender"}, {"ru", "где|куда|откуда"}, {"eo", "kie|kien|de kie"},
                   {"de", "wo|wohin|woher"}, {"fr", "où"}, {"es", "dónde|adónde"}}},
    {Asks::why, {{"en", "why|how come|what is the reason"}, {"nb", "hvorfor|hva er grunnen"}, {"ru", "почему|зачем|по какой причине"}, {"eo", "kial|pro kio"},
                 {"de", "warum|wieso|weshalb"}, {"fr", "pourquoi|pour quelle raison"}, {"es", "por qué|por que motivo|cuál es el motivo"}}},
    {Asks::how, {{"en", "how do|how can|how to|how should|how does"}, {"nb", "hvordan"}, {"ru", "как"}, {"eo", "kiel"}, {"de", "wie"}, {"fr", "comment"}, {"es", "cómo"}}},
    {Asks::which, {{"en", "which|what size|what colour|what color|what model"}, {"nb", "hvilken|hvilke|hvilket"}, {"ru", "какой|какая|какое|какие|какую|каком"}, {"eo", "kiu|kiun|kiuj|kiujn|kia|kian"},
                   {"de", "welche|welcher|welches|welchen|welchem"}, {"fr", "quel|quelle|quels|quelles|lequel|laquelle"}, {"es", "cuál|cuáles|qué talla|qué modelo|qué color"}}},
};

constexpr Words k_yes[] = {
    {"en", "yes|no|certainly|of course|sure|indeed|unfortunately|gladly|possible|not possible|can|cannot|do|does|is included|are included|available|happy to|will|have|has|already"},
    {"nb", "ja|nei|jo|selvfølgelig|dessverre|gjerne|mulig|kan|går bra|går fint|har|vil|blir|skal|allerede"},
    {"ru", "да|нет|конечно|к сожалению|можно|нельзя|возможно|может|можем|можете|есть|уже|готов*"},
    {"eo", "jes|ne|kompreneble|bedaŭrinde|eblas|volonte|povas|havas|certe|jam"},
    {"de", "ja|nein|natürlich|selbstverständlich|leider|gern|gerne|möglich|kann|können|nicht|gibt es|haben|bereits|wird"},
    {"fr", "oui|non|bien sûr|malheureusement|volontiers|possible|pouvons|pouvez|peut|certainement|avons|déjà|est inclus*"},
    {"es", "sí|no|claro|por supuesto|lamentablemente|con gusto|posible|puede|podemos|pueden|desde luego|tenemos|ya|hay"},
};
constexpr Words k_because[] = {
    {"en", "because|since|due to|reason|caused by|the cause|as the|was that|is that|so that"},
    {"nb", "fordi|grunnen|årsaken|skyldes|på grunn av|ettersom|siden|derfor"},
    {"ru", "потому что|так как|поскольку|причина|причине|из за|дело в том|связано"},
    {"eo", "ĉar|tial|kaŭzo|kaŭzis|pro|kialo"},
    {"de", "weil|da|denn|grund|ursache|liegt daran|lag daran|wegen|aufgrund|deshalb"},
    {"fr", "parce que|car|en raison|à cause|raison|cause|puisque|est dû|était dû|dû à|due à"},
    {"es", "porque|ya que|debido|motivo|razón|causa|se debe|puesto que|se debía"},
};
constexpr Words k_steps[] = {
    {"en", "click|open|press|choose|select|go to|enter|hold|turn|first|then|steps|follow|use|put|type|remove|connect|by|settings|just"},
    {"nb", "klikk*|trykk*|velg|gå til|åpne|hold inne|skru|først|deretter|så|følg|bruk|skriv|slå|ta ut|koble|innstillinger|ved å"},
    {"ru", "нажмите|откройте|выберите|перейдите|введите|удерживайте|поверните|сначала|затем|потом|шаг*|следуйте|используйте|напишите|подключите|настройк*|достаточно|нужно|надо"},
    {"eo", "alklaku|premu|malfermu|elektu|iru|enigu|tenu|turnu|unue|poste|sekvu|uzu|skribu|konektu|agordoj*|per|devas|sufiĉas"},
    {"de", "klicken|drücken|öffnen|wählen|gehen sie|geben sie|halten|drehen|zuerst|zunächst|dann|danach|schritt*|folgen|verwenden|nutzen|einstellungen|indem|einfach"},
    {"fr", "cliquez|appuyez|ouvrez|choisissez|sélectionnez|allez|entrez|saisissez|maintenez|tournez|abord|ensuite|puis|étape*|suivez|utilisez|paramètres|il suffit|en"},
    {"es", "haga clic|pulse|abra|elija|seleccione|vaya|introduzca|mantenga|gire|primero|luego|después|paso*|siga|utilice|use|escriba|conecte|ajustes|basta|debe"},
};
constexpr Words k_place[] = {
    {"en", "at|in|on|here|under|street|address|page|menu|behind|below|above|warehouse|way|to"},
    {"nb", "på|i|her|under|gate*|adresse*|side*|meny*|bak|nederst|øverst|lager*|vei|ved|til|hos"},
    {"ru", "в|на|здесь|под|улиц*|адрес*|страниц*|меню|внизу|вверху|склад*|пути|по|у"},
    {"eo", "en|ĉe|sur|ĉi tie|sub|strato|adreso|paĝo|menuo|sube|supre|magazeno|survoje|al|vojo"},
    {"de", "in|im|an|am|auf|hier|unter|straße|adresse|seite|menü|unten|oben|lager|unterwegs|bei|weg|zum|zur"},
    {"fr", "à|au|dans|en|ici|sous|sur|rue|adresse|page|menu|bas|haut|entrepôt|route|chez"},
    {"es", "en|aquí|bajo|sobre|calle|dirección|página|menú|abajo|arriba|almacén|camino|a|al"},
};
constexpr Words k_done[] = {
    {"en", "i have|we have|i ve|we ve|i am|we are|i ll|we ll|i will|we will|has been|have been|is on its way|on its way|attached|enclosed|done|sent|cancelled|canceled|refunded|changed|you will|you ll|here is|leaves|goes out|unfortunately|cannot"},
    {"nb", "jeg har|vi har|jeg skal|vi skal|jeg sender|vi sender|er sendt|er på vei|på vei|vedlagt|gjort|er avbestilt|er refundert|er endret|du får|her er|går ut|dessverre|kan ikke|blir|er nå"},
    {"ru", "я отправил*|мы отправили|отправили|выслали|отменили|вернули|заменили|отправим|вышлем|отменим|вернём|вернем|заменим|во вложении|сделано|готово|в пути|вы получите|вот|к сожалению|не можем|отправлен*|отменён|отменен*"},
    {"eo", "mi sendis|ni sendis|mi sendas|ni sendas|mi sendos|ni sendos|nuligis|nuligos|repagis|repagos|ŝanĝis|survoje|aldonita|farita|vi ricevos|jen|bedaŭrinde|ne povas"},
    {"de", "ich habe|wir haben|ich werde|wir werden|ich schicke|wir schicken|ich sende|wir senden|ist unterwegs|unterwegs|anbei|im anhang|erledigt|storniert|erstattet|geändert|sie erhalten|sie bekommen|hier ist|leider|nicht möglich|wurde|geht"},
    {"fr", "j ai|nous avons|je vous|nous vous|j envoie|nous envoyons|est en route|en route|ci joint|fait|annulé*|remboursé*|modifié*|envoyé*|vous recevrez|voici|malheureusement|ne pouvons|est parti|part"},
    {"es", "he|hemos|le envío|le enviamos|enviaremos|va en camino|en camino|adjunto|adjunta|hecho|cancelado|cancelada|reembolsado|cambiado|enviado|enviada|recibirá|aquí tiene|lamentablemente|no podemos|sale"},
};
constexpr Words k_money[] = {
    {"en", "free|price|cost|costs"}, {"nb", "gratis|koster|pris*|kr|kroner"}, {"ru", "бесплатно|руб*|стоит|стоимость|цена"},
    {"eo", "senpaga*|senpage|kostas|prezo|eŭro*"}, {"de", "kostenlos|kostet|kosten|preis|euro"}, {"fr", "gratuit*|coûte|prix|euro*"},
    {"es", "gratis|gratuito|cuesta|precio|euro*"},
};
// clang-format on

Asks kind_of(std::size_t sentence, const std::vector<std::vector<bool>>& kinds) {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i][sentence]) return k_kinds[i].kind;
  return Asks::yes_or_no;
}

} // namespace

std::vector<Question> questions_of(const Reading& reading) {
  const std::string& language = reading.language;
  std::vector<bool> opens = reading.sentences_with(words_of(k_openings, language)),
                    indirect = reading.sentences_with(words_of(k_indirect, language)),
                    requests = reading.sentences_with(words_of(k_requests, language)),
                    courtesy = reading.sentences_with(words_of(k_courtesy, language));
  std::vector<std::vector<bool>> kinds;
  for (const KindWords& row : k_kinds) kinds.push_back(reading.sentences_with(words_of(row.words, language)));
  std::vector<Question> found;
  for (std::size_t s = 0; s < reading.sentences.size(); ++s) {
    const Sentence& sentence = reading.sentences[s];
    if (sentence.part != Part::body || courtesy[s]) continue;
    std::size_t words = sentence.last - sentence.first;
    if (words < 2) continue; // "Why?" asks what the sentence before it says
    // "When I open it, it fails." states: without a mark only a plain sentence asks.
    bool plain = reading.of(sentence).find(',') == std::string_view::npos && words <= 20;
    bool marked = sentence.asks;
    if (marked || indirect[s] || (opens[s] && plain && !sentence.shouts && words >= 4))
      found.push_back({s, kind_of(s, kinds)});
    else if (requests[s])
      found.push_back({s, Asks::action});
    if (!found.empty() && found.back().sentence == s && requests[s] && found.back().kind == Asks::yes_or_no)
      found.back().kind = Asks::action;
  }
  return found;
}

std::string_view evidence_words(Asks kind, std::string_view language) {
  switch (kind) {
  case Asks::yes_or_no: return words_of(k_yes, language);
  case Asks::why: return words_of(k_because, language);
  case Asks::how: return words_of(k_steps, language);
  case Asks::where: return words_of(k_place, language);
  case Asks::action: return words_of(k_done, language);
  case Asks::how_much: return words_of(k_money, language);
  case Asks::when:
  case Asks::which: break;
  }
  return {};
}

} // namespace helpdesk::lint
