// Exit code 77 (skipped) when every test had to be skipped because nothing is installed.
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const int code = RUN_ALL_TESTS();
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  if (code == 0 && all.test_to_run_count() > 0 && all.skipped_test_count() == all.test_to_run_count())
    return 77;
  return code;
}
