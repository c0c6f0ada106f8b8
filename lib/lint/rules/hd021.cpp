#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
constexpr Words k_words[] = {
    {"en", "attached|i attach|i have attached|we attach|i am attaching|i m attaching|we are attaching|enclosed|i enclose|find the file|see the attachment|in the attachment|find the attachment|as an attachment|attachment contains"},
    {"nb", "vedlagt|vedlagte|legger ved|lagt ved|i vedlegget|se vedlegg|se vedlegget|som vedlegg|ligger vedlagt|finner du vedlagt"},
    {"ru", "во вложении|прилагаю|прилагаем|прикрепил|прикрепила|прикрепили|прикрепляю|прикрепляем|вложенном файле|прилагается|прилагаются|см. вложение|приложенном файле|в приложении к письму"},
    {"eo", "aldonita|aldonitan|aldonitaj|aldonitajn|mi aldonas|ni aldonas|mi aldonis|ni aldonis|en la aldonaĵo|kiel aldonaĵo|kiel aldonaĵon|vidu la aldonaĵon|kune sendas"},
    {"de", "anbei|im anhang|angehängt|beigefügt|beigefügte|beigefügten|füge ich|hänge ich|als anhang|in der anlage|angehängte|angehängten|siehe anhang"},
    {"fr", "ci joint|ci jointe|ci joints|ci jointes|en pièce jointe|en annexe|je joins|nous joignons|je vous joins|pièce jointe à ce|vous trouverez joint|voir pièce jointe"},
    {"es", "adjunto|adjunta|adjuntos|adjuntas|adjuntamos|le adjunto|archivo adjunto|en el adjunto|como adjunto|va adjunto|va adjunta"},
};
// The customer's own attachment, something that is to come, or none at all.
constexpr Words k_not_ours[] = {
    {"en", "you attached|you have attached|you enclosed|your attachment|your attached|not attached|wasn t attached|was not attached|no attachment|nothing was attached|attached to your|if you attach|could you attach|please attach|the attachment you|attached by you|you had attached|nothing attached|attached to the wall|without attachment"},
    {"nb", "du la ved|du har lagt ved|du vedla|ditt vedlegg|vedlegget ditt|ikke vedlagt|ikke lagt ved|ingenting vedlagt|kan du legge ved|vennligst legg ved|bildet du har vedlagt|vedlegget du|om du legger ved|hvis du legger ved|filen du hadde lagt ved"},
    {"ru", "вы прикрепили|вы приложили|ваше вложение|вашем вложении|вашего вложения|не прикреп*|вложения нет|нет во вложении|прикрепите|приложите|ваш вложенный|присланном вами|вашем приложенном"},
    {"eo", "vi aldonis|via aldonaĵo|via aldonita|vian aldonitan|ne aldonita|ne aldonis|nenio aldonita|bonvolu aldoni|se vi aldonas|de vi aldonita|vi estis aldoninta"},
    {"de", "sie angehängt|sie beigefügt|ihr anhang|ihrem anhang|ihren anhang|ihre angehängte|von ihnen angehängte|von ihnen beigefügte|nicht angehängt|nicht beigefügt|kein anhang|nichts angehängt|bitte hängen sie|wenn sie .. anhängen|ihrer mail angehängt"},
    {"fr", "vous avez joint|votre pièce jointe|vous aviez joint|pas joint|n était pas en pièce jointe|aucune pièce jointe|sans pièce jointe|merci de joindre|veuillez joindre|que vous joignez|la pièce jointe que vous|votre document en pièce jointe|jointe à votre"},
    {"es", "usted adjuntó|su adjunto|su archivo adjunto|que adjuntó|que nos adjuntó|no adjunto|no venía adjunto|no venía adjunta|ningún adjunto|ningún archivo adjunto|sin adjunto|no está adjunto|no estaba adjunto|no había ningún archivo adjunto|si adjunta|el archivo adjunto que usted|adjunto a su mensaje|adjunta a su mensaje"},
};
// clang-format on

void run(Check& check) {
  const Reading& reading = check.reading;
  if (check.context.has_attachment) return;
  std::vector<Match> spared = reading.find(words_of(k_not_ours, reading.language));
  std::vector<bool> linked(reading.sentences.size());
  std::size_t mask = 0;
  for (std::size_t s = 0; s < reading.sentences.size(); ++s) {
    while (mask < reading.masks.size() && reading.masks[mask].end <= reading.sentences[s].begin) ++mask;
    linked[s] = mask < reading.masks.size() && reading.masks[mask].begin < reading.sentences[s].end &&
                reading.masks[mask].kind == MaskKind::link;
  }
  for (const Match& match : check.matches()) {
    std::size_t s = reading.words[match.first].sentence;
    if (linked[s] || reading.sentences[s].asks) continue;
    if (overlaps(spared, match)) continue;
    if (check.context.attachments_known) {
      check.add(match, fmt::format("\"{}\", and there is no attachment", check.of(match)),
                "attach the file: helpdesk draft ID --attach FILE");
    } else {
      check
          .add(match, fmt::format("\"{}\": the file must go with it", check.of(match)),
               "attach it to the draft: helpdesk draft ID --attach FILE")
          .severity = Severity::warning;
    }
    return;
  }
}

} // namespace

constinit const Rule k_hd021{{"HD021", "attachment-missing", Severity::error, "the promised file is there",
                              "The forgotten attachment costs the customer a mail and a day.",
                              "Please find the invoice attached.", "the file you attached", "", false},
                             k_words,
                             &run};

} // namespace helpdesk::lint
