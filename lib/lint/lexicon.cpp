// Lists that several rules speak about. Lower case; see words.hpp for "|", "*", ".." and "^".
#include "lint/words.hpp"

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_greetings[] = {
    {"en", "hi there|hello there|hi|hello|dear|hey|good morning|good afternoon|good evening|good day|greetings"},
    {"nb", "hei|hallo|heisann|kjære|god dag|god morgen|god kveld|god ettermiddag"},
    {"ru", "здравствуйте|здравствуй|добрый день|добрый вечер|доброе утро|доброго дня|уважаемый|уважаемая|уважаемые|привет|приветствую|дорогой|дорогая"},
    {"eo", "saluton|kara|karaj|estimata|estimataj|bonan tagon|bonan matenon|bonan vesperon"},
    {"de", "hallo|guten tag|guten morgen|guten abend|sehr geehrte|sehr geehrter|liebe|lieber|moin|grüß gott|grüezi|servus"},
    {"fr", "bonjour|bonsoir|cher|chère|chers|salut|coucou"},
    {"es", "hola|buenos días|buenas tardes|buenas noches|buen día|estimado|estimada|estimados|querido|querida"},
};
constexpr Words k_sign_offs[] = {
    {"en", "kind regards|best regards|warm regards|regards|best wishes|all the best|yours sincerely|yours faithfully|sincerely|cheers|yours truly|with best wishes"},
    {"nb", "med vennlig hilsen|vennlig hilsen|beste hilsen|med beste hilsen|hilsen|mvh|med hilsen|alt godt"},
    {"ru", "с уважением|с наилучшими пожеланиями|всего доброго|всего хорошего|искренне ваш|искренне ваша|с теплом"},
    {"eo", "amike|kun amikaj salutoj|amikajn salutojn|kore|kun koraj salutoj|korajn salutojn|kun estimo|sincere|afable via|ĉion bonan"},
    {"de", "mit freundlichen grüßen|freundliche grüße|viele grüße|beste grüße|herzliche grüße|liebe grüße|mit freundlichem gruß|schöne grüße|mfg|mit besten grüßen"},
    {"fr", "cordialement|bien cordialement|bien à vous|sincèrement|meilleures salutations|salutations distinguées|amicalement|cordiales salutations"},
    {"es", "saludos|un saludo|saludos cordiales|atentamente|cordialmente|un cordial saludo|reciba un saludo|un abrazo"},
};
constexpr Words k_apology[] = {
    {"en", "sorry|apolog*|regret|forgive us|forgive me|excuse the delay"},
    {"nb", "beklager|beklage|beklagelig|unnskyld*|lei for|lei meg|lei oss|leit at|lei av"},
    {"ru", "извините|извиняемся|извиняюсь|простите|извинения|извинений|сожалеем|сожалею|прошу прощения|просим прощения"},
    {"eo", "pardon*|bedaŭr*"},
    {"de", "entschuldig*|tut mir .. leid|tut uns .. leid|verzeih*|bedauer*|leid tut"},
    {"fr", "désolé*|excus*|pardon*|regrett*|navré*"},
    {"es", "lo siento|lo sentimos|sentimos|disculp*|perdón|perdone|lament*"},
};
constexpr Words k_thanks[] = {
    {"en", "thank*|appreciate|grateful"},
    {"nb", "takk|takker|setter pris på"},
    {"ru", "спасибо|благодар*"},
    {"eo", "dank*"},
    {"de", "dank*|vielen dank|herzlichen dank"},
    {"fr", "merci|remerci*"},
    {"es", "gracias|agradec*"},
};
constexpr Words k_remedy[] = {
    {"en", "refund*|replac*|resend*|resent|send you a new|sent you a new|send a new|sent a new|repair*|fix*|reimburs*|exchange*|credited|new one|correct it|corrected|reship*"},
    {"nb", "refunder*|tilbakebetal*|pengene tilbake|erstatt*|bytte*|byttet|reparer*|sender en ny|sender deg en ny|sendt en ny|sender ny|ny vare|rettet|retter|betaler tilbake|betalt tilbake|ombytt*|krediter*"},
    {"ru", "верн*|возврат*|возвращ*|замен*|обмен*|отправим новый|отправим новую|отправили новый|отправили новую|вышлем*|выслали новый|ремонт*|исправ*|починим|возмест*"},
    {"eo", "repag*|redon*|anstataŭ*|ripar*|resend*|sendas novan|sendis novan|sendos novan|interŝanĝ*|korekt*"},
    {"de", "erstatt*|rückerstatt*|ersetz*|ersatz*|umtausch*|tauschen|austausch*|reparier*|reparatur|neue zu|neues zu|neuen zu|gutschreib*|beheben|behoben|korrigier*|erneut zu"},
    {"fr", "rembours*|remplac*|remplaç*|échang*|répar*|renvoy*|renvoi|envoyons un nouveau|envoyons une nouvelle|corrig*|recrédit*"},
    {"es", "reembols*|devol*|reempla*|repar*|reenvi*|enviamos un nuevo|enviamos una nueva|enviaremos otro|enviaremos otra|cambi*|corregi*|corrig*|abon*|sustitu*"},
};
constexpr Words k_trouble[] = {
    {"en", "broken|broke|damaged|defective|cracked|not work*|doesn't work|does not work|stopped working|disappoint*|angry|unacceptable|terrible|awful|ridiculous|still waiting|waiting for|waited|weeks ago|never arrived|not arrived|hasn't arrived|has not arrived|nothing has come|missing|wrong item|wrong size|wrong one|charged twice|complaint|fed up|frustrat*|annoy*|useless|faulty|failed|too late|refund"},
    {"nb", "ødelagt|knust|skadet|defekt|sprukket|virker ikke|fungerer ikke|sluttet å virke|skuffet|sint|uakseptabelt|elendig|fortsatt venter|venter fortsatt|har ventet|ikke kommet|aldri kommet|mangler|feil vare|feil størrelse|trukket to ganger|belastet to ganger|klage|frustrer*|irriter*|ubrukelig|alt for sent|forferdelig"},
    {"ru", "сломан*|сломал*|разбит*|поврежд*|дефект*|брак|бракован*|не работает|не работают|перестал* работать|разочарован*|недопустимо|ужасн*|возмут*|возмущ*|до сих пор жду|всё ещё жду|не пришел|не пришла|не пришло|не пришёл|не получил|не получила|не хватает|не тот|не та|списали дважды|жалоб*|безобразие|бесполезн*|треснул*"},
    {"eo", "rompit*|rompiĝis|difekt*|ne funkcias|ĉesis funkcii|seniluzi*|kolera|neakceptebl*|terura|ankoraŭ atendas|atendis|ne alvenis|neniam alvenis|mankas|malĝusta|malĝustan|dufoje|plendo|plendas|ĝena|senutila|fendiĝis|kraketis"},
    {"de", "kaputt|defekt*|beschädigt*|zerbrochen*|gesprungen|funktioniert .. nicht|geht nicht|enttäuscht*|ärger*|verärgert|inakzeptabel|unmöglich|unverschämt|warte immer noch|warte noch immer|warte seit|gewartet|nicht angekommen|nie angekommen|fehlt|fehlen|falsche ware|falsche größe|falsches|doppelt abgebucht|zweimal abgebucht|beschwerde|beschweren|frechheit|nutzlos|viel zu spät"},
    {"fr", "cassé*|endommagé*|défectueu*|fissuré*|abîmé*|ne fonctionne pas|ne marche pas|déçu*|inacceptable|en colère|scandaleu*|attends toujours|toujours en attente|attends depuis|jamais arrivé*|pas arrivé*|pas reçu|rien reçu|manque|mauvais article|mauvaise taille|débité deux fois|deux fois|réclamation|plainte|frustr*|inutilisable|honteu*"},
    {"es", "roto|rota|rotos|rotas|dañad*|defectuos*|agrietad*|no funciona|dejó de funcionar|decepcion*|inaceptable|enfadad*|enojad*|vergonzos*|sigo esperando|sigue sin llegar|llevo esperando|no ha llegado|no llegó|nunca llegó|no he recibido|falta|faltan|equivocad*|cobrado dos veces|dos veces|queja|reclam*|frustr*|inútil|demasiado tarde"},
};
constexpr Words k_titles[] = {
    {"en", "mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam"},
    {"nb", "herr|fru|frk|dr|prof|professor"},
    {"ru", "господин|госпожа|г н|г жа|доктор"},
    {"eo", "sinjoro|sinjorino|s ro|s ino|doktoro|d ro"},
    {"de", "herr|frau|hr|fr|dr|prof|professor|herrn"},
    {"fr", "monsieur|madame|mademoiselle|mme|mlle|m|dr|docteur"},
    {"es", "señor|señora|señorita|sr|sra|srta|don|doña|dr|dra"},
};
constexpr Words k_time_words[] = {
    {"en", "today|tonight|tomorrow|this morning|this afternoon|this evening|monday|mondays|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|this week|next week|end of the week|end of the day|right now|right away|immediately|at once|within the hour|noon|midnight|by return|right after this|weekend"},
    {"nb", "i dag|idag|i kveld|i morgen|imorgen|i ettermiddag|i formiddag|mandag*|tirsdag*|onsdag*|torsdag*|fredag*|lørdag*|søndag*|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|denne uka|denne uken|neste uke|i løpet av dagen|i løpet av uken|i løpet av uka|med en gang|straks|umiddelbart|nå|helgen|helga"},
    {"ru", "сегодня|завтра|послезавтра|вечером|утром|днём|понедельник*|вторник*|сред*|четверг*|пятниц*|суббот*|воскресень*|январ*|феврал*|март|марта|апрел*|мая|июн*|июл*|август*|сентябр*|октябр*|ноябр*|декабр*|на этой неделе|на следующей неделе|до конца недели|до конца дня|сразу|немедленно|сейчас"},
    {"eo", "hodiaŭ|morgaŭ|postmorgaŭ|ĉi vespere|lund*|mard*|merkred*|ĵaŭd*|vendred*|sabat*|dimanĉ*|januar*|februar*|mart*|april*|maj*|juni*|juli*|aŭgust*|septembr*|oktobr*|novembr*|decembr*|ĉi semajne|venontsemajne|venonta semajno|venontan semajnon|tuj|nun"},
    {"de", "heute|morgen|übermorgen|heute abend|montag*|dienstag*|mittwoch*|donnerstag*|freitag*|samstag*|sonnabend*|sonntag*|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|diese woche|dieser woche|nächste woche|nächster woche|kommende woche|ende der woche|sofort|umgehend|jetzt|wochenende"},
    {"fr", "aujourd'hui|demain|après demain|ce soir|ce matin|cet après midi|lundi*|mardi*|mercredi*|jeudi*|vendredi*|samedi*|dimanche*|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|cette semaine|la semaine prochaine|fin de semaine|fin de la semaine|immédiatement|tout de suite|maintenant"},
    {"es", "hoy|mañana|pasado mañana|esta tarde|esta noche|lunes|martes|miércoles|jueves|viernes|sábado*|domingo*|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|esta semana|la próxima semana|la semana que viene|fin de semana|final de la semana|de inmediato|inmediatamente|ahora mismo|ahora"},
};
constexpr Words k_time_units[] = {
    {"en", "minute*|hour*|day|days|business days|working days|week|weeks|month|months|am|pm|o'clock|h"},
    {"nb", "minutt*|time|timer|dag|dager|virkedag*|arbeidsdag*|uke|uker|måned|måneder"},
    {"ru", "минут*|час|часа|часов|день|дня|дней|рабочих|недел*|месяц*"},
    {"eo", "minut*|hor*|tag*|labortag*|semajn*|monat*"},
    {"de", "minute*|stunde*|tag|tage|tagen|werktag*|arbeitstag*|woche|wochen|monat*|uhr"},
    {"fr", "minute*|heure*|jour*|semaine*|mois|h|ouvré*"},
    {"es", "minuto*|hora|horas|día|días|semana|semanas|mes|meses|hábiles|laborables"},
};
constexpr Words k_numbers[] = {
    {"en", "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|an|a few|half an|couple of"},
    {"nb", "en|ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|fjorten|noen|et par"},
    {"ru", "один|одного|одной|два|двух|две|три|трёх|трех|четыре|четырёх|четырех|пять|пяти|семь|десять|десяти|нескольких|течение"},
    {"eo", "unu|du|tri|kvar|kvin|ses|sep|ok|naŭ|dek|dek du|kelkaj|kelkajn"},
    {"de", "einer|einem|einen|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|vierzehn|wenigen|paar"},
    {"fr", "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|quelques"},
    {"es", "un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|unos|pocos|unas"},
};
constexpr Words k_negations[] = {
    {"en", "not|no|never|without|nothing|t"},
    {"nb", "ikke|ingen|aldri|uten|intet"},
    {"ru", "не|нет|никогда|без|ни"},
    {"eo", "ne|neniu*|neniam|sen|nenio*"},
    {"de", "nicht|kein|keine|keinen|keiner|nie|ohne"},
    {"fr", "pas|ne|n|aucun|aucune|jamais|sans|ni"},
    {"es", "no|ningún|ninguna|nunca|sin|ni"},
};
constexpr Words k_conditionals[] = {
    {"en", "if|unless|in case|whether|should you|when|once|whenever"},
    {"nb", "hvis|dersom|om|med mindre|i tilfelle|når"},
    {"ru", "если|когда|в случае|при условии"},
    {"eo", "se|okaze|kaze|kiam|krom se"},
    {"de", "wenn|falls|sollten|sofern|sollte|sobald"},
    {"fr", "si|s il|au cas|lorsque|quand|sauf si"},
    {"es", "si|en caso|cuando|salvo que|a menos"},
};
// clang-format on

} // namespace

Lexicon greeting_words() { return k_greetings; }
Lexicon sign_off_words() { return k_sign_offs; }
Lexicon apology_words() { return k_apology; }
Lexicon thanks_words() { return k_thanks; }
Lexicon remedy_words() { return k_remedy; }
Lexicon trouble_words() { return k_trouble; }
Lexicon titles() { return k_titles; }
Lexicon time_words() { return k_time_words; }
Lexicon time_units() { return k_time_units; }
Lexicon number_words() { return k_numbers; }
Lexicon negations() { return k_negations; }
Lexicon conditionals() { return k_conditionals; }

} // namespace helpdesk::lint
