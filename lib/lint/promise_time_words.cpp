// Words about times; see words.hpp for "|", "*" and "..".
#include "base/text.hpp"
#include "lint/promise_words.hpp"

#include <charconv>

namespace helpdesk::lint {
namespace {

using enum TimeWord;

// clang-format off
constexpr TimePhrase k_times[] = {
    {"en", "good morning|good evening|good afternoon|these days|one day|some day|every day|day to day|the other day", nothing},
    {"en", "today|tonight|this evening|end of the day|end of today|end of day|end of business|close of business|day is out", day, 0},
    {"en", "this morning", day, 0, 12}, {"en", "this afternoon", day, 0, 18},
    {"en", "tomorrow|end of tomorrow|tomorrow evening", day, 1}, {"en", "day after tomorrow", day, 2},
    {"en", "tomorrow morning|tomorrow noon", day, 1, 12}, {"en", "tomorrow afternoon", day, 1, 18},
    {"en", "next business day|next working day|next workday|following business day", working_day, 1},
    {"en", "this week|end of the week|end of this week|end of week|the weekend|within the week", week_end},
    {"en", "next week|end of next week|the coming week", next_week_end},
    {"en", "this month|end of the month|end of this month|month end", month_end},
    {"en", "next month|end of next month", next_month_end},
    {"en", "noon|midday", noon},

    {"nb", "god morgen|en dag|hver dag|i det siste|god dag", nothing},
    {"nb", "i dag|idag|i kveld|løpet av dagen|slutten av dagen|dagen er omme", day, 0},
    {"nb", "i formiddag", day, 0, 12}, {"nb", "i ettermiddag", day, 0, 18},
    {"nb", "i morgen|imorgen|morgendagen|i morgen kveld", day, 1}, {"nb", "i overmorgen|overmorgen", day, 2},
    {"nb", "i morgen tidlig|i morgen formiddag|i morgen middag", day, 1, 12}, {"nb", "i morgen ettermiddag", day, 1, 18},
    {"nb", "neste virkedag|neste arbeidsdag|første virkedag|påfølgende virkedag", working_day, 1},
    {"nb", "denne uka|denne uken|løpet av uka|løpet av uken|slutten av uka|slutten av uken|ukens slutt|før helga|før helgen", week_end},
    {"nb", "neste uke|slutten av neste uke", next_week_end},
    {"nb", "denne måneden|løpet av måneden|slutten av måneden", month_end}, {"nb", "neste måned|slutten av neste måned", next_month_end},
    {"nb", "klokken tolv|kl tolv", noon},

    {"ru", "добрый день|доброе утро|добрый вечер|на днях|каждый день|в один день", nothing},
    {"ru", "сегодня|до конца дня|до вечера|сегодня вечером", day, 0},
    {"ru", "сегодня утром|до обеда|сегодня до обеда", day, 0, 12}, {"ru", "сегодня днём|сегодня днем", day, 0, 18},
    {"ru", "завтра|завтра вечером|до завтра|завтрашн* дня", day, 1}, {"ru", "послезавтра", day, 2},
    {"ru", "завтра утром|завтра до обеда|завтра к обеду", day, 1, 12}, {"ru", "завтра днём|завтра днем", day, 1, 18},
    {"ru", "следующий рабочий день|ближайший рабочий день|следующего рабочего дня", working_day, 1},
    {"ru", "этой неделе|этой недели|конца недели|концу недели|до выходных", week_end},
    {"ru", "следующей неделе|следующей недели|будущей неделе", next_week_end},
    {"ru", "этом месяце|этого месяца|конца месяца|концу месяца", month_end}, {"ru", "следующем месяце|следующего месяца", next_month_end},
    {"ru", "полудня|полудню|полдень", noon},

    {"eo", "bonan tagon|bonan matenon|bonan vesperon|iun tagon|ĉiun tagon", nothing},
    {"eo", "hodiaŭ|ĉi vespere|fino de la tago", day, 0},
    {"eo", "ĉi matene|hodiaŭ matene", day, 0, 12}, {"eo", "ĉi posttagmeze|hodiaŭ posttagmeze", day, 0, 18},
    {"eo", "morgaŭ|morgaŭ vespere", day, 1}, {"eo", "postmorgaŭ", day, 2},
    {"eo", "morgaŭ matene|morgaŭ antaŭtagmeze|morgaŭ tagmeze", day, 1, 12}, {"eo", "morgaŭ posttagmeze", day, 1, 18},
    {"eo", "sekva labortago|sekvan labortagon|sekvontan labortagon|venonta labortago|venontan labortagon", working_day, 1},
    {"eo", "ĉi semajne|ĉi tiun semajnon|ĉi tiu semajno|fino de la semajno|semajnfino|la semajnfino", week_end},
    {"eo", "venontsemajne|venonta semajno|venontan semajnon|sekva semajno|sekvan semajnon|sekvontan semajnon", next_week_end},
    {"eo", "ĉi monate|ĉi tiun monaton|fino de la monato", month_end}, {"eo", "venontmonate|venonta monato|venontan monaton|sekvan monaton", next_month_end},
    {"eo", "tagmezo|tagmeze", noon},

    {"de", "guten morgen|guten tag|guten abend|am morgen|jeden morgen|jeden tag|eines tages|schönen tag|schönes wochenende|schöne woche", nothing},
    {"de", "heute|heute abend|ende des tages|laufe des tages|tagesende|heute noch", day, 0},
    {"de", "heute morgen|heute vormittag|heute mittag", day, 0, 12}, {"de", "heute nachmittag", day, 0, 18},
    {"de", "morgen|morgen abend|morgigen tag", day, 1}, {"de", "übermorgen", day, 2},
    {"de", "morgen früh|morgen vormittag|morgen mittag", day, 1, 12}, {"de", "morgen nachmittag", day, 1, 18},
    {"de", "nächsten werktag|nächster werktag|nächsten arbeitstag|folgenden werktag|kommenden werktag", working_day, 1},
    {"de", "diese woche|dieser woche|ende der woche|laufe der woche|bis zum wochenende|vor dem wochenende", week_end},
    {"de", "nächste woche|nächster woche|nächsten woche|kommende woche|kommender woche|kommenden woche", next_week_end},
    {"de", "diesen monat|dieses monats|diesem monat|ende des monats|monatsende", month_end}, {"de", "nächsten monat|nächsten monats|kommenden monat|nächstes monats", next_month_end},
    {"de", "mittag|mittags", noon},

    {"fr", "bonne journée|bonne soirée|bon après midi|tous les jours|un jour|ces jours|bon week end", nothing},
    {"fr", "aujourd hui|ce soir|dans la journée|fin de journée|fin de la journée", day, 0},
    {"fr", "ce matin|ce midi", day, 0, 12}, {"fr", "cet après midi", day, 0, 18},
    {"fr", "demain|demain soir", day, 1}, {"fr", "après demain", day, 2},
    {"fr", "demain matin|demain midi", day, 1, 12}, {"fr", "demain après midi", day, 1, 18},
    {"fr", "prochain jour ouvré|prochain jour ouvrable|jour ouvré suivant|jour ouvrable suivant", working_day, 1},
    {"fr", "cette semaine|fin de semaine|fin de la semaine|avant le week end|dans la semaine", week_end},
    {"fr", "semaine prochaine|fin de la semaine prochaine|fin de semaine prochaine", next_week_end},
    {"fr", "ce mois ci|ce mois|fin du mois|fin de mois", month_end}, {"fr", "mois prochain|fin du mois prochain", next_month_end},
    {"fr", "midi", noon},

    {"es", "buenos días|buen día|buenas tardes|por la mañana|de la mañana|en la mañana|algún día|cada día|todos los días|feliz fin de semana|buen fin de semana", nothing},
    {"es", "hoy|esta noche|final del día|fin del día|largo del día|hoy mismo", day, 0},
    {"es", "esta mañana|hoy por la mañana", day, 0, 12}, {"es", "esta tarde|hoy por la tarde", day, 0, 20},
    {"es", "mañana|mañana por la noche", day, 1}, {"es", "pasado mañana", day, 2},
    {"es", "mañana por la mañana|mañana a mediodía|mañana al mediodía", day, 1, 12}, {"es", "mañana por la tarde", day, 1, 20},
    {"es", "próximo día hábil|próximo día laborable|siguiente día hábil|siguiente día laborable", working_day, 1},
    {"es", "esta semana|final de la semana|final de semana|fin de semana|finales de semana", week_end},
    {"es", "próxima semana|semana que viene|semana próxima|final de la próxima semana", next_week_end},
    {"es", "este mes|final de mes|fin de mes|finales de mes", month_end}, {"es", "próximo mes|mes que viene|mes próximo", next_month_end},
    {"es", "mediodía", noon},
};
constexpr Words k_mornings[] = {
    {"en", "morning|noon|at noon|midday|before noon"}, {"nb", "morgen|formiddag|middag"}, {"ru", "утром|до обеда|к обеду|до полудня|в полдень"},
    {"eo", "matene|antaŭtagmeze|tagmeze"}, {"de", "morgen|früh|vormittag|mittag|vormittags|mittags"}, {"fr", "matin|midi|à midi|avant midi"},
    {"es", "por la mañana|a mediodía|al mediodía"},
};
constexpr Words k_afternoons[] = {
    {"en", "afternoon"}, {"nb", "ettermiddag"}, {"ru", "днём|днем"}, {"eo", "posttagmeze"}, {"de", "nachmittag|nachmittags"},
    {"fr", "après midi"}, {"es", "por la tarde"},
};
constexpr Words k_evenings[] = {
    {"en", "evening|night|end of day"}, {"nb", "kveld"}, {"ru", "вечером|вечера"}, {"eo", "vespere"}, {"de", "abend|abends"},
    {"fr", "soir|au soir"}, {"es", "por la noche"},
};
constexpr Words k_limits[] = {
    {"en", "by|until|till|before|within|no later than|not later than|latest|at the latest|at latest|in the course of|during"},
    {"nb", "innen|før|senest|i løpet av|til"},
    {"ru", "до|к|не позднее|не позже|в течение|самое позднее"},
    {"eo", "ĝis|antaŭ|plej malfrue|ene de|dum"},
    {"de", "bis|spätestens|vor|binnen|innerhalb|innert|im laufe|bis zum|bis zur|bis ende|bis kommenden|bis nächsten"},
    {"fr", "avant|d ici|au plus tard|sous|dans le courant de|courant|jusqu à|pour"},
    {"es", "antes de|antes del|a más tardar|hasta|para|como muy tarde|en el plazo de|en un plazo de|dentro de|a lo largo de"},
};
constexpr Words k_spans[] = {
    {"en", "in|within|inside|over the next|in the next|within the next|no later than|not later than|in at most|in about|within at most|after|in another|in under|in less than|within about"},
    {"nb", "om|innen|i løpet av|i løpet av de neste|i løpet av de nærmeste|i løpet av det neste|innen de neste|senest om|senest innen|om ca|innen maks|etter"},
    {"ru", "через|в течение|за|не позднее чем через|в ближайшие|в течение ближайших|в срок до|не позже чем через"},
    {"eo", "post|ene de|en|dum la venontaj|en la venontaj|plej malfrue post|interne de"},
    {"de", "in|innerhalb|innerhalb von|binnen|innert|in den nächsten|innerhalb der nächsten|in spätestens|spätestens in|nach|in etwa|in circa|in ca|in höchstens|in maximal|in rund"},
    {"fr", "dans|sous|d ici|en|dans les|dans un délai de|dans un délai maximum de|sous un délai de|dans les prochaines|dans les prochains|au plus tard dans"},
    {"es", "en|dentro de|en un plazo de|en el plazo de|en un plazo máximo de|en las próximas|en los próximos|antes de|a más tardar en|en menos de|como muy tarde en"},
};
constexpr Words k_trailing[] = {
    {"en", "from now|at the latest|at most|or less|or sooner|latest"}, {"nb", "fra nå|senest|maks"}, {"ru", "самое позднее|максимум"},
    {"eo", "plej malfrue|maksimume|de nun"}, {"de", "spätestens|ab jetzt|maximal"}, {"fr", "au plus tard|maximum|au plus"},
    {"es", "como máximo|como mucho|a más tardar"},
};
constexpr Words k_clocks[] = {
    {"en", "at|by|before|until|till|than"}, {"nb", "kl|klokken|klokka|innen|før"}, {"ru", "в|до|к|позднее|позже"}, {"eo", "je|ĝis|antaŭ|je la|ĝis la|antaŭ la"},
    {"de", "um|bis|vor|gegen|bis um|spätestens"}, {"fr", "à|avant|vers|jusqu à"}, {"es", "a las|antes de las|hasta las|sobre las|a la"},
};
constexpr Words k_weeks_after[] = {
    {"en", "next week|week after"}, {"nb", "neste uke|i neste uke"}, {"ru", "следующей недели|на следующей неделе"}, {"eo", "venontsemajne|venontan semajnon|de la venonta semajno"},
    {"de", "nächste woche|nächster woche|kommender woche|der nächsten woche|der kommenden woche"}, {"fr", "de la semaine prochaine|la semaine prochaine"},
    {"es", "de la próxima semana|de la semana que viene|la semana que viene"},
};
// name=value
constexpr Words k_numbers[] = {
    {"en", "a=1|an=1|one=1|two=2|couple=2|three=3|four=4|five=5|six=6|seven=7|eight=8|nine=9|ten=10|twelve=12|fourteen=14|fifteen=15|twenty=20|thirty=30"},
    {"nb", "en=1|ett=1|et=1|én=1|to=2|par=2|tre=3|fire=4|fem=5|seks=6|sju=7|syv=7|åtte=8|ni=9|ti=10|tolv=12|fjorten=14|femten=15|tjue=20|tretti=30"},
    {"ru", "один=1|одного=1|одну=1|одной=1|два=2|двух=2|две=2|пары=2|пару=2|три=3|трёх=3|трех=3|четыре=4|четырёх=4|четырех=4|пять=5|пяти=5|шесть=6|шести=6|семь=7|семи=7|восемь=8|девять=9|десять=10|десяти=10|двенадцать=12|четырнадцать=14|двадцать=20|тридцать=30"},
    {"eo", "unu=1|du=2|tri=3|kvar=4|kvin=5|ses=6|sep=7|ok=8|naŭ=9|dek=10|dekdu=12|dekkvar=14|dudek=20|tridek=30"},
    {"de", "ein=1|eine=1|einem=1|einer=1|einen=1|eines=1|zwei=2|zweier=2|paar=2|drei=3|dreier=3|vier=4|fünf=5|sechs=6|sieben=7|acht=8|neun=9|zehn=10|zwölf=12|vierzehn=14|zwanzig=20|dreißig=30"},
    {"fr", "un=1|une=1|deux=2|trois=3|quatre=4|cinq=5|six=6|sept=7|huit=8|neuf=9|dix=10|douze=12|quinze=15|vingt=20|trente=30"},
    {"es", "un=1|una=1|uno=1|dos=2|par=2|tres=3|cuatro=4|cinco=5|seis=6|siete=7|ocho=8|nueve=9|diez=10|doce=12|catorce=14|quince=15|veinte=20|treinta=30"},
};
// Beginnings; a "$" asks for the whole word.
struct UnitWords { std::string_view language, minute, hour, day, working_day, week, month; };
constexpr UnitWords k_units[] = {
    {"en", "minute", "hour|hr|h$", "day$|days$", "workday", "week$|weeks$", "month"},
    {"nb", "minutt", "time$|timer$|timen$", "dag$|dager$|dagene$|døgn", "virkedag|arbeidsdag|hverdag", "uke$|uker$|ukene$", "måned"},
    {"ru", "минут", "час", "день$|дня$|дней$|дни$|сут", "", "недел", "месяц"},
    {"eo", "minut", "hor", "tagoj|tago$|tagon$", "labortag", "semajn", "monat"},
    {"de", "minute", "stunde|std$", "tag$|tage$|tagen$|tages$", "werktag|arbeitstag", "woche$|wochen$", "monat"},
    {"fr", "minute", "heure|h$", "jour$|jours$", "", "semaine", "mois$"},
    {"es", "minuto", "hora", "día$|días$", "", "semana", "mes$|meses$"},
};
constexpr Words k_working[] = {
    {"en", "business|working|work"}, {"nb", "virke"}, {"ru", "рабочих|рабочего|рабочие|рабочий"}, {"eo", "laboraj|laborajn"}, {"de", "werk"},
    {"fr", "ouvré|ouvrés|ouvrable|ouvrables"}, {"es", "hábil|hábiles|laborable|laborables"},
};
// clang-format on

bool begins_with_one(std::string_view list, std::string_view word) {
  for (std::string_view one : split(list, '|')) {
    if (one.empty()) continue;
    bool whole = one.ends_with('$');
    if (whole) one.remove_suffix(1);
    if (whole ? word == one : word.starts_with(one)) return true;
  }
  return false;
}

} // namespace

std::span<const TimePhrase> time_phrases() { return k_times; }
Lexicon day_parts(int hour) {
  if (hour == 12) return k_mornings;
  return hour == 18 ? Lexicon(k_afternoons) : Lexicon(k_evenings);
}
Lexicon limits() { return k_limits; }
Lexicon spans() { return k_spans; }
Lexicon trailing_spans() { return k_trailing; }
Lexicon clock_markers() { return k_clocks; }
Lexicon next_week_markers() { return k_weeks_after; }

int number_named(std::string_view language, std::string_view word) {
  int value = 0;
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error == std::errc()) return end == word.data() + word.size() && value < 1000 ? value : 0;
  for (std::string_view one : split(words_of(k_numbers, language), '|')) {
    std::size_t equals = one.find('=');
    if (one.substr(0, equals) != word) continue;
    std::string_view digits = one.substr(equals + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  return 0;
}

Unit unit_named(std::string_view language, std::string_view word) {
  for (const UnitWords& units : k_units) {
    if (units.language != language) continue;
    if (begins_with_one(units.working_day, word)) return Unit::working_day;
    if (begins_with_one(units.minute, word)) return Unit::minute;
    if (begins_with_one(units.hour, word)) return Unit::hour;
    if (begins_with_one(units.day, word)) return Unit::day;
    if (begins_with_one(units.week, word)) return Unit::week;
    if (begins_with_one(units.month, word)) return Unit::month;
  }
  return Unit::none;
}

bool makes_working_days(std::string_view language, std::string_view word) {
  for (std::string_view one : split(words_of(k_working, language), '|'))
    if (one == word) return true;
  return false;
}

} // namespace helpdesk::lint
