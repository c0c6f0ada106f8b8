#!/usr/bin/env bash
# Two stores that pull the same mailbox in different order hold the same: one pulls it whole, the other meets the mails in random
# order over many pulls, some folders before others. Sixth argument imap: on a real Dovecot.
. "$(dirname "$0")/common.sh"
make_desk 120 20
mailbox=$home/Maildir
if [ "${6:-}" = imap ]; then
  mails_on_dovecot
  mailbox=$MAIL/desk/Maildir
fi
rounds=4
[ "$depth" = full ] && rounds=50
cp -a "$mailbox" "$home/whole"
(cd "$home/whole" && find . -type f -path '*/cur/*') >"$home/files"
for ((round = 1; round <= rounds; round++)); do
  out_of_time && break
  rm -rf "$XDG_DATA_HOME" "$mailbox"
  seed=$((${HELPDESK_SEED:-$((10#$(date +%Y%m)))} * 1000 + round))
  # Without its mails, not without its folders.
  cp -a "$home/whole" "$mailbox"
  find "$mailbox" -type f -delete
  shuf --random-source=<(yes $seed) "$home/files" >"$home/shuffled"
  batches=$((2 + round % 7))
  for ((batch = 0; batch < batches; batch++)); do
    awk -v n="$batches" -v b="$batch" 'NR % n == b' "$home/shuffled" >"$home/batch"
    while read -r file; do cp -a "$home/whole/$file" "$mailbox/$file"; done <"$home/batch"
    "$helpdesk" --quiet pull 2>"$home/err" || fail "round $round: pull $batch: $(cat "$home/err")"
  done
  bit_by_bit=$(digest) || fail "round $round: $bit_by_bit"
  "$helpdesk" store verify --dump >"$home/dump.bit" 2>/dev/null
  rm -rf "$XDG_DATA_HOME"
  "$helpdesk" --quiet pull 2>"$home/err" || fail "round $round: the whole pull: $(cat "$home/err")"
  at_once=$(digest)
  [ "$bit_by_bit" = "$at_once" ] || "$helpdesk" store verify --dump >"$home/dump.once" 2>/dev/null
  check "round $round, $batches pulls: $(diff "$home/dump.bit" "$home/dump.once" 2>&1 | head -6)" test "$bit_by_bit" = "$at_once"
  # And over all rounds: the order in which the server numbered them counts for nothing either.
  check "round $round: another digest than in round 1" test "$at_once" = "${first:=$at_once}"
done
check "the mails are not there" test "$("$helpdesk" export messages --no-text --format csv | tail -n +2 | wc -l)" = 120
finish
