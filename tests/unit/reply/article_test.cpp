#include "base/file.hpp"
#include "reply/article.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace helpdesk::reply {
namespace {

TEST(Article, is_named_by_its_path) {
  struct Case {
    const char *path, *name, *language;
  };
  for (const Case& c :
       std::initializer_list<Case>{{"returns.md", "returns", ""},
                                   {"returns.nb.md", "returns", "nb"},
                                   {"returns/nb.md", "returns", "nb"},
                                   {"nb/returns.md", "returns", "nb"},
                                   {"pt-BR/billing/refunds.markdown", "billing/refunds", "pt-BR"},
                                   {"billing/nb/refunds.md", "billing/refunds", "nb"},
                                   {"faq/lids.md", "faq/lids", ""},
                                   {"ui/colours.v2.md", "ui/colours.v2", ""},
                                   {"returns/index.md", "returns", ""},
                                   {"en/index.md", "index", "en"},
                                   {"no.md", "no", ""},
                                   {"Lids.MD", "Lids", ""}}) {
    store::Article article = read_article(c.path, "text");
    EXPECT_EQ(article.name, c.name) << c.path;
    EXPECT_EQ(article.language, c.language) << c.path;
  }
}

TEST(Article, says_its_title_language_and_address_in_front_matter) {
  store::Article yaml = read_article(
      "returns.md",
      "---\ntitle: \"Sending back\"\nlang: nb\nurl: https://shop.example/r\ntags:\n  title: no\n---\nText\n");
  EXPECT_EQ(yaml.title, "Sending back");
  EXPECT_EQ(yaml.language, "nb");
  EXPECT_EQ(yaml.url, "https://shop.example/r");
  EXPECT_EQ(yaml.text, "Text\n");
  store::Article toml =
      read_article("returns.en.md", "+++\r\ntitle = 'Back'\r\nlanguage = \"de\"\r\n+++\r\nA\r\nB\r\n");
  EXPECT_EQ(toml.title, "Back");
  EXPECT_EQ(toml.language, "de");
  EXPECT_EQ(toml.text, "A\nB\n");
  EXPECT_EQ(read_article("a.md", "---\nurl: javascript:alert(1)\n---\n").url, "");
  EXPECT_EQ(read_article("a.md", "\n# The lid #1\ntext").title, "The lid #1");
  EXPECT_EQ(read_article("b/lids.md", "text").title, "lids");
  EXPECT_EQ(read_article("b.md", "---\nno end").text, "---\nno end");
  EXPECT_EQ(read_article("b.md", "---\ntitle: x\n---").text, "");
  EXPECT_EQ(read_article("b.md", "").title, "b");
}

TEST(Article, is_chosen_by_language) {
  auto variant = [](const char* language) {
    store::Article a;
    a.language = language;
    return a;
  };
  std::vector<store::Article> all{variant("de"), variant("en"), variant("nb")};
  auto chosen = [&](const char* language, const std::vector<std::string>& fallbacks = {}) {
    const store::Article* one = choose_article(all, language, fallbacks);
    return one ? one->language : "none";
  };
  EXPECT_EQ(chosen("nb"), "nb");
  EXPECT_EQ(chosen("nn"), "nb");
  EXPECT_EQ(chosen("no"), "nb");
  EXPECT_EQ(chosen("fr", {"en"}), "en");
  EXPECT_EQ(chosen("fr"), "de");
  all.push_back(variant(""));
  EXPECT_EQ(chosen("fr", {"en"}), "");
  EXPECT_EQ(choose_article({}, "en", {}), nullptr);
}

TEST(Article, is_plain_text_in_a_mail) {
  struct Case {
    const char *markdown, *text;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"# Heading ##\n\nText", "Heading\n\nText"},
           {"Heading\n=======\ntext", "Heading\ntext"},
           {"a **bold** and *soft* and __strong__ and ~~gone~~ word",
            "a bold and soft and strong and gone word"},
           {"2 * 3 * 4 = 24, snake_case_name stays", "2 * 3 * 4 = 24, snake_case_name stays"},
           {"see [the guide](https://shop.example/a_(b) \"title\") now",
            "see the guide (https://shop.example/a_(b)) now"},
           {"[https://shop.example](https://shop.example)", "https://shop.example"},
           {"[a@shop.example](mailto:a@shop.example)", "a@shop.example"},
           {"[inside](../other.md)", "inside"},
           {"![a lid](lid.png) here", "a lid here"},
           {"<https://shop.example> and <a@b.example>", "https://shop.example and a@b.example"},
           {"one<br>two <b>three</b> 1 < 2", "one\ntwo three 1 < 2"},
           {"* a\n* b\n\n\n\n1. c", "- a\n- b\n\n1. c"},
           {"```sh\nrm *.x\n```\nafter", "    rm *.x\nafter"},
           {"> said", "    said"},
           {"a<!-- note\nnote -->b", "ab"},
           {"\\*not\\* `a*b*c`", "*not* a*b*c"},
           {"[open](never", "[open](never"},
           {"***", ""},
           {"", ""}})
    EXPECT_EQ(plain_text(c.markdown), c.text) << c.markdown;
}

TEST(Article, hostile_text_ends) {
  for (const char* one : {"[", "![", "`", "<", "*_", "[a](", "<!--", "\\", "```\n"}) {
    std::string text;
    while (text.size() < 20000) text += one;
    EXPECT_LE(plain_text(text).size(), 4 * text.size());
  }
}

TEST(Article, are_read_from_a_folder) {
  char name[] = "/tmp/helpdesk-articles-XXXXXX";
  ASSERT_NE(::mkdtemp(name), nullptr);
  std::filesystem::path folder = name;
  std::filesystem::create_directories(folder / ".git");
  std::filesystem::create_directories(folder / "nb");
  for (const char* path : {"b.md", "a.en.md", "nb/b.md", ".git/c.md", "d.txt", ".hidden.md"})
    ASSERT_TRUE(write_file_atomically((folder / path).string(), "text"));
  auto articles = read_articles(folder.string());
  ASSERT_TRUE(articles);
  std::vector<std::string> paths;
  for (const store::Article& one : *articles) paths.push_back(one.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"a.en.md", "b.md", "nb/b.md"}));
  auto one = read_articles((folder / "a.en.md").string());
  ASSERT_TRUE(one);
  ASSERT_EQ(one->size(), 1U);
  EXPECT_EQ(one->front().name, "a");
  EXPECT_FALSE(read_articles((folder / "d.txt").string()));
  std::filesystem::remove_all(folder);
}

} // namespace
} // namespace helpdesk::reply
