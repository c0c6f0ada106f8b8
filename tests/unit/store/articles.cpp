#include "store/articles.hpp"

#include "store/word_counts.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace helpdesk::store {
namespace {

class ArticlesTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/helpdesk-store-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
    auto store = open_sqlite_store(directory_, Access::write);
    ASSERT_TRUE(store) << store.error().message;
    store_ = std::move(*store);
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  std::unique_ptr<Articles> open(Access access) {
    auto articles = open_articles(directory_, access);
    EXPECT_TRUE(articles);
    return std::move(*articles);
  }
  static Article article(const std::string& path, std::string language, std::string title, std::string text) {
    Article a;
    a.folder = "/help";
    a.path = path;
    a.name = path.substr(0, path.find('.'));
    a.language = std::move(language);
    a.title = std::move(title);
    a.hash = text;
    a.text = std::move(text);
    a.changed = instant_of_seconds(1'700'000'000);
    return a;
  }
  std::string directory_;
  std::unique_ptr<Store> store_;
};

std::string names(const std::vector<ArticleHit>& hits) {
  std::string out;
  for (const ArticleHit& hit : hits) out += hit.article.name + "." + hit.article.language + " ";
  return out;
}

TEST_F(ArticlesTest, nothing_is_there_before_something_was_added) {
  auto articles = open(Access::read);
  EXPECT_TRUE(articles->all()->empty());
  EXPECT_TRUE(articles->named("lids")->empty());
  EXPECT_TRUE(articles->folders()->empty());
  EXPECT_TRUE(articles->search("lids", 5)->empty());
}

TEST_F(ArticlesTest, a_folder_is_taken_over_as_it_is) {
  auto articles = open(Access::write);
  auto first = articles->put_folder("/help", {article("lids.en.md", "en", "Lids", "How to change a lid."),
                                              article("pots.en.md", "en", "Pots", "All about pots.")});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->added, 2);
  auto second = articles->put_folder("/help", {article("lids.en.md", "en", "Lids", "How to change a cover."),
                                               article("lids.nb.md", "nb", "Lokk", "Slik bytter du lokk.")});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->added, 1);
  EXPECT_EQ(second->changed, 1);
  EXPECT_EQ(second->removed, 1);
  EXPECT_EQ(second->unchanged, 0);
  EXPECT_TRUE(articles->search("pots", 5)->empty());
  auto again = open(Access::read); // another process
  auto lids = again->named("lids");
  ASSERT_EQ(lids->size(), 2U);
  EXPECT_EQ(lids->front().text, "How to change a cover.");
  EXPECT_EQ(again->all()->front().text, "");
  EXPECT_EQ(names(*again->search("cover", 5)), "lids.en ");
  EXPECT_EQ(names(*again->search("lid cover nothing", 5)), "lids.en lids.nb "); // some of the words
}

TEST_F(ArticlesTest, the_best_comes_first_whatever_the_spelling) {
  auto articles = open(Access::write);
  ASSERT_TRUE(articles->put_folder(
      "/help",
      {article("a.md", "", "Shipping", "A word about the lid and the pot and the box and the hole."),
       article("b.md", "", "The lid", "Short."), article("c.md", "de", "Größe", "Die Größe des Häuschens")}));
  EXPECT_EQ(names(*articles->search("lid", 5)), "b. a. ");
  EXPECT_EQ(names(*articles->search("lid", 1)), "b. ");
  EXPECT_EQ(names(*articles->search("haeuschen groesse", 5)), "c.de ");
  EXPECT_EQ(names(*articles->search("HÄUSCHENS", 5)), "c.de ");
  EXPECT_EQ(articles->search("hole", 5)->front().snippet,
            "A word about the lid and the pot and the box and the hole.");
  for (const char* hostile : {"", "\"", "* OR", "NEAR(", "a AND", ")", "^title", "-x", "title:"})
    EXPECT_TRUE(articles->search(hostile, 5)) << hostile;
}

TEST_F(ArticlesTest, a_folder_swallows_those_in_it) {
  auto articles = open(Access::write);
  auto nb = article("lids.md", "nb", "Lokk", "x");
  nb.folder = "/help/nb";
  ASSERT_TRUE(articles->put_folder("/help/nb", {nb}));
  auto other = nb;
  other.folder = "/helpers";
  ASSERT_TRUE(articles->put_folder("/helpers", {other}));
  ASSERT_TRUE(articles->put_folder("/help", {article("nb/lids.md", "nb", "Lokk", "x")}));
  EXPECT_EQ(*articles->folders(), (std::vector<std::string>{"/help", "/helpers"}));
  ASSERT_TRUE(articles->put_folder("/helpers", {}));
  EXPECT_EQ(*articles->folders(), (std::vector<std::string>{"/help"}));
}

TEST_F(ArticlesTest, are_no_part_of_the_digest_and_survive_a_backup) {
  auto digest = [&] { return store_->verify({})->digest; };
  std::string before = digest();
  ASSERT_TRUE(open(Access::write)->put_folder("/help", {article("a.md", "", "A", "text")}));
  EXPECT_EQ(digest(), before);
  std::string copy = directory_ + "/copy/store.db";
  std::filesystem::create_directories(directory_ + "/copy");
  ASSERT_TRUE(store_->backup(copy));
  auto copied = open_articles(directory_ + "/copy", Access::read);
  ASSERT_TRUE(copied);
  EXPECT_EQ((*copied)->all()->size(), 1U);
  ASSERT_TRUE(store_->vacuum());
  EXPECT_EQ(open(Access::read)->search("text", 5)->size(), 1U);
}

TEST_F(ArticlesTest, words_of_messages_are_counted_up_to_a_limit) {
  auto tx = store_->begin(Durability::refetchable);
  ASSERT_TRUE(tx);
  for (int i = 0; i < 5; ++i) {
    model::Message message;
    message.key = "a:message:" + std::to_string(i);
    message.ticket = "a:ticket:1";
    message.time = instant_of_seconds(1'700'000'000 + i);
    message.text = i < 3 ? "The lids of Müller" : "nothing";
    ASSERT_TRUE((*tx)->put_message(message));
  }
  ASSERT_TRUE((*tx)->commit());
  auto counts = open_word_counts(directory_);
  ASSERT_TRUE(counts);
  EXPECT_EQ(*(*counts)->messages_with("lids", false, 100), 3);
  EXPECT_EQ(*(*counts)->messages_with("lid", false, 100), 0);
  EXPECT_EQ(*(*counts)->messages_with("lid", true, 100), 3);
  EXPECT_EQ(*(*counts)->messages_with("MÜLLER", false, 2), 2);
  EXPECT_EQ(*(*counts)->messages_with("two words", false, 2), 0);
  EXPECT_EQ(*(*counts)->messages_with("\"", false, 2), 0);
  EXPECT_EQ(*(*counts)->messages_with("", true, 2), 0);
  EXPECT_EQ(*(*counts)->messages(100), 5);
  EXPECT_EQ(*(*counts)->messages(2), 2);
}

} // namespace
} // namespace helpdesk::store
