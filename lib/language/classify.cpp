#include "language/classify.hpp"

#include "base/text.hpp"
#include "language/auto_reply.hpp"
#include "language/phrase_index.hpp"
#include "language/quotes.hpp"
#include "language/subject.hpp"

#include <algorithm>
#include <vector>

namespace helpdesk {
namespace {

using language::PhraseIndex;
using language::PhraseList;
using language::Phrases;
using language::PhraseSet;
using Languages = std::vector<const PhraseIndex*>;

constexpr std::size_t k_look = 12'000;     // bytes of a message that are read
constexpr std::size_t k_thanks_words = 40; // more is no bare thanks
constexpr int k_untold_words = 3;          // words beside thanks that we need not know
constexpr std::size_t k_unsubscribe_words = 25;

bool letter_at(std::string_view s, std::size_t i) {
  if (i >= s.size()) return false;
  return is_letter(next_code_point(s, i)) || (s[i - 1] >= '0' && s[i - 1] <= '9');
}
bool letter_before(std::string_view s, std::size_t i) {
  if (i == 0) return false;
  std::size_t begin = i - 1;
  while (begin > 0 && (static_cast<unsigned char>(s[begin]) & 0xC0) == 0x80) --begin;
  return is_letter(next_code_point(s, begin));
}

bool begins_with_any(std::string_view s, const PhraseSet& phrases) {
  return phrases.begins(s, [s](std::size_t, std::string_view p) { return !letter_at(s, p.size()); });
}
// Phrases that begin so need not begin a word.
bool opens_anywhere(char first) { return first == ' ' || first == '-'; }

// As whole words; npos when it is not there.
std::size_t find_phrase(std::string_view s, std::string_view phrase) {
  for (std::size_t at = s.find(phrase); at != s.npos; at = s.find(phrase, at + 1)) {
    const bool open_begin = opens_anywhere(phrase.front()), open_end = phrase.back() == ' ';
    if ((open_begin || !letter_before(s, at)) && (open_end || !letter_at(s, at + phrase.size()))) return at;
  }
  return s.npos;
}
// As whole words.
bool occurs_in(const PhraseSet& phrases, std::string_view s) {
  return phrases.any(s, [s](std::size_t at, std::string_view p) {
    return (opens_anywhere(p.front()) || !letter_before(s, at)) &&
           (p.back() == ' ' || !letter_at(s, at + p.size()));
  });
}

// A list of every language at once takes one pass: over a text whose language is not known.
bool any_has(std::string_view s, const Languages& languages, PhraseSet PhraseIndex::* list) {
  const auto all = language::all_phrases();
  if (languages.size() < all.size())
    return std::ranges::any_of(languages, [&](const PhraseIndex* p) { return occurs_in(p->*list, s); });
  static const auto joined = [all](PhraseList Phrases::* member) {
    std::vector<std::string_view> phrases;
    for (const Phrases* p : all) phrases.insert(phrases.end(), (p->*member).begin(), (p->*member).end());
    return PhraseSet(phrases);
  };
  static const PhraseSet questions = joined(&Phrases::question_phrases),
                         requests = joined(&Phrases::requests), away = joined(&Phrases::away),
                         unsubscribe = joined(&Phrases::unsubscribe);
  if (list == &PhraseIndex::question_phrases) return occurs_in(questions, s);
  if (list == &PhraseIndex::requests) return occurs_in(requests, s);
  if (list == &PhraseIndex::away) return occurs_in(away, s);
  return occurs_in(unsubscribe, s);
}

// Lower case, curly quotes straight, no links and addresses: a question mark in a link asks nothing.
std::string plain_lower(std::string_view text) {
  std::string out = lower(text);
  if (out.find('@') != out.npos || out.find("://") != out.npos || out.find("www.") != out.npos) {
    std::string kept;
    kept.reserve(out.size());
    for (std::size_t i = 0; i < out.size();) {
      const std::size_t begin = i;
      while (i < out.size() && static_cast<unsigned char>(out[i]) > ' ') ++i;
      const std::string_view word = std::string_view(out).substr(begin, i - begin);
      if (word.find("://") == word.npos && word.find('@') == word.npos && !word.starts_with("www."))
        kept += word;
      if (i < out.size()) kept += out[i++];
    }
    out = std::move(kept);
  }
  for (const std::string_view quote : {"’", "‘", "ʼ", "´"})
    if (out.find(quote) != out.npos) out = replace_all(out, quote, "'");
  return out;
}

struct Sentence {
  std::string text;   // lower case, trimmed
  bool asked = false; // ended in a question mark or was opened by "¿"
};

// At . ! ? and their relatives, and at blank lines; a single line end is a space, unless the next line begins
// a list.
std::vector<Sentence> sentences(std::string_view lowered) {
  std::vector<Sentence> out;
  Sentence now;
  const auto finish = [&](bool asked) {
    std::string_view text = trim(now.text);
    while (!text.empty() && std::string_view(",;:-*•>\"'()").find(text.front()) != std::string_view::npos)
      text = trim(text.substr(1));
    now.text = std::string(text);
    now.asked = now.asked || asked;
    if (!now.text.empty()) out.push_back(std::move(now));
    now = {};
  };
  // What cannot end a sentence is copied as a whole; marks of other scripts begin with one of four bytes.
  const auto is_plain = [](char c) {
    return c != '?' && c != '!' && c != '.' && c != '\n' && c != '\xEF' && c != '\xD8' && c != '\xC2' &&
           c != '\xE3';
  };
  for (std::size_t i = 0; i < lowered.size();) {
    if (const std::size_t begin = i; is_plain(lowered[i])) {
      while (i < lowered.size() && is_plain(lowered[i])) ++i;
      now.text += lowered.substr(begin, i - begin);
      continue;
    }
    const std::string_view rest = lowered.substr(i);
    if (rest.starts_with('?'))
      finish(true), ++i;
    else if (rest.starts_with("？") || rest.starts_with("؟"))
      finish(true), i += rest.starts_with("？") ? 3 : 2;
    else if (rest.starts_with("¿"))
      now.asked = true, i += 2;
    else if (rest.starts_with('!') || rest.starts_with("。") || rest.starts_with("！"))
      finish(false), i += rest.starts_with('!') ? 1 : 3;
    else if (rest.starts_with('.')) {
      const bool ends = rest.size() < 2 || static_cast<unsigned char>(rest[1]) <= ' ';
      if (ends)
        finish(false);
      else
        now.text += '.';
      ++i;
    } else if (rest.starts_with('\n')) {
      const std::string_view next = trim_left(rest.substr(1, 3));
      // A line that ends in a comma is a greeting or goes on; what follows a greeting begins a sentence.
      if (next.empty() || rest.substr(1).starts_with('\n') || next.starts_with('-') ||
          next.starts_with('*') || (now.text.ends_with(',') && now.text.size() < 40))
        finish(false);
      else
        now.text += ' ';
      ++i;
    } else {
      now.text += lowered[i++];
    }
  }
  finish(false);
  return out;
}

Languages phrases_for(std::string_view code) {
  Languages out;
  const auto all = language::all_phrases();
  for (const Phrases* p : all)
    if (p->code == code) out.push_back(&language::phrase_index(*p));
  if (code == "nb" || code == "no") out.push_back(&language::phrase_index(language::k_phrases_nn));
  if (code == "no") out.push_back(&language::phrase_index(language::k_phrases_nb));
  if (out.empty())
    for (const Phrases* p : all) out.push_back(&language::phrase_index(*p));
  return out;
}

// The sentence without a greeting in front: "hi ann, can you …" asks.
std::string_view without_greeting(std::string_view sentence, const PhraseIndex& p) {
  std::size_t end = 0; // of the greeting
  const bool greets = p.greetings.begins(sentence, [&](std::size_t, std::string_view greeting) {
    end = greeting.size();
    return !letter_at(sentence, end);
  });
  if (!greets) return sentence;
  const std::size_t comma = sentence.substr(0, 60).find(',');
  return trim(sentence.substr(comma == sentence.npos ? end : comma + 1));
}

bool is_courtesy(const Sentence& s, const Languages& languages) {
  return std::ranges::any_of(languages, [&s](const PhraseIndex* p) {
    return begins_with_any(without_greeting(s.text, *p), p->courtesy) && s.text.size() < 70;
  });
}

bool asks(const Sentence& s, const Languages& languages) {
  if (is_courtesy(s, languages)) return false;
  if (s.asked || any_has(s.text, languages, &PhraseIndex::question_phrases)) return true;
  return std::ranges::any_of(languages, [&s](const PhraseIndex* p) {
    const std::string_view text = without_greeting(s.text, *p);
    // "when I open it, it fails" states: with a comma inside, only a mark makes it a question.
    const bool plain = text.find(',') == text.npos || text.find(',') > 60;
    return plain && begins_with_any(text, p->question_openings);
  });
}

std::vector<std::string> words_of(std::string_view s) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(s, i);
    if (is_letter(c) || is_digit(c) || (!word.empty() && (c == '\'' || c == '-'))) {
      word += s.substr(begin, i - begin);
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

// Of words_of(), but no further than limit.
std::size_t count_words(std::string_view s, std::size_t limit) {
  std::size_t count = 0;
  bool open = false;
  for (std::size_t i = 0; i < s.size() && count <= limit;) {
    const char32_t c = next_code_point(s, i);
    const bool inside = is_letter(c) || is_digit(c) || (open && (c == '\'' || c == '-'));
    count += inside && !open;
    open = inside;
  }
  return count;
}

bool starts_upper(std::string_view word) {
  std::size_t i = 0;
  const char32_t c = next_code_point(word, i);
  return lower(c) != c;
}

// The message without greeting, closing and name. original is not lowered: names are known by their capitals.
std::string body_of(std::string_view original, const Languages& languages) {
  std::vector<std::string_view> lines;
  for (const std::string_view line : split_lines(original))
    if (!trim(line).empty()) lines.push_back(trim(line));
  const auto any = [&languages](auto&& predicate) { return std::ranges::any_of(languages, predicate); };
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string lowered = plain_lower(lines[i]);
    const std::size_t count = count_words(lowered, 6);
    if (i > 0 && count <= 6 &&
        any([&](const PhraseIndex* p) { return begins_with_any(lowered, p->sign_offs); }))
      break; // the rest is a name
    if (i == 0 && lines.size() > 1 && count <= 4 &&
        any([&](const PhraseIndex* p) { return begins_with_any(lowered, p->greetings); }))
      continue;
    if (i > 0 && i + 1 == lines.size() && count <= 3 &&
        lines[i].find_first_of("?!:") == std::string_view::npos) {
      const auto names = words_of(lines[i]);
      if (!names.empty() && std::ranges::all_of(names, [](const std::string& w) { return starts_upper(w); }))
        break;
    }
    out += lowered;
    out += '\n';
  }
  return out;
}

bool is_bare_thanks_in(std::string_view body, const PhraseIndex& index) {
  if (!occurs_in(index.thanks, body) || occurs_in(index.objections, body)) return false;
  const Phrases& p = index.phrases;
  std::string rest(body);
  for (const PhraseList list : {p.thanks, p.sign_offs, p.greetings}) {
    for (const std::string_view phrase : list)
      for (std::size_t at = find_phrase(rest, phrase); at != rest.npos; at = find_phrase(rest, phrase))
        rest.replace(at, phrase.size(), " ");
  }
  int untold = 0;
  for (const std::string& word : words_of(rest))
    if (std::ranges::find(p.filler, word) == p.filler.end() && ++untold > k_untold_words) return false;
  return true;
}

// What mail programs write for a heart or a thumb under our mail.
bool is_reaction(std::string_view lowered) {
  constexpr std::string_view k_words[] = {
      "reacted to your message",        "reagerte på meldingen din",       "reagerade på ditt meddelande",
      "reagerede på din meddelelse",    "hat auf ihre nachricht reagiert", "a réagi à votre message",
      "ha reaccionado a su mensaje",    "reaccionó a su mensaje",          "ha reagito al tuo messaggio",
      "heeft gereageerd op je bericht", "отреагировал на ваше сообщение"};
  return std::ranges::any_of(
      k_words, [&](std::string_view words) { return find_phrase(lowered, words) != lowered.npos; });
}

} // namespace

TextSignals read_signals(std::string_view stripped_text, std::string_view subject,
                         std::string_view language) {
  TextSignals out;
  const std::string own = without_quoted_lines(stripped_text.substr(0, k_look));
  const std::string lowered = plain_lower(own);
  const Languages languages = phrases_for(language);

  std::string request;
  for (const Sentence& s : sentences(lowered)) {
    if (!out.has_question && asks(s, languages)) {
      out.has_question = true;
      out.evidence = s.text;
    }
    if (!out.is_request && any_has(s.text, languages, &PhraseIndex::requests)) {
      out.is_request = true;
      request = s.text;
    }
  }
  if (out.evidence.empty()) out.evidence = request;

  const AutomaticSubject automatic = automatic_subject(subject);
  const std::string head = lowered.substr(0, 600);
  // "Re: Out of office": somebody answers an absence, unless the text is one.
  const bool answered = is_reply_subject(subject);
  out.is_out_of_office =
      (automatic == AutomaticSubject::out_of_office && !answered) ||
      ((automatic == AutomaticSubject::auto_reply || automatic == AutomaticSubject::out_of_office) &&
       any_has(head, languages, &PhraseIndex::away));

  const std::size_t count = count_words(lowered, std::max(k_unsubscribe_words, k_thanks_words));
  const std::string subject_lowered = plain_lower(normalise_subject(subject));
  const bool brief_subject = count_words(subject_lowered, 3) <= 3;
  // In any language: whoever wants to leave often writes the word of the newsletter, not his own.
  static const Languages every = phrases_for("");
  const auto wants_out = [](std::string_view text) {
    return any_has(text, every, &PhraseIndex::unsubscribe);
  };
  out.unsubscribe_request =
      count <= k_unsubscribe_words && (wants_out(lowered) || (brief_subject && wants_out(subject_lowered)));

  const bool digits = std::ranges::any_of(own, [](char c) { return c >= '0' && c <= '9'; });
  if (!out.has_question && !out.is_request && !out.unsubscribe_request && !out.is_out_of_office && !digits &&
      count <= k_thanks_words) {
    const std::string body = body_of(own, languages);
    const bool thumbs_up =
        count == 0 && (own.find("👍") != own.npos || own.find("🙏") != own.npos || own.find("❤") != own.npos);
    const auto objects = [&body](const PhraseIndex* p) { return occurs_in(p->objections, body); };
    // An unknown language: each is tried on its own, since one's "but" is another's "a". Known ones veto
    // together.
    const bool known = languages.size() <= 2;
    if (thumbs_up || (count <= 12 && is_reaction(lowered)))
      out.is_bare_thanks = true;
    else if (!known || std::ranges::none_of(languages, objects))
      out.is_bare_thanks =
          std::ranges::any_of(languages,
                              [&body](const PhraseIndex* p) { return is_bare_thanks_in(body, *p); }) ||
          (known &&
           is_bare_thanks_in(
               body, language::phrase_index(language::k_phrases_en))); // English thanks are thanks anywhere
    if (out.is_bare_thanks) out.evidence = std::string(trim(own));
  }
  out.evidence = ellipsize(collapse_spaces(out.evidence), 200);
  return out;
}

bool has_unsubscribe_footer(std::string_view text, std::string_view html) {
  constexpr std::size_t k_footer = 1500;
  std::string_view end = text.size() > k_footer ? text.substr(text.size() - k_footer) : text;
  while (!end.empty() && (static_cast<unsigned char>(end.front()) & 0xC0) == 0x80) end.remove_prefix(1);
  const bool links = text.find("://") != text.npos || html.find("href") != html.npos;
  if (!links) return false;
  const std::string lowered = plain_lower(end);
  static const Languages every = phrases_for("");
  return any_has(lowered, every, &PhraseIndex::unsubscribe);
}

} // namespace helpdesk
