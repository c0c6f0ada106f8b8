#include "base/fold.hpp"
#include "base/text.hpp"
#include "lint/rule.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace helpdesk::lint {
namespace {

// clang-format off
// A number in such a sentence is one to call.
constexpr Words k_calls[] = {
    {"en", "call|phone|telephone|tel|ring|mobile|hotline|dial"},
    {"nb", "ring|ringe|telefon|tlf|mobil|mobilen"},
    {"ru", "позвон*|звон*|телефон*|тел|мобильн*"},
    {"eo", "telefon*|voku|voki|poŝtelefon*|tel"},
    {"de", "anrufen|rufen|telefon|telefonisch|tel|handy|mobil|rufnummer"},
    {"fr", "appelez|appeler|téléphon*|tél|portable|mobile"},
    {"es", "llame|llamar|llámenos|teléfono|tel|móvil|celular|marque"},
};
// clang-format on

bool is_upper(std::string_view s) {
  std::size_t pos = 0;
  char32_t c = next_code_point(s, pos);
  return is_letter(c) && lower(c) != c;
}

std::string digits_of(std::string_view s) {
  std::string digits;
  for (char c : s)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

// What this conversation knows: its texts, its people, its fields, and what is ours.
class Known {
 public:
  explicit Known(const Context& context) : context_(context) {
    std::string all = context.subject + "\n" + context.requester_name + "\n";
    for (const Message& message : context.messages)
      if (!message.internal) all += message.text + "\n" + message.author + "\n";
    for (const std::string& field : context.fields) all += field + "\n";
    for (const std::string& address : context.requester_addresses) all += address + "\n";
    for (const std::string& person : context.others) all += person + "\n";
    for (const std::string& macro : context.macros) all += macro + "\n";
    all += context.agent;
    text_ = folded(all);
    digits_ = digits_of_runs(text_);
  }
  bool says(std::string_view text) const { return text_.find(folded(text)) != std::string::npos; }
  bool has_number(const std::string& digits) const { return digits_.find(digits) != std::string::npos; }
  bool is_ours(std::string_view address) const {
    return std::any_of(context_.own.begin(), context_.own.end(), [&](const std::string& own) {
      std::string one = ascii_lower(own), it = ascii_lower(address);
      return it == one || (one.starts_with('@') && (it.ends_with(one) || it.ends_with("." + one.substr(1))));
    });
  }

 private:
  // Numbers with their spaces and dashes gone, so that "22 33 44 55" is found as 22334455.
  static std::string digits_of_runs(std::string_view text) {
    std::string out;
    for (char c : text) {
      if (c >= '0' && c <= '9')
        out += c;
      else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '/')
        out += '\n';
    }
    return out;
  }
  const Context& context_;
  std::string text_, digits_;
};

class Search {
 public:
  explicit Search(Check& check) : check_(check), known_(check.context) {}

  void run() {
    addresses();
    phones();
    if (!check_.context.known_elsewhere) return;
    numbers();
    names();
  }

