// Words of promises; see words.hpp for "|", "*" and "..".
#include "lint/promise_words.hpp"

namespace helpdesk::lint {
namespace {

// clang-format off
// Whole: one of us will do something. With a time beside it, the present tense will do.
constexpr Words k_phrases[] = {
    {"en", "you will hear from|you should hear from|you ll hear from|you hear from|you will have|you ll have|you will get .. reply|you will get .. answer|you ll get .. reply|you ll get .. answer|you will receive .. reply|you will receive .. answer|expect .. from me|expect .. from us|expect .. reply|expect .. answer|promise|get back to you|i write to you|i call you|we write to you|we call you"},
    {"nb", "vi refunderer|refunderer vi|jeg refunderer|jeg skriver|skriver jeg|vi skriver|skriver vi|jeg ringer|ringer jeg|vi ringer|ringer vi|jeg sender|sender jeg|vi sender|sender vi|jeg svarer|svarer jeg|vi svarer|svarer vi|gir jeg|gir vi|jeg gir|vi gir deg|tar jeg kontakt|tar vi kontakt|tar kontakt|kommer jeg tilbake|kommer vi tilbake|kommer tilbake|jeg sjekker|sjekker jeg|vi sjekker|sjekker vi|hører du fra|du hører fra|hører fra|får du svar|du får svar|får du beskjed|du får beskjed|du får vite|jeg melder|melder jeg|vi melder|melder vi|lover|jeg betaler|vi betaler|betaler vi|og gir deg|og skriver til deg|og ringer deg|og sender deg|og svarer deg"},
    {"ru", "напишу|напишем|свяжусь|свяжемся|перезвоню|перезвоним|позвоню|позвоним|сообщу|сообщим|отправлю|отправим|вышлю|вышлем|пришлю|пришлём|пришлем|проверю|проверим|уточню|уточним|отвечу|ответим|вернусь|вернёмся|вернемся|дам .. знать|дадим .. знать|узнаю|узнаем|верну|вернём|вернем|выясню|выясним|расскажу|расскажем|переведу|переведём|переведем|займусь|займёмся|займемся|подготовлю|подготовим|получите .. ответ|обещаю|обещаем|решу|решим"},
    {"eo", "vi ricevos .. respondon|vi aŭdos de|promesas"},
    {"de", "ich melde|melde ich|wir melden|melden wir|ich schreibe|schreibe ich|wir schreiben|schreiben wir|ich rufe|rufe ich|wir rufen|rufen wir|ich schicke|schicke ich|wir schicken|schicken wir|ich sende|sende ich|wir senden|senden wir|ich gebe|gebe ich|wir geben|geben wir|ich prüfe|prüfe ich|wir prüfen|prüfen wir|ich frage|frage ich|wir fragen|fragen wir|sie hören .. von|hören sie .. von|du hörst .. von|hörst du .. von|sie erhalten .. antwort|erhalten sie .. antwort|sie bekommen .. antwort|bekommen sie .. antwort|ich antworte|antworte ich|wir antworten|antworten wir|ich kläre|kläre ich|wir klären|klären wir|ich informiere|informiere ich|wir informieren|informieren wir|ich überweise|überweise ich|wir überweisen|überweisen wir|ich kümmere|kümmere ich|wir kümmern|kümmern wir|ich sage|sage ich|wir sagen|sagen wir|ich verspreche|versprechen|ich sehe|sehe ich|ich komme|komme ich|und melde|und schreibe|und schicke|und sende|und gebe|und rufe|und melden uns|und schreiben ihnen|und geben ihnen|und schicken ihnen|und senden ihnen|und rufen sie|und informieren sie"},
    {"fr", "écrirai|écrirons|je vous écris|nous vous écrivons|répondrai|répondrons|je vous réponds|nous vous répondons|enverrai|enverrons|je vous envoie|nous vous envoyons|rappellerai|rappellerons|appellerai|appellerons|je vous rappelle|nous vous rappelons|reviendrai|reviendrons|je reviens|nous revenons|vérifierai|vérifierons|confirmerai|confirmerons|dirai|dirons|donnerai|donnerons|recontacterai|recontacterons|contacterai|contacterons|informerai|informerons|tiendrai|tiendrons|rembourserai|rembourserons|remplacerons|expédierai|expédierons|demanderai|demanderons|ferai|ferons|aurez .. réponse|recevrez .. réponse|aurez de mes|aurez de nos|recevrez de mes|promets|promettons"},
    {"es", "escribiré|escribiremos|le escribo|te escribo|le escribimos|responderé|responderemos|le respondo|te respondo|contestaré|contestaremos|enviaré|enviaremos|le envío|te envío|llamaré|llamaremos|le llamo|te llamo|avisaré|avisaremos|le aviso|te aviso|informaré|informaremos|contactaré|contactaremos|comprobaré|comprobaremos|revisaré|revisaremos|confirmaré|confirmaremos|diré|diremos|daré|daremos|reembolsaré|reembolsaremos|devolveré|devolveremos|investigaré|investigaremos|preguntaré|preguntaremos|mantendré|mantendremos|pondré|pondremos|volveré a escribir|volveremos a escribir|volveremos a contactar|tendrá .. respuesta|recibirá .. respuesta|tendrá noticias|recibirá noticias|prometo|prometemos"},
};
constexpr Words k_openers[] = {
    {"en", "i will|i ll|we will|we ll|and will|and ll|i am going to|i m going to|we are going to|we re going to|i shall|we shall"},
    {"nb", "jeg skal|skal jeg|vi skal|skal vi|jeg vil|vil jeg|vi vil|vil vi|jeg kommer til å|vi kommer til å|kommer jeg til å|kommer vi til å"},
    {"ru", "я буду|мы будем|постараюсь|постараемся"},
    {"eo", "mi|ni"},
    {"de", "ich werde|werde ich|wir werden|werden wir"},
    {"fr", "je vais|nous allons"},
    {"es", "voy a|vamos a"},
};
constexpr Words k_verbs[] = {
    {"en", "write|call|ring|phone|send|email|mail|reply|answer|respond|get back|come back|be back with|be in touch|get in touch|update|tell|know|let you know|inform|contact|check|look into|look at|ask|ship|refund|investigate|find out|report|follow up|confirm|have an answer|have a reply|have news|have more|replace|fix|repair|return|deliver|arrange|prepare|post|process|credit|transfer|pay|give you|credit you|resolve|sort|dispatch|chase"},
    {"nb", "skrive|ringe|sende|svare|sjekke|undersøke|se på|ta kontakt|gi deg|gi beskjed|gi dere|melde|oppdatere|høre med|spørre|refundere|betale|bytte|fikse|levere|komme tilbake|informere|kontakte|bekrefte|ordne|følge opp|reparere"},
    {"ru", "написать|сообщить|ответить|решить|отправить|связаться|позвонить|уточнить|проверить|держать .. курсе|выяснить|прислать"},
    {"eo", "skribos|respondos|sendos|telefonos|vokos|informos|sciigos|kontrolos|esploros|faros|repagos|revenos|demandos|kontaktos|diros|raportos|redonos|ekspedos|liveros|konfirmos|ŝanĝos|riparos|anstataŭigos|scios|pretigos"},
    {"de", "melden|schreiben|schicken|senden|prüfen|anrufen|informieren|mitteilen|antworten|erstatten|klären|nachfragen|zurückrufen|bescheid|überweisen|liefern|versenden|kontaktieren|sagen|geben|kümmern|nachsehen|zuschicken|zusenden|zurückkommen|ersetzen|umtauschen|bestätigen|beantworten|berichten|wissen|erledigen"},
    {"fr", "écrire|répondre|envoyer|appeler|rappeler|vérifier|revenir|demander|confirmer|rembourser|informer|contacter|recontacter|dire|donner|tenir|expédier|remplacer|régler"},
    {"es", "escribir*|responder*|contestar*|enviar*|llamar*|avisar*|informar*|contactar*|comprobar*|revisar*|confirmar*|decir*|dar*|reembolsar*|devolver*|investigar*|preguntar*|resolver*"},
};
// Sounds like a promise and tells only how things are.
constexpr Words k_none[] = {
    {"en", "will be closed|ll be closed|will be away|ll be away|will be out|ll be out|will be unavailable|you will have to|you ll have to|you will have received|you ll have received|will not|won t|can t promise|cannot promise|not promise|as promised|promised|you promise"},
    {"nb", "har stengt|holder stengt|er stengt|som lovet|lover ikke|kan ikke love"},
    {"ru", "не обещаю|не обещаем|как обещали|как обещал"},
    {"eo", "ne promesas|kiel promesite|estos fermita*|ni fermos"},
    {"de", "geschlossen|wie versprochen|nicht versprechen|kann ich nicht|können wir nicht"},
    {"fr", "fermé*|comme promis|ne promets|ne promettons|ne peux pas|ne pouvons pas"},
    {"es", "cerrad*|como prometí*|no prometo|no prometemos|no puedo|no podemos"},
};
constexpr Words k_no_denial[] = {
    {"en", "no later|not later|not only|no problem|no doubt|no matter|if not before|if not sooner|nothing to"},
    {"nb", "ikke senere|ikke bare|om ikke før|hvis ikke før"},
    {"ru", "не позднее|не позже|не только|не более|не раньше"},
    {"eo", "ne pli malfrue|ne pli poste|ne nur"},
    {"de", "nicht später|nicht nur|wenn nicht früher"},
    {"fr", "pas plus tard|n hésit*|non seulement"},
    {"es", "no más tarde|no solo|no sólo|no dude|no después"},
};
// clang-format on

} // namespace

Lexicon promise_phrases() { return k_phrases; }
Lexicon promise_openers() { return k_openers; }
Lexicon promise_verbs() { return k_verbs; }
Lexicon no_promise() { return k_none; }
Lexicon no_denial() { return k_no_denial; }

} // namespace helpdesk::lint
