// Rows out of files as they come: quotes, line ends, character sets, packed files, JSON.
#include "backend/table/row_reader.hpp"
#include "base/text.hpp"
#include "table_support.hpp"

#include <gmock/gmock.h>
#include <zlib.h>
#include <zstd.h>

namespace helpdesk::test {
namespace {

using backend::table::FileRow;
using backend::table::Part;
using backend::table::RowReader;
using testing::ElementsAre;

struct Read {
  std::vector<std::string> header, rows; // cells joined by '|'
};

Read read_all(const std::string& path, const Part& part = {}) {
  Read all;
  auto reader = RowReader::open(part, path);
  if (!reader) {
    all.rows.push_back("failed: " + reader.error().message.substr(path.size() + 2));
    return all;
  }
  all.header = reader->header();
  FileRow row;
  for (;;) {
    auto more = reader->next(row);
    if (!more) {
      all.rows.push_back("failed: " + more.error().message.substr(path.size() + 2));
      return all;
    }
    if (!*more) return all;
    std::string text = std::to_string(row.line) + ":";
    if (!row.problem.empty()) text += "!" + row.problem;
    for (std::string_view value : row.values) text += "|" + std::string(value);
    all.rows.push_back(text);
  }
}

std::string gzip(std::string_view text) {
  std::string packed(compressBound(text.size()) + 64, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

TEST(TableReader, QuotesLineEndsAndTwins) {
  TableFolder folder;
  Read read = read_all(folder.file("a.csv", "\xEF\xBB\xBFid,\"na me\",id,\r\n"
                                            "1,\"say \"\"hi\"\"\nthere\",x,y\r\n"
                                            "\r\n2,a \"b\" c,,\r\n3,\"\",z,"));
  EXPECT_THAT(read.header, ElementsAre("id", "na me", "id#2", "column 4"));
  EXPECT_THAT(read.rows, ElementsAre("2:|1|say \"hi\"\nthere|x|y", "5:|2|a \"b\" c||", "6:|3||z|"));
  EXPECT_THAT(read_all(folder.file("cr.csv", "a;b\r1;2\r3;4\r")).rows, ElementsAre("2:|1|2", "3:|3|4"));
  EXPECT_THAT(read_all(folder.file("t.csv", "a\tb\tc,d\n1\t2\t3\n")).rows, ElementsAre("2:|1|2|3"));
  Read excel = read_all(folder.file("x.csv", "\xEF\xBB\xBFsep=;\r\na,b;c\r\n1,5;2\r\n"));
  EXPECT_THAT(excel.header, ElementsAre("a,b", "c"));
  EXPECT_THAT(excel.rows, ElementsAre("3:|1,5|2"));
  EXPECT_THAT(read_all(folder.file("none.csv", "")).rows,
              ElementsAre("failed: is empty: a line with the names of the columns is missing"));
}

TEST(TableReader, AQuoteThatIsNeverClosedSpoilsItsLineOnly) {
  TableFolder folder;
  Read read = read_all(folder.file("a.csv", "a,b\n1,\"x\n2,y\n3,z\n"));
  EXPECT_THAT(read.rows, ElementsAre("2:!a quote is opened and never closed", "3:|2|y", "4:|3|z"));
}

TEST(TableReader, CharacterSets) {
  TableFolder folder;
  EXPECT_THAT(read_all(folder.file("l.csv", "a,b\nGr\xFC\xDF"
                                            "e,\x80 5\nna\xC3\xAFve,x\n"))
                  .rows,
              ElementsAre("2:|Grüße|€ 5", "3:|naïve|x"));
  std::string little("\xFF\xFE", 2), big;
  for (char32_t c : {U'a', U',', U'b', U'\n', U'é', U',', U'\xD83D', U'\xDE00', U'\n'}) {
    little += static_cast<char>(c & 0xff);
    little += static_cast<char>(c >> 8);
    big += static_cast<char>(c >> 8);
    big += static_cast<char>(c & 0xff);
  }
  EXPECT_THAT(read_all(folder.file("u.csv", little)).rows, ElementsAre("2:|é|😀"));
  Part part;
  part.encoding = "utf-16be";
  EXPECT_THAT(read_all(folder.file("be.csv", big), part).rows, ElementsAre("2:|é|😀"));
}

TEST(TableReader, PackedFiles) {
  TableFolder folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + ",x\n";
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    Read read = read_all(folder.file("p", packed));
    ASSERT_EQ(read.rows.size(), 100'000U);
    EXPECT_EQ(read.rows.back(), "100001:|99999|x");
    Read cut = read_all(folder.file("cut", packed.substr(0, packed.size() / 2)));
    ASSERT_FALSE(cut.rows.empty());
    EXPECT_TRUE(cut.rows.back().find("is cut short") != std::string::npos) << cut.rows.back();
  }
  EXPECT_EQ(read_all(folder.file("two.gz", gzip("a\n1\n") + gzip("2\n"))).rows.size(), 2U);
}

TEST(TableReader, Json) {
  TableFolder folder;
  Part part;
  part.columns[0] = "id";
  part.columns[1] = "/who/mail";
  part.columns[2] = "tags";
  EXPECT_THAT(read_all(folder.file("a.ndjson",
                                   R"({"id": 9223372036854775809, "who": {"mail": "a@b"}, "tags": ["x", "y"]}
{"id": "B", "who": null}

not json
[1]
{"id": true)"),
                       part)
                  .rows,
              ElementsAre("1:|9223372036854775809|a@b|x,y", "2:|B||", testing::StartsWith("4:!"),
                          "5:!is no JSON object|||", testing::StartsWith("6:!")));
  EXPECT_THAT(
      read_all(folder.file("a.json", "[\n {\"id\": \"a,{[\"},\n {\"id\": 2,\n  \"tags\": []}, 7]\n"), part)
          .rows,
      ElementsAre("2:|a,{[||", "3:|2||", "4:!is no JSON object|||"));
}

TEST(TableReader, RowsAcrossBlocks) {
  TableFolder folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += "\"" + std::string(5000, 'x') + "\"," + std::to_string(i) + "\r\n";
  Read read = read_all(folder.file("big.csv", text));
  ASSERT_EQ(read.rows.size(), 1000U);
  for (int i = 0; i < 1000; ++i)
    EXPECT_TRUE(read.rows[static_cast<std::size_t>(i)].ends_with("x|" + std::to_string(i)));
}

} // namespace
} // namespace helpdesk::test
