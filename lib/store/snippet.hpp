// The line of text a search hit is shown with, and where the words that were looked for stand in it.
#pragma once

#include "model/values.hpp"
#include "store/query.hpp"
#include "store/store.hpp"

namespace helpdesk::store {

// Everything of a hit but number and rank.
SearchHit make_hit(const Query& query, const model::Message& message);

} // namespace helpdesk::store
