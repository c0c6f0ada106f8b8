// generate_mail DIR COUNT [SEED]: a Maildir with COUNT messages, the same for the same seed. Half of them
// plain text, four in ten with an HTML part too, one in ten HTML alone, 18 % with an attachment, about 10 kB
// on average, in conversations of one to four messages; words by Zipf's law out of 30,000.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

namespace {

class Random { // splitmix64: the same numbers on every machine
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

class Vocabulary {
 public:
  static constexpr std::size_t k_words = 30'000;
  explicit Vocabulary(Random& random) : random_(random) {
    static constexpr const char* k_heads[] = {"b", "br", "d", "f", "g",  "k", "l", "m",
                                              "n", "p",  "r", "s", "st", "t", "v", ""};
    static constexpr const char* k_vowels[] = {"a", "e", "i", "o", "u", "ei", "ø", "å"};
    static constexpr const char* k_tails[] = {"", "", "n", "r", "s", "l", "t", "nd"};
    double sum = 0;
    for (std::size_t i = 0; i < k_words; ++i) {
      std::string word;
      // Frequent words are short, as in any language; the number keeps every word distinct.
      std::size_t syllables = i < 100 ? 1 : i < 3000 ? 2 : 3;
      for (std::size_t s = 0; s < syllables; ++s)
        word += std::string(k_heads[random.below(16)]) + k_vowels[random.below(8)] + k_tails[random.below(8)];
      for (std::size_t n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
      words_.push_back(std::move(word));
      sum += 1.0 / (static_cast<double>(i) + 2.0);
      cumulative_.push_back(sum);
    }
  }
  const std::string& word() {
    double at = random_.unit() * cumulative_.back();
    auto found = std::lower_bound(cumulative_.begin(), cumulative_.end(), at);
    return words_[static_cast<std::size_t>(found - cumulative_.begin())];
  }
  const std::string& rank(std::size_t i) const { return words_[i]; }

 private:
  Random& random_;
  std::vector<std::string> words_;
  std::vector<double> cumulative_;
};

std::string paragraph(Vocabulary& vocabulary, std::size_t words, bool ask) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const std::string& word = vocabulary.word();
    if (column + word.size() > 72)
      out += '\n', column = 0;
    else if (column > 0)
      out += ' ', ++column;
    out += word;
    column += word.size();
    if (i % 12 == 11) out += '.';
  }
  return out + (ask ? "?" : ".");
}

std::string html_of(const std::string& text) {
  std::string out =
      "<html><head><style>p { margin: 0 0 1em 0; font-family: sans-serif }</style></head><body>\n<p>";
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n')
      out += "</p>\n<p class=\"text\">", ++i;
    else
      out += text[i];
  return out + "</p>\n</body></html>\n";
}

std::string base64_bytes(Random& random, std::size_t bytes) {
  static constexpr char k_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes / 57; ++i) {
    for (int c = 0; c < 76; ++c) out += k_digits[random.below(64)];
    out += '\n';
  }
  return out;
}

std::string date_text(std::time_t when) {
  std::tm parts{};
  gmtime_r(&when, &parts);
  char text[64];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
  return text;
}

struct Mail {
  std::string from, to, subject, id, references;
  std::time_t when = 0;
};

std::string body_of(Random& random, Vocabulary& vocabulary, const Mail& mail, bool ask) {
  std::string text = "Hello,\n\n";
  std::size_t paragraphs = 1 + random.below(6);
  for (std::size_t i = 0; i < paragraphs; ++i)
    text += paragraph(vocabulary, 20 + random.below(90), ask && i + 1 == paragraphs) + "\n\n";
  text += "Regards\n";
  const std::size_t kind = random.below(100);
  const bool html = kind < 40, html_alone = !html && kind < 50, attached = random.below(100) < 18;
  std::string part = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text;
  if (html) {
    const std::string edge = "alt-" + std::to_string(mail.when);
    part = "Content-Type: multipart/alternative; boundary=\"" + edge + "\"\n\n--" + edge + "\n" + part +
           "\n--" + edge + "\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
           html_of(text) + "\n--" + edge + "--\n";
  }
  if (html_alone)
    part =
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + html_of(text) + "\n";
  if (!attached) return part;
  const std::string edge = "mix-" + std::to_string(mail.when);
  return "Content-Type: multipart/mixed; boundary=\"" + edge + "\"\n\n--" + edge + "\n" + part + "\n--" +
         edge +
         "\nContent-Type: image/jpeg; name=\"photo.jpg\"\nContent-Disposition: attachment; "
         "filename=\"photo.jpg\"\n"
         "Content-Transfer-Encoding: base64\n\n" +
         base64_bytes(random, 8'000 + random.below(40'000)) + "\n--" + edge + "--\n";
}