 private:
  std::string whose(Detail detail, std::string_view text) {
    if (!check_.context.known_elsewhere || ++asked_ > k_most_questions) return {};
    return check_.context.known_elsewhere(detail, text);
  }
  void add(std::size_t begin, std::size_t end, const std::string& owner, std::string_view what) {
    Finding& finding = check_.add(begin, end, fmt::format("this {} belongs to {}", what, owner),
                                  "take it out: it is not this customer's");
    finding.evidence = owner;
  }
  void addresses() {
    const Reading& reading = check_.reading;
    for (const Mask& mask : reading.masks) {
      if (mask.kind != MaskKind::address) continue;
      std::string_view address = reading.text.substr(mask.begin, mask.end - mask.begin);
      if (known_.is_ours(address) || known_.says(address)) continue;
      if (std::string owner = whose(Detail::address, address); !owner.empty()) {
        add(mask.begin, mask.end, owner, "address");
      } else {
        Finding& finding = check_.add(mask.begin, mask.end, "nobody in this conversation has this address",
                                      "make sure that it is meant for this customer");
        finding.severity = Severity::warning;
      }
    }
  }
  void phones() {
    const Reading& reading = check_.reading;
    std::vector<bool> calls = reading.sentences_with(words_of(k_calls, reading.language));
    std::string_view text = reading.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
      bool starts = text[i] == '+' || (text[i] >= '0' && text[i] <= '9');
      if (!starts || (i > 0 && (text[i - 1] > ' ') && text[i - 1] != '(' && text[i - 1] != ':')) continue;
      std::size_t end = i + 1;
      while (end < text.size() && end - i < 30 &&
             ((text[end] >= '0' && text[end] <= '9') ||
              ((text[end] == ' ' || text[end] == '-') && end + 1 < text.size() && text[end + 1] >= '0' &&
               text[end + 1] <= '9')))
        ++end;
      std::string_view number = text.substr(i, end - i);
      std::string digits = digits_of(number);
      bool may_be = digits.size() >= 7 && digits.size() <= 15;
      if (may_be && ++numbers_ > k_most_numbers) return; // a table, no letter
      if (may_be && !known_.has_number(digits) && !known_.is_ours(number)) {
        if (std::string owner = whose(Detail::phone, number); !owner.empty()) {
          add(i, end, owner, "telephone number");
        } else if (number.front() == '+' || (in_sentence(calls, i) && !is_date(number))) {
          check_
              .add(i, end, "nobody in this conversation has this telephone number",
                   "make sure that it is meant for this customer; ours go into [lint] own")
              .severity = Severity::warning;
        }
      }
      i = end;
    }
  }
  bool in_sentence(const std::vector<bool>& with, std::size_t place) const {
    const auto& sentences = check_.reading.sentences;
    auto it = std::partition_point(sentences.begin(), sentences.end(),
                                   [place](const Sentence& one) { return one.end <= place; });
    return it != sentences.end() && it->begin <= place &&
           with[static_cast<std::size_t>(it - sentences.begin())];
  }
  // 2026-01-05, 05-01-2026
  static bool is_date(std::string_view number) {
    std::vector<std::string_view> parts = split(number, '-');
    return parts.size() == 3 && (parts[0].size() == 4 || parts[2].size() == 4) && parts[1].size() <= 2;
  }
  // A-1009, #17.
  void numbers() {
    std::string_view text = check_.reading.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0 && (static_cast<unsigned char>(text[i - 1]) > ' ') && text[i - 1] != '(') continue;
      std::size_t end = i;
      if (text[i] == '#') {
        ++end;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end - i < 12) ++end;
        if (end == i + 1) continue;
        std::string number(text.substr(i + 1, end - i - 1));
        if (number == std::to_string(check_.context.number) || known_.says(text.substr(i, end - i)) ||
            known_.has_number(number))
          continue;
        if (std::string owner = whose(Detail::ticket, number); !owner.empty())
          add(i, end, owner, "ticket number");
        continue;
      }
      while (end < text.size() && end - i < 5 && text[end] >= 'A' && text[end] <= 'Z') ++end;
      std::size_t letters = end - i;
      if (letters > 0 && end < text.size() && text[end] == '-') ++end;
      std::size_t digits_at = end;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end - digits_at < 14) ++end;
      std::size_t digits = end - digits_at;
      bool whole = end >= text.size() || !(is_word_byte(text[end]));
      if (!whole || !((letters > 0 && digits >= 3) || (letters == 0 && digits >= 5))) continue;
      std::string_view number = text.substr(i, end - i);
      if (known_.says(number)) continue;
      if (std::string owner = whose(Detail::order, number); !owner.empty())
        add(i, end, owner, "order number");
    }
  }
  static bool is_word_byte(char c) {
    auto u = static_cast<unsigned char>(c);
    return (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || u >= 0x80;
  }
  // Two capitalised words beside each other.
  void names() {
    const Reading& reading = check_.reading;
    std::set<std::string> tried;
    for (std::size_t i = 0; i + 1 < reading.words.size(); ++i) {
      const Word &a = reading.words[i], &b = reading.words[i + 1];
      if (a.sentence != b.sentence || !is_upper(reading.of(a)) || !is_upper(reading.of(b))) continue;
      if (reading.text.substr(a.end, b.begin - a.end) != " ") continue;
      if (reading.sentences[a.sentence].part == Part::closing) continue;
      std::string name(reading.text.substr(a.begin, b.end - a.begin));
      if (a.folded.size() < 2 || b.folded.size() < 2 || !tried.insert(name).second) continue;
      if (known_.says(name) || (known_.says(a.folded) && known_.says(b.folded))) continue;
      if (std::string owner = whose(Detail::name, name); !owner.empty()) add(a.begin, b.end, owner, "name");
    }
  }

  static constexpr int k_most_questions = 60, k_most_numbers = 300;
  Check& check_;
  Known known_;
  int asked_ = 0, numbers_ = 0;
};

void run(Check& check) { Search(check).run(); }

} // namespace

constinit const Rule k_hd019{
    {"HD019", "other-customer", Severity::error, "no other customer's data",
     "A reply begun for one customer and sent to another is a breach that has to be reported.",
     "peter.hansen@example.org to Martha Olsen", "our own address", "", true},
    {},
    &run};

} // namespace helpdesk::lint
