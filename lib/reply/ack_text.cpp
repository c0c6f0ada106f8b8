// What an acknowledgement says: a time that was rounded up, in the customer's language.
#include "base/text.hpp"
#include "reply/ack.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace helpdesk::reply {
namespace {

// clang-format off
// Names behind a number: one; the others (in Russian the genitive, in German the dative).
struct Names {
  std::string_view language;
  std::array<std::array<std::string_view, 2>, 4> units; // minutes, hours, days, weeks
};
constexpr Names k_names[] = {
    {"en", {{{"minute", "minutes"}, {"hour", "hours"}, {"day", "days"}, {"week", "weeks"}}}},
    {"nb", {{{"minutt", "minutter"}, {"time", "timer"}, {"dag", "dager"}, {"uke", "uker"}}}},
    {"ru", {{{"минуты", "минут"}, {"часа", "часов"}, {"дня", "дней"}, {"недели", "недель"}}}},
    {"eo", {{{"minuto", "minutoj"}, {"horo", "horoj"}, {"tago", "tagoj"}, {"semajno", "semajnoj"}}}},
    {"de", {{{"Minute", "Minuten"}, {"Stunde", "Stunden"}, {"Tag", "Tagen"}, {"Woche", "Wochen"}}}},
    {"fr", {{{"minute", "minutes"}, {"heure", "heures"}, {"jour", "jours"}, {"semaine", "semaines"}}}},
    {"es", {{{"minuto", "minutos"}, {"hora", "horas"}, {"día", "días"}, {"semana", "semanas"}}}},
};

struct Text { std::string_view language, body; };
constexpr Text k_texts[] = {
    {"en",
     "Hello,\n\n"
     "your message has arrived.{% if ack.within %} Four out of five who write to us at such a time have their answer within {{ ack.within }}; the others wait longer.\n\n"
     "{% else %} A person will read it and answer. How long that takes we cannot tell yet.\n\n{% endif %}"
     "This mail was written by a program; nobody has read yours yet. You need not do anything. If something is to be added, just answer this mail.\n\n"
     "{{ desk.name }}\n"},
    {"nb",
     "Hei,\n\n"
     "meldingen din er kommet fram.{% if ack.within %} Fire av fem som skriver til oss på en slik tid, har svaret innen {{ ack.within }}; de andre venter lenger.\n\n"
     "{% else %} Et menneske kommer til å lese og besvare den. Hvor lang tid det tar, kan vi ikke si ennå.\n\n{% endif %}"
     "Denne e-posten er skrevet av et program; ingen har lest din ennå. Du trenger ikke å gjøre noe. Vil du legge til noe, er det bare å svare på denne e-posten.\n\n"
     "{{ desk.name }}\n"},
    {"ru",
     "Здравствуйте!\n\n"
     "Ваше сообщение получено.{% if ack.within %} Четверо из пяти, кто пишет нам в такое время, получают ответ в течение {{ ack.within }}; остальные ждут дольше.\n\n"
     "{% else %} Его прочитает и ответит на него человек. Сколько времени это займёт, мы пока сказать не можем.\n\n{% endif %}"
     "Это письмо написала программа; Ваше ещё никто не прочитал. Вам ничего не нужно делать. Если хотите что-то добавить, просто ответьте на это письмо.\n\n"
     "{{ desk.name }}\n"},
    {"eo",
     "Saluton,\n\n"
     "via mesaĝo alvenis.{% if ack.within %} Kvar el kvin homoj, kiuj skribas al ni je tia tempo, ricevas respondon ene de {{ ack.within }}; la ceteraj atendas pli longe.\n\n"
     "{% else %} Homo legos ĝin kaj respondos. Kiom da tempo tio bezonos, ni ankoraŭ ne povas diri.\n\n{% endif %}"
     "Ĉi tiun leteron skribis programo; neniu ankoraŭ legis la vian. Vi devas fari nenion. Se vi volas ion aldoni, simple respondu al ĉi tiu letero.\n\n"
     "{{ desk.name }}\n"},
    {"de",
     "Guten Tag,\n\n"
     "Ihre Nachricht ist angekommen.{% if ack.within %} Vier von fünf, die uns zu einer solchen Zeit schreiben, haben ihre Antwort innerhalb von {{ ack.within }}; die anderen warten länger.\n\n"
     "{% else %} Ein Mensch wird sie lesen und beantworten. Wie lange das dauert, können wir noch nicht sagen.\n\n{% endif %}"
     "Diese Mail hat ein Programm geschrieben; Ihre hat noch niemand gelesen. Sie brauchen nichts zu tun. Wenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Mail.\n\n"
     "{{ desk.name }}\n"},
    {"fr",
     "Bonjour,\n\n"
     "votre message est arrivé.{% if ack.within %} Quatre personnes sur cinq qui nous écrivent à un tel moment ont leur réponse sous {{ ack.within }} ; les autres attendent plus longtemps.\n\n"
     "{% else %} Une personne le lira et y répondra. Nous ne pouvons pas encore dire dans quel délai.\n\n{% endif %}"
     "Ce courriel a été écrit par un programme ; personne n'a encore lu le vôtre. Vous n'avez rien à faire. Si vous souhaitez ajouter quelque chose, répondez simplement à ce courriel.\n\n"
     "{{ desk.name }}\n"},
    {"es",
     "Hola:\n\n"
     "su mensaje ha llegado.{% if ack.within %} Cuatro de cada cinco personas que nos escriben a una hora así tienen su respuesta en un plazo de {{ ack.within }}; las demás esperan más.\n\n"
     "{% else %} Una persona lo leerá y le responderá. Todavía no podemos decir cuánto tardará.\n\n{% endif %}"
     "Este correo lo ha escrito un programa; nadie ha leído el suyo todavía. No tiene que hacer nada. Si quiere añadir algo, responda simplemente a este correo.\n\n"
     "{{ desk.name }}\n"},
};
// clang-format on

} // namespace

