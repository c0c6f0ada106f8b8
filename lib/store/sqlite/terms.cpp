#include "store/sqlite/topics.hpp"

namespace helpdesk::store::sqlite {

Result<std::string> term_text(Database& db, model::Term term) {
  if (term == 0) return std::string();
  if (auto known = db.term_texts.find(term); known != db.term_texts.end()) return known->second;
  auto s = TRY(db.c.statement("SELECT text FROM terms WHERE id=?"));
  s.bind(static_cast<std::int64_t>(term));
  if (!TRY(s.step())) return db.c.damaged("a term of the timelines is missing");
  return db.term_texts.emplace(term, s.text(0)).first->second;
}

Result<model::Term> term(Database& db, std::string_view text) {
  if (text.empty()) return model::Term{0};
  if (auto known = db.terms.find(text); known != db.terms.end()) return known->second;
  if (db.terms.size() > 250'000) db.terms.clear();
  model::Term id = 0;
  {
    auto s = TRY(db.c.statement("SELECT id FROM terms WHERE text=?"));
    s.bind(text);
    if (TRY(s.step())) id = static_cast<model::Term>(s.integer(0));
  }
  if (id == 0) {
    auto s = TRY(db.c.statement("INSERT INTO terms(text) VALUES(?)"));
    TRY(s.bind(text).run());
    id = static_cast<model::Term>(db.c.last_id());
  }
  db.terms.emplace(text, id);
  return id;
}

} // namespace helpdesk::store::sqlite
