#include "app/providers.hpp"
#include "base/text.hpp"
#include "net/oauth.hpp"

#include <set>

#include <gtest/gtest.h>

namespace helpdesk::app {
namespace {

TEST(Providers, EveryRowCanBeUsed) {
  std::set<std::string_view> names, domains;
  for (const Provider& p : providers()) {
    EXPECT_TRUE(names.insert(p.name).second) << p.name;
    EXPECT_EQ(provider_named(p.name), &p);
    for (std::string_view domain : split(p.domains, ' ')) {
      if (domain.empty()) continue;
      EXPECT_TRUE(domains.insert(domain).second) << domain << " stands twice";
      EXPECT_EQ(domain, ascii_lower(domain));
      EXPECT_EQ(provider_of("desk@" + std::string(domain)), &p) << domain;
    }
    EXPECT_TRUE(p.page.empty() || p.page.starts_with("https://")) << p.name;
    if (!p.offers_imap()) continue;
    for (const MailServer& server : {p.imap, p.smtp}) {
      EXPECT_NE(server.host.find('.'), std::string_view::npos) << p.name;
      EXPECT_TRUE(server.tls == "implicit" || server.tls == "starttls") << p.name << ": never in clear";
      EXPECT_GT(server.port, 0) << p.name;
    }
    if (p.access == Access::app_password) {
      EXPECT_FALSE(p.page.empty()) << p.name << ": where is the app password made?";
    }
    if (p.access == Access::oauth) {
      EXPECT_NE(net::find_oauth_provider(p.oauth), nullptr) << p.name;
    }
  }
}

TEST(Providers, TheBigOnesLeadToAnAppPassword) {
  for (const char* address : {"shop@gmail.com", "shop@googlemail.com", "shop@fastmail.com", "shop@icloud.com",
                              "shop@me.com", "shop@mac.com"}) {
    const Provider* p = provider_of(address);
    ASSERT_NE(p, nullptr) << address;
    EXPECT_EQ(p->access, Access::app_password) << address;
  }
  EXPECT_EQ(provider_of("shop@gmail.com")->max_bytes_per_day, "2GB");
  EXPECT_EQ(login_name(*provider_of("shop@icloud.com"), "shop@icloud.com"), "shop");
  EXPECT_EQ(login_name(*provider_of("shop@gmail.com"), "shop@gmail.com"), "shop@gmail.com");
  EXPECT_EQ(login_name(*provider_named("domeneshop"), "shop@example.no"), "");
}

TEST(Providers, FoundByDomainOnly) {
  EXPECT_EQ(provider_of("Shop@GMail.Com"), provider_named("gmail"));
  EXPECT_EQ(provider_of("shop@example.onmicrosoft.com"), provider_named("microsoft365"));
  EXPECT_EQ(provider_of("gmail.com@example.org"), nullptr);
  EXPECT_EQ(provider_of("shop@notgmail.com"), nullptr);
  EXPECT_EQ(provider_of("shop@"), nullptr);
  EXPECT_EQ(provider_of("gmail.com"), nullptr);
  EXPECT_EQ(provider_named("Fastmail"), provider_named("fastmail"));
  EXPECT_EQ(provider_named("nobody"), nullptr);
}

} // namespace
} // namespace helpdesk::app
