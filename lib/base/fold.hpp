// The one folding function between text and the full-text index: what people type finds what people wrote.
//
// The rule. The index holds what was written, with its marks dropped: "Müller" is muller, "Mueller" is
// mueller. Who types either gets the other as an alternative, to be tried with OR: "müller" → muller |
// mueller, "koebenhavn" → koebenhavn | kobenhavn. So a word with marks is found by all three spellings
// (marks, two letters, plain letter), and does, blue, queue stay what they are. Two spellings are the same
// word already in the index, in tokens of four bytes and more: aa is a (Aarhus, Århus, arhus) and cx gx hx jx
// sx are c g h j s (cxevalo, ĉevalo, cevalo). ue, ae after a vowel or q or at the end are never taken for ü,
// ä.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk {

// One token of a folded text. [begin, end) are byte offsets into the original text. A token may stand for the
// same word in more than one spelling: alternatives hold the other folded forms (aa/å -> "a","aa"; oe/ø/ö;
// ue/ü; ae/ä; Esperanto cx/ĉ). CJK and Thai runs give overlapping bigrams (a lone character gives itself).
struct FoldedToken {
  std::string text;
  std::vector<std::string> alternatives;
  std::size_t begin = 0, end = 0;
};

// NFKD, marks dropped, case folded, ø→o, æ→ae, å→a, ß→ss, œ→oe, ł→l, ё→е, đ→d, þ→th, ı→i. Never fails; input
// may be any bytes.
std::vector<FoldedToken> fold_tokens(std::string_view text);
// What goes into the index: primary forms separated by one space; at a word with alternatives only the
// canonical one, which fold_tokens of any of its spellings also yields (as text or alternative), so that both
// spellings meet.
std::string fold_for_index(std::string_view text);
// Folds one word for comparison, no tokenising: subjects, names, tags.
std::string fold_word(std::string_view text);

} // namespace helpdesk
