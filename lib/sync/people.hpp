// Identities by hand: one person, several addresses. Merges live in the journal; the people table is derived
// from messages and merges.
#pragma once

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/journal.hpp"
#include "sync/people_cache.hpp"

namespace helpdesk::sync {

// Somebody who wrote or was written to. Contacts without an address are nobody.
Result<void> put_author(store::Transaction& tx, PeopleCache& known, const model::Contact& contact,
                        model::Role role, Instant time);

// Two people who are one: identities of both, the newer name, the smaller key.
model::Person joined(const model::Person& a, const model::Person& b);
// Applies every active merge to the people in the transaction (after each was derived from messages alone).
Result<void> merge_people(store::Transaction& tx, const Journal& journal);
// Derives the merged people again: after a merge was undone.
Result<void> derive_merged_people(store::Store& store);

} // namespace helpdesk::sync