bool write_mail(const std::string& path, const std::string& bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  const bool whole = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return std::fclose(file) == 0 && whole;
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: generate_mail DIR COUNT [SEED]\n", stderr);
    return 2;
  }
  const std::string directory = argv[1];
  const std::size_t count = std::strtoul(argv[2], nullptr, 10);
  Random random(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  Vocabulary vocabulary(random);
  for (const char* folder : {"", "/.Sent"})
    for (const char* part : {"/cur", "/new", "/tmp"})
      std::filesystem::create_directories(directory + folder + part);

  const std::string us = "Birdhouse Support <support@birdhouse.example>";
  std::time_t when = 1'704'067'200; // 2024-01-01
  std::size_t written = 0;
  for (std::size_t thread = 0; written < count; ++thread) {
    when += static_cast<std::time_t>(60 + random.below(1200));
    const std::size_t person = random.below(count / 3 + 1);
    const std::string customer =
        "Customer " + std::to_string(person) + " <c" + std::to_string(person) + "@mail.example>";
    std::string subject = vocabulary.word() + " " + vocabulary.word() + " " + vocabulary.word(), references;
    const std::size_t length = 1 + random.below(4);
    std::time_t at = when;
    for (std::size_t i = 0; i < length && written < count; ++i, ++written) {
      const bool ours = i % 2 == 1;
      Mail mail{ours ? us : customer,
                ours ? customer : us,
                (i ? "Re: " : "") + subject,
                "<" + std::to_string(thread) + "." + std::to_string(i) +
                    (ours ? "@birdhouse.example>" : "@mail.example>"),
                references,
                at};
      std::string bytes =
          "Return-Path: <bounce@mail.example>\nReceived: from mail.example by mx.birdhouse.example; " +
          date_text(at) + "\nFrom: " + mail.from + "\nTo: " + mail.to + "\nSubject: =?utf-8?q?";
      for (char c : mail.subject) {
        char escaped[8];
        if (c == ' ')
          bytes += '_';
        else if (static_cast<unsigned char>(c) > 126 || c == '=' || c == '?' || c == '_')
          std::snprintf(escaped, sizeof escaped, "=%02X", static_cast<unsigned char>(c)), bytes += escaped;
        else
          bytes += c;
      }
      bytes += "?=\nDate: " + date_text(at) + "\nMessage-ID: " + mail.id + "\n";
      if (!references.empty())
        bytes +=
            "In-Reply-To: " + references.substr(references.rfind('<')) + "\nReferences: " + references + "\n";
      bytes += "MIME-Version: 1.0\n" + body_of(random, vocabulary, mail, !ours);
      const std::string path = directory + (ours ? "/.Sent" : "") + "/cur/" + std::to_string(at) + ".M" +
                               std::to_string(written) + "P1.bench:2,S";
      if (!write_mail(path, bytes)) {
        std::fprintf(stderr, "generate_mail: cannot write %s\n", path.c_str());
        return 1;
      }
      references += (references.empty() ? "" : " ") + mail.id;
      at += static_cast<std::time_t>(600 + random.below(90'000));
    }
  }
  // Words for the searches: a frequent one, a middling one, a rare one.
  std::printf("%s %s %s\n", vocabulary.rank(5).c_str(), vocabulary.rank(500).c_str(),
              vocabulary.rank(20'000).c_str());
  return 0;
}
