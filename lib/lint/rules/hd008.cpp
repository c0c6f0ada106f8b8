#include "lint/rule.hpp"

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_words[] = {
    {"en", "as i said|as i told you|as i already|as we already|as i have already|as we have already|as already mentioned|as mentioned before|as mentioned earlier|as mentioned above|as previously stated|as previously mentioned|as stated before|like i said|like i told you|as i explained|as we explained|you should have|you should know|if you had read|had you read|obviously|actually you|i already told you|we already told you|we have told you|for the last time|as you should know|again as"},
    {"nb", "som jeg sa|som jeg allerede|som vi allerede|som nevnt|som sagt|som tidligere nevnt|som jeg forklarte|som vi forklarte|som jeg skrev|som vi skrev|du burde ha|du burde vite|dere burde ha|hvis du hadde lest|hadde du lest|åpenbart|vi har allerede sagt|jeg har allerede sagt|for siste gang"},
    {"ru", "как я уже|как мы уже|как уже говорил*|как уже было сказано|как уже сообщал*|как я сказал*|как я говорил*|как мы говорили|повторяю|повторяем|ещё раз повторяю|вам следовало|вы должны были|если бы вы прочитали|если бы вы внимательно|очевидно что|вы же|в последний раз объясняю"},
    {"eo", "kiel mi diris|kiel mi jam|kiel ni jam|kiel dirite|kiel menciite|kiel jam menciite|kiel mi klarigis|kiel ni klarigis|vi devintus|vi devus scii|se vi estus leginta|se vi legus|evidente|mi jam diris al vi|ni jam diris|lastan fojon"},
    {"de", "wie ich bereits|wie wir bereits|wie bereits erwähnt|wie bereits gesagt|wie bereits mitgeteilt|wie gesagt|wie schon erwähnt|wie schon gesagt|wie ich ihnen|wie ich ihnen schon|wie ich schon|wie oben erwähnt|sie hätten .. müssen|sie hätten .. sollen|hätten sie .. gelesen|wenn sie .. gelesen hätten|offensichtlich|zum letzten mal|das habe ich ihnen doch|wie ich erklärt"},
    {"fr", "comme je l ai dit|comme je l ai déjà|comme je vous l ai|comme nous vous l avons|comme nous l avons|comme indiqué|comme déjà indiqué|comme mentionné|comme déjà mentionné|comme je vous ai dit|vous auriez dû|vous devriez savoir|si vous aviez lu|évidemment|je vous ai déjà dit|nous vous avons déjà dit|je le répète|je répète|pour la dernière fois"},
    {"es", "como le dije|como les dije|como ya le|como ya les|como ya dije|como ya mencion*|como mencioné|como mencionamos|como se indicó|como le expliqu*|como ya se indicó|como se mencionó|debería haber|debió haber|usted debió|si hubiera leído|obviamente|evidentemente|le repito|repito|ya le dije|por última vez"},
};
// clang-format on

void run(Check& check) {
  for (const Match& match : check.matches())
    check.add(match, fmt::format("\"{}\" reprimands", check.of(match)),
              "strike it; say the thing once more as if for the first time");
}

} // namespace

constinit const Rule k_hd008{
    {"HD008", "reprimand", Severity::warning, "strike \"as I said on the phone\"",
     "Whoever asks again did not understand; being told so helps nobody and is what is remembered.",
     "As I said on the phone, restart it.", "As agreed, I have sent it.", "", false},
    k_words,
    &run};

} // namespace helpdesk::lint
