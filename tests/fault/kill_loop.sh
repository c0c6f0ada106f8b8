#!/usr/bin/env bash
# R1: killed at any of its writing calls, and killed again while it recovers, the next pull leaves what an undisturbed one leaves.
# Sixth argument imap: the same mails on a real Dovecot; log: the first pull of an event log, put at once.
. "$(dirname "$0")/common.sh"
mails=240
[ "${6:-}" != imap ] || mails=480 # more than one page of 200 in the inbox
if [ "${6:-}" = log ]; then make_log_desk 9000; else make_desk $mails 20; fi
[ "${6:-}" != imap ] || mails_on_dovecot
"$helpdesk" --quiet pull >/dev/null || fail "the undisturbed pull ended with $?"
expected=$(digest) || fail "the undisturbed store does not verify: $expected"
rm -rf "$XDG_DATA_HOME"
calls=$(count_calls kill "$helpdesk" pull)
[ "$calls" -gt 100 ] || fail "only $calls calls were counted: the library is not in the way"

kill_at() { # POINT [POINT_OF_THE_SECOND_RUN]
  rm -rf "$XDG_DATA_HOME" "$XDG_STATE_HOME"
  for point in "$@"; do under_fault "kill:$point" "$helpdesk" pull; done
  "$helpdesk" pull >"$home/out" 2>"$home/err" || fail "kill at $*: the next pull failed: $(cat "$home/err")"
  check "kill at $*: another digest than undisturbed" test "$(digest)" = "$expected"
}
RANDOM=${HELPDESK_SEED:-$((10#$(date +%Y%m)))}
points=25
[ "${6:-}" = "" ] || points=9 # and six below
[ "$depth" = full ] && points=200
if [ "$depth" = full ]; then
  for ((at = 1; at <= calls; at++)); do kill_at "$at"; done
else
  # The ends and the steps between are where the order of writes matters most.
  for at in 1 2 5 "$((calls / 2))" "$((calls - 1))" "$calls"; do kill_at "$at"; done
fi
for ((i = 0; i < points; i++)); do
  out_of_time && break
  if [ $((i % 3)) = 0 ]; then kill_at $((1 + RANDOM % calls)) $((1 + RANDOM % 60)); else kill_at $((1 + RANDOM % calls)); fi
done
echo "$calls points"
finish
