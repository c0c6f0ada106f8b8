#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "merci", "merci beaucoup", "mille mercis", "un grand merci", "je vous remercie", "nous vous remercions",
    "je te remercie", "parfait", "super", "merci bien", "génial",
};
Text k_filler[] = {
    "a", "aide", "ai", "aidé", "aidée", "avoir", "beaucoup", "bien", "bon", "bonjour", "bonne", "c'est", "ça", "ce",
    "cela", "cordialement", "dans", "de", "d'avoir", "des", "du", "efficace", "efficacité", "en", "encore", "est", "et",
    "excellent", "excellente", "fonctionne", "fait", "grand", "gentillesse", "il", "info", "information",
    "informations", "j'ai", "je", "journée", "la", "le", "les", "maintenant", "marche", "ma", "me", "merci", "mon",
    "m'avoir", "nous", "oui", "ok", "parfaitement", "pour", "précieuse", "prompte", "rapide", "rapidité", "reçu",
    "réception", "réglé", "renseignements", "réponse", "réactivité", "résolu", "service", "si", "soirée", "suis", "sur",
    "tout", "toute", "très", "un", "une", "votre", "vos", "vous", "week-end", "à", "semaine", "l'information", "l'aide",
    "retour", "ton", "tes", "toi", "équipe", "infiniment", "vraiment", "disponibilité", "explications",
};
Text k_objections[] = {
    "mais", "pas", "cependant", "toujours pas", "malheureusement", "jamais", "d'avance", "par avance", "erreur",
    "manque", "néanmoins", "sauf",
    "rien", "toujours", "aucun", "aucune", "personne",
};
Text k_question_openings[] = {
    "comment", "combien", "quand", "pourquoi", "où est", "où puis", "où se", "quel est", "quelle est", "quels sont",
    "quelles sont", "qui est", "est-ce que", "est-ce", "pouvez-vous", "peux-tu", "pourriez-vous", "pourrais-tu",
    "puis-je", "peut-on", "avez-vous", "as-tu", "y a-t-il", "êtes-vous", "faut-il", "dois-je", "savez-vous",
    "serait-il", "est-il", "que faire", "qu'est-ce", "des nouvelles",
};
Text k_question_phrases[] = {
    "j'aimerais savoir", "je voudrais savoir", "je souhaite savoir", "je souhaiterais savoir", "je me demande",
    "pouvez-vous", "pourriez-vous", "merci de me dire", "merci de m'indiquer", "est-ce que", "est-il possible",
    "j'ai une question", "dites-moi", "tenez-moi au courant", "-t-il", "-t-elle",
};
Text k_courtesy[] = {
    "comment allez-vous", "comment vas-tu", "comment ça va",
};
Text k_requests[] = {
    "s'il vous plaît", "s'il vous plait", "s'il te plaît", "svp", "merci de", "veuillez", "pouvez-vous",
    "pourriez-vous", "j'ai besoin", "nous avons besoin", "je voudrais", "je souhaite", "je souhaiterais", "j'aimerais",
    "envoyez-moi", "urgent", "dans l'attente",
};
Text k_sign_offs[] = {
    "cordialement", "bien cordialement", "bien à vous", "sincères salutations", "salutations", "amicalement", "cdt",
    "respectueusement", "bonne journée", "bonne soirée", "bon week-end", "meilleures salutations", "à bientôt",
};
Text k_greetings[] = {
    "bonjour", "bonsoir", "salut", "cher", "chère", "madame", "monsieur", "coucou",
};
Text k_away[] = {
    "absent du bureau", "je suis absent", "je suis absente", "suis en congé", "suis en congés", "en vacances",
    "de retour le", "absence du bureau", "accès limité à mes e-mails", "absent jusqu'au",
};
Text k_unsubscribe[] = {
    "désinscrire", "désabonner", "désinscription", "désabonnement", "retirez-moi", "ne plus recevoir",
};
// clang-format on

} // namespace

const Phrases k_phrases_fr{
    "fr",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
