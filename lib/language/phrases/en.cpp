#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "thank you", "thanks", "thank u", "thanx", "thx", "many thanks", "cheers", "much appreciated", "appreciate it",
    "i appreciate", "ty", "perfect", "awesome", "got it", "great stuff", "brilliant", "lovely",
};
Text k_filler[] = {
    "a", "again", "all", "also", "am", "an", "and", "answer", "appreciated", "are", "as", "best", "bye", "case",
    "close", "closed", "everyone", "everybody", "excellent", "fast", "fine", "fixed", "for", "getting", "good", "great",
    "guys", "have", "help", "helped", "helpful", "helping", "hi", "hello", "i", "i'll", "i'm", "i've", "information",
    "info", "is", "issue", "it", "it's", "job", "kind", "lot", "me", "much", "my", "nice", "no", "now", "of", "ok",
    "okay", "on", "once", "one", "perfectly", "problem", "prompt", "quick", "quickly", "received", "replied", "reply",
    "response", "resolved", "service", "so", "solved", "speedy", "sorted", "super", "support", "swift", "team", "that",
    "that's", "the", "this", "to", "update", "up", "very", "was", "we", "well", "wonderful", "work", "worked",
    "working", "works", "you", "your", "everything", "arrived", "weekend", "day", "evening", "week", "amazing",
    "fantastic", "sir", "madam", "dear", "will", "try", "really", "truly", "indeed", "alright", "both", "advice",
    "assistance", "time", "back", "being", "did", "does", "do", "trick", "clarifying", "clarification", "explaining",
    "explanation", "confirming", "confirmation", "letting", "know", "cleared", "happy", "glad", "appreciate", "yes",
    "sure", "noted", "understood",
};
Text k_objections[] = {
    "but", "however", "still", "not", "doesn't", "don't", "didn't", "isn't", "can't", "cannot", "won't", "wasn't",
    "although", "unfortunately", "except", "in advance", "never", "wrong", "broken", "missing", "another", "also need",
    "one more",
    "nothing", "yet", "none", "nobody", "no one",
};
Text k_question_openings[] = {
    "how do", "how can", "how long", "how much", "how many", "how should", "how would", "how does", "how come",
    "what is", "what are", "what's", "what do", "what does", "what should", "what time", "what about", "when will",
    "when is", "when can", "when do", "when does", "when are", "where is", "where are", "where can", "where do",
    "why is", "why are", "why do", "why does", "why did", "why was", "why can't", "can you", "can i", "can we",
    "could you", "could i", "could we", "would you", "would it", "will you", "will it", "do you", "does it",
    "does this", "does the", "did you", "is it", "is there", "is this", "is that", "is my", "are you", "are there",
    "are my", "have you", "has my", "should i", "should we", "may i", "who is", "who can", "which one", "which of",
    "any update", "any news", "any idea", "any chance",
};
Text k_question_phrases[] = {
    "wondering if", "wondering whether", "wonder if", "like to know", "want to know", "wanted to know", "wanted to ask",
    "want to ask", "could you tell me", "can you tell me", "let me know", "do you know", "is it possible",
    "would it be possible", "any idea", "any update on", "please advise", "please explain", "please confirm",
};
Text k_courtesy[] = {
    "how are you", "how are you doing", "how are things", "hope you are well", "how is it going", "how's it going",
    "how do you do",
};
Text k_requests[] = {
    "please", "could you", "can you", "kindly", "i need", "we need", "i want", "i would like", "i'd like",
    "we would like", "request", "send me", "help me", "asap", "urgent",
};
Text k_sign_offs[] = {
    "regards", "best regards", "kind regards", "warm regards", "best wishes", "sincerely", "yours sincerely",
    "yours faithfully", "yours truly", "best", "all the best", "with regards", "many regards", "br", "rgds", "kr",
    "take care", "have a nice day", "have a great day", "have a good day",
};
Text k_greetings[] = {
    "hi", "hello", "dear", "hey", "good morning", "good afternoon", "good evening", "greetings",
};
Text k_away[] = {
    "out of the office", "out of office", "i am away", "i'm away", "i am on vacation", "i am on holiday",
    "on annual leave", "on parental leave", "limited access to email", "limited access to my email",
    "will respond when i return", "i will be back on", "i will reply on my return", "no longer work",
};
Text k_unsubscribe[] = {
    "unsubscribe", "remove me from", "take me off", "stop sending me", "opt out", "opt-out", "remove my email",
    "stop emailing",
};
// clang-format on

} // namespace

const Phrases k_phrases_en{
    "en",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
