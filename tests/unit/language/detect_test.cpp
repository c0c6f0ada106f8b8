#include "language/detect.hpp"

#include <gtest/gtest.h>

namespace helpdesk {
namespace {

struct Case {
  const char* want;
  const char* text;
};

TEST(DetectLanguage, sentences) {
  if (!language_detection_problem().empty()) GTEST_SKIP() << language_detection_problem();
  for (const Case& c : std::initializer_list<Case>{
           {"eo",
            "Saluton, mi mendis libron antaŭ du semajnoj kaj ĝi ankoraŭ ne alvenis. Ĉu vi povas helpi min?"},
           {"nb", "Hei, jeg bestilte en bok for to uker siden, men den har ikke kommet fram ennå. Kan dere "
                  "hjelpe meg?"},
           {"nn",
            "Hei, eg tinga ei bok for to veker sidan, men ho har ikkje kome fram enno. Kan de hjelpe meg?"},
           {"da",
            "Hej, jeg bestilte en bog for to uger siden, men den er ikke kommet endnu. Kan I hjælpe mig?"},
           {"sv",
            "Hej, jag beställde en bok för två veckor sedan men den har inte kommit än. Kan ni hjälpa mig?"},
           {"ru", "Здравствуйте, я заказал книгу две недели назад, но она ещё не пришла."},
           {"de", "Hallo, ich habe vor zwei Wochen ein Buch bestellt, aber es ist noch nicht da."},
           {"fr", "Bonjour, j'ai commandé un livre il y a deux semaines et il n'est pas arrivé."},
           {"es", "Hola, pedí un libro hace dos semanas y todavía no ha llegado."},
           {"en", "Hello, I ordered a book two weeks ago and it has not arrived yet."},
           {"pl", "Dzień dobry, zamówiłem książkę dwa tygodnie temu i jeszcze nie dotarła."},
           {"nl", "Hallo, ik heb twee weken geleden een boek besteld maar het is nog niet aangekomen."},
           {"it", "Buongiorno, ho ordinato un libro due settimane fa e non è ancora arrivato."},
           {"fi", "Hei, tilasin kirjan kaksi viikkoa sitten eikä se ole vielä saapunut."},
           {"uk", "Доброго дня, я замовив книгу два тижні тому, але вона ще не надійшла."},
           {"nb", "Hvor er pakken min?"},
       })
    EXPECT_EQ(detect_language(c.text), c.want) << c.text;
}

TEST(DetectLanguage, scripts_need_no_library) {
  EXPECT_EQ(detect_language("二週間前に本を注文しましたが、まだ届いていません。"), "ja");
  EXPECT_EQ(detect_language("我两周前订了一本书，但还没有收到。"), "zh");
  EXPECT_EQ(detect_language("ฉันสั่งหนังสือเมื่อสองสัปดาห์ก่อน"), "th");
  EXPECT_EQ(detect_language("이주 전에 책을 주문했는데 아직 도착하지 않았습니다"), "ko");
}

TEST(DetectLanguage, short_texts_by_marker_words) {
  EXPECT_EQ(detect_language("Takk!"), "nb");
  EXPECT_EQ(detect_language("Dankon!"), "eo");
  EXPECT_EQ(detect_language("Спасибо!"), "ru");
  EXPECT_EQ(detect_language("Thanks!"), "en");
  EXPECT_EQ(detect_language("Ok"), "");
  EXPECT_EQ(detect_language("1234 5678"), "");
  EXPECT_EQ(detect_language(""), "");
}

TEST(DetectLanguage, quotes_links_and_addresses_do_not_count) {
  EXPECT_EQ(detect_language(
                "> Ich habe vor zwei Wochen ein Buch bestellt, aber es ist noch nicht da.\n"
                "See https://example.de/der/die/das and mail hilfe@beispiel.de, it does not work at all"),
            "en");
}

TEST(DetectLanguage, any_bytes) {
  std::string all;
  for (int i = 0; i < 4096; ++i) all += static_cast<char>(i * 37);
  detect_language(all);
  detect_language(std::string(1'000'000, 'a'));
  SUCCEED();
}

} // namespace
} // namespace helpdesk
