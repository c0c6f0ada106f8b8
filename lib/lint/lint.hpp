// What is wrong with a reply before it goes out. Pure: text and plain values in, findings out; time is linear
// in the text. Every text is valid UTF-8.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace helpdesk::lint {

enum class Severity : unsigned char { suggestion, warning, error };
std::string_view text(Severity severity); // "suggestion", "warning", "error"
std::optional<Severity> parse_severity(std::string_view word);

// ---- what the reply is held against

struct Message {
  std::string text; // without quotes and signature
  bool from_customer = false;
  bool internal = false; // a note: must never be in a reply
  std::string author;    // name or address
  Instant time{};
};

// A piece of data that may belong to somebody else.
enum class Detail : unsigned char { address, phone, ticket, order, name };

struct Context {
  bool has_ticket = false; // false: only the rules that need no ticket run
  std::int64_t number = 0;
  std::string subject, channel, account, identity, language; // language: the customer's
  std::vector<std::string> tags, fields;                     // fields: values of the ticket's custom fields
  std::string requester_name;
  std::vector<std::string> requester_addresses;
  std::vector<std::string> others;   // names of other people of the ticket and the organisation
  std::vector<Message> messages;     // oldest first
  std::vector<std::string> own;      // our addresses, and our domains as "@example.org"
  std::vector<std::string> macros;   // texts of our templates
  std::vector<std::string> required; // fields that the template asks for and the ticket has not
  std::string agent;
  bool has_attachment = false;
  bool attachments_known = true; // false: a text alone, whose attachments nobody has said
  // How rare a word that begins so is in the messages of the desk, 0…1; not set: a short list of common words
  // decides.
  std::function<double(std::string_view stem)> rarity;
  // The politeness (see politeness_of) that nine in ten of our replies in this language reach; not known: 0.
  std::function<int(std::string_view language)> team_politeness;
  // Whose a detail is when it stands elsewhere in the store: "#17, Peter Hansen"; empty when it is unknown.
  std::function<std::string(Detail, std::string_view)> known_elsewhere;
  Instant now{};
  Zone zone = Zone::utc();
};

// One stretch [begin, end) of the reply and where it came from; see liquid::SourceSpan.
struct SourceSpan {
  std::size_t begin = 0, end = 0;
  std::string variable; // empty: the template's own words
  std::string name;     // of the template
  std::uint32_t line = 0, column = 0, offset = 0;
};

struct Input {
  std::string_view text;
  std::string language; // of the reply; empty: told from the text, else the customer's
  Context context;
  std::vector<SourceSpan> map;    // empty: not made by a template, or changed since
  std::string_view template_text; // for {% # lint-disable HD013 %}
};

// ---- what the user says about his own house; all of it is data

struct HouseRule {
  std::vector<std::string> never, always; // phrases that must not, or one of which must, stand in a reply
  std::string instead, why;
  std::string language, tag; // only for these; empty: all
  Severity severity = Severity::warning;
};

struct Suppression {
  std::string rule;                             // id, or "*"
  std::string tag, account, identity, language; // all that are set must fit
  std::string where;                            // "config.toml:12", for HD000
};

struct Allowance { // --allow HD017@12
  std::string rule;
  int line = 0;
};

struct Settings {
  std::map<std::string, std::string> severities; // rule -> "off", "suggestion", "warning", "error"
  // rule -> language ("*" for all) -> phrases
  std::map<std::string, std::map<std::string, std::vector<std::string>>> words, allowed_words;
  std::map<std::string, std::string> glossary; // word that customers know -> what it means, may be empty
  std::vector<HouseRule> house;
  std::vector<Suppression> suppressions;
  std::vector<Allowance> allowances;
  std::vector<std::string> baseline; // fingerprints
  std::vector<std::string> private_hosts, freebies;
  std::map<std::string, std::string> address_form; // language -> "formal", "informal"
  int apologies = 1, longest_sentence = 25, most_words = 250, chat_words = 80, lix = 50;
  int politeness = 0;        // least score; replies below get HD031
  bool code_allowed = false; // Liquid in code spans is what our customers want to read
};

// ---- the answer

struct Finding {
  std::string rule; // "HD017"
  Severity severity = Severity::warning;
  std::size_t begin = 0, end = 0; // bytes of the reply
  int line = 1, column = 1;       // from 1, columns in code points; of begin
  int end_line = 1, end_column = 1;
  std::string message, suggestion;
  std::string evidence;                   // the customer's sentence, whose the data is
  std::optional<std::string> replacement; // what --fix puts in place of [begin, end)
  std::string fingerprint;                // rule and normalised sentence: stable when other text changes
  std::string template_name;              // where the template says so; empty when it does not
                                          // (HD000 of a directive has the line alone)
  std::uint32_t template_line = 0, template_column = 0;
};

struct Skipped {
  std::string rule, why; // "no list for sv"
};

struct Report {
  std::string language;
  std::vector<Finding> findings; // by place
  std::vector<Skipped> skipped;
  int count(Severity severity) const;
  bool has(Severity least) const; // at or above
};

Report check(const Input& input, const Settings& settings = {});
// What HD031 measures: greeting 2, closing 1, each friendly word 1 up to 4, each bare command -2, blunt words
// -1.
int politeness_of(std::string_view text, const std::string& language);
// The text with every replacement made.
std::string mend(std::string_view text, const Report& report);

// ---- the rules themselves

struct RuleInfo {
  std::string_view id, name;
  Severity severity = Severity::warning;
  std::string_view intent;       // one line
  std::string_view reason;       // why it is so
  std::string_view hit, non_hit; // an example that breaks it and one that does not
  std::string_view languages;    // "en nb ru"; empty when it needs no words of a language
  bool needs_ticket = false;
};
std::span<const RuleInfo> rules();
const RuleInfo* find_rule(std::string_view id_or_name); // null when there is none

} // namespace helpdesk::lint
