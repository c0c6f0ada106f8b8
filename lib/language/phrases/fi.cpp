#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "kiitos", "kiitoksia", "kiitti", "suurkiitos", "paljon kiitoksia", "kiitos paljon", "suuret kiitokset", "mahtavaa",
    "loistavaa", "hienoa", "täydellistä",
};
Text k_filler[] = {
    "avusta", "avun", "apu", "asia", "ja", "jo", "hei", "hyvin", "hyvä", "hyvää", "huomenta", "kaikesta", "kaikki",
    "kovasti", "kun", "kunnossa", "minä", "moi", "nopea", "nopeasta", "nopeasti", "nyt", "ok", "oikein", "on", "paljon",
    "palvelu", "palvelusta", "päivää", "saatu", "selvä", "selvisi", "se", "sain", "te", "teille", "teidän", "tiedosta",
    "tiedoista", "toimii", "vastauksesta", "vastaus", "viikonloppua", "vielä", "kerran", "todella", "tuki", "ratkesi",
    "terveisin",
};
Text k_objections[] = {
    "mutta", "ei", "en", "kuitenkin", "edelleen", "valitettavasti", "etukäteen", "virhe", "puuttuu", "eivät", "emme",
    "mitään",
};
Text k_question_openings[] = {
    "miten", "milloin", "miksi", "missä", "mikä", "mitä", "kuka", "kuinka", "paljonko", "voitteko", "voisitteko",
    "voiko", "voinko", "voisinko", "onko", "oletteko", "saanko", "saako", "pitääkö", "mistä", "koska",
};
Text k_question_phrases[] = {
    "haluaisin tietää", "haluan tietää", "mietin", "kysyisin", "onko mahdollista", "minulla on kysymys", "kertokaa",
    "ilmoittakaa",
};
Text k_courtesy[] = {
    "mitä kuuluu",
};
Text k_requests[] = {
    "pyydän", "voisitteko", "voitteko", "tarvitsen", "tarvitsemme", "haluan", "haluaisin", "lähettäkää", "auttakaa",
    "kiireellinen", "pyytäisin",
};
Text k_sign_offs[] = {
    "terveisin", "ystävällisin terveisin", "parhain terveisin", "yt", "hyvää päivänjatkoa", "hyvää viikonloppua", "t",
};
Text k_greetings[] = {
    "hei", "moi", "terve", "hyvää päivää", "huomenta", "hyvä", "moikka",
};
Text k_away[] = {
    "poissa toimistolta", "lomalla", "olen poissa", "vuosilomalla", "palaan töihin",
};
Text k_unsubscribe[] = {
    "peruuttaa tilaus", "poistakaa minut", "lopettakaa", "peru uutiskirje",
};
// clang-format on

} // namespace

const Phrases k_phrases_fi{
    "fi",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