Wait rounded_up(double seconds) {
  using Unit = Wait::Unit;
  struct Step {
    double seconds;
    Wait wait;
  };
  static constexpr double k_minute = 60, k_hour = 3600, k_day = 86'400;
  static constexpr Step k_steps[] = {
      {15 * k_minute, {Unit::minutes, 15}}, {30 * k_minute, {Unit::minutes, 30}},
      {k_hour, {Unit::hours, 1}},           {2 * k_hour, {Unit::hours, 2}},
      {3 * k_hour, {Unit::hours, 3}},       {4 * k_hour, {Unit::hours, 4}},
      {6 * k_hour, {Unit::hours, 6}},       {8 * k_hour, {Unit::hours, 8}},
      {12 * k_hour, {Unit::hours, 12}},     {k_day, {Unit::days, 1}},
      {2 * k_day, {Unit::days, 2}},         {3 * k_day, {Unit::days, 3}},
      {4 * k_day, {Unit::days, 4}},         {5 * k_day, {Unit::days, 5}},
      {6 * k_day, {Unit::days, 6}},
  };
  for (const Step& step : k_steps)
    if (seconds <= step.seconds) return step.wait;
  return {Unit::weeks, static_cast<int>(std::min(999.0, std::ceil(seconds / (7 * k_day))))};
}

std::string wait_words(const Wait& wait, std::string_view language) {
  const Names* names = &k_names[0];
  for (const Names& one : k_names)
    if (same_language(one.language, language)) names = &one;
  // Russian counts 21, 31 as one, but not 11.
  bool one = names->language == "ru" ? wait.count % 10 == 1 && wait.count % 100 != 11 : wait.count == 1;
  return fmt::format("{} {}", wait.count, names->units[static_cast<std::size_t>(wait.unit)][one ? 0 : 1]);
}

std::vector<TemplateFile> with_ack_templates(std::vector<TemplateFile> own) {
  auto replaced = [&](std::string_view language) {
    return std::any_of(own.begin(), own.end(), [&](const TemplateFile& file) {
      return file.name == "ack" && (file.language.empty() || same_language(file.language, language));
    });
  };
  std::vector<TemplateFile> shipped;
  for (const Text& text : k_texts)
    if (!replaced(text.language)) {
      std::string name = fmt::format("ack.{}.liquid", text.language);
      shipped.push_back(read_template("(shipped) " + name, name, text.body));
    }
  own.insert(own.end(), std::make_move_iterator(shipped.begin()), std::make_move_iterator(shipped.end()));
  return own;
}

} // namespace helpdesk::reply
