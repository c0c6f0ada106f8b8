#!/usr/bin/env bash
# A send through Exim with Dovecot's Sent behind it, killed at random moments, and killed again while the queue recovers: every
# mail arrives once, or waits as unknown for a decision and then arrives once; each lies in Sent once.
# helpdesk libfault.so SOURCE-DIR shallow|full smtp_cut
. "$(dirname "$0")/../fault/common.sh"
. "$(dirname "$0")/mail_desk.sh"
kills=12
[ "$depth" = full ] && kills=100
ask $((kills + 1))
"$helpdesk" --quiet pull || fail "pull ended with $?"
"$helpdesk" list --all --json number,subject --jq '.[] | "\(.number) \(.subject)"' | tr -d '"' >"$home/numbers"
number_of() { sed -n "s/^\([0-9]*\) Question $1 about.*/\1/p" "$home/numbers"; }
for ((n = 1; n <= kills + 1; n++)); do
  echo "The answer to question $n is id-$n-." >"$home/body"
  "$helpdesk" draft "$(number_of $n)" --body-file "$home/body" >"$home/out" 2>"$home/err" || fail "draft $n: $(cat "$home/err")"
done
arrived() { settled; files_of customer INBOX | xargs -r grep -l "id-$1-" | wc -l; } # QUESTION: how many answers

n=$((kills + 1))
calls=$(count_calls kill "$helpdesk" send "$(number_of $n)" --yes)
check "an undisturbed send: $(cat "$home/err")" test "$(arrived $n)" = 1
[ "$calls" -gt 30 ] || fail "only $calls calls were counted: the library is not in the way"
RANDOM=${HELPDESK_SEED:-$((10#$(date +%Y%m)))}
unknown=0 drafts=0
for ((n = 1; n <= kills; n++)); do
  at=$((1 + RANDOM % calls)) number=$(number_of $n)
  what="killed at $at of $calls"
  under_fault "kill:$at" "$helpdesk" send "$number" --yes
  if [ $((n % 3)) = 0 ]; then
    again=$((1 + RANDOM % 40))
    what="$what, then at $again of the recovery"
    under_fault "kill:$again" "$helpdesk" queue send
  fi
  settled
  before=$(arrived $n)
  "$helpdesk" queue send >"$home/out" 2>"$home/err"
  code=$?
  check "$what: queue send: exit code $code" test $code = 0 -o $code = 1
  state=$(item q$n state)
  case $state in
  '') # before it was queued
    drafts=$((drafts + 1))
    check "$what: a mail left that was never queued" test "$(arrived $n)" = 0
    "$helpdesk" send "$number" --yes >"$home/out" 2>"$home/err" || fail "$what: the draft is lost: $(cat "$home/err")" ;;
  sent) ;;
  unknown)
    unknown=$((unknown + 1))
    check "$what: unknown without a word: $(cat "$home/err")" grep -q "queue settle" "$home/err"
    check "$what: sent again by itself" test "$(arrived $n)" = "$before"
    [ "$before" = 0 ] && decision=again || decision=sent
    "$helpdesk" queue settle "$(item q$n id)" $decision >"$home/out" 2>"$home/err" || fail "$what: settle $decision: $(cat "$home/err")"
    "$helpdesk" queue send >"$home/out" 2>"$home/err" || fail "$what: after settle $decision: $(cat "$home/err")" ;;
  *) fail "$what: the item is $state: $(cat "$home/err")" ;;
  esac
  check "$what: in the end it is $(item q$n state)" test "$(item q$n state)" = sent
  check "$what: in the end it arrived $(arrived $n) times" test "$(arrived $n)" = 1
done
echo "$calls points, $kills kills: $drafts before it was queued, $unknown unknown"
"$helpdesk" queue send >"$home/out" 2>"$home/err" || fail "the queue at the end: $(cat "$home/err")"
"$helpdesk" --quiet pull || fail "the pull at the end"
for ((n = 1; n <= kills + 1; n++)); do
  id=$(item q$n message_id)
  check "question $n arrived $(arrived $n) times" test "$(arrived $n)" = 1
  check "question $n: copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
done
answers=$("$helpdesk" export messages --json direction,role --jq '[.[] | select(.direction == "out" and .role == "agent")] | length')
check "$answers answers in the store" test "$answers" = $((kills + 1))
expected=$(digest) || fail "the store does not verify: $expected"
"$helpdesk" --quiet pull --full || fail "pull --full"
check "a full pull finds something else" test "$(digest)" = "$expected"
finish
