#!/usr/bin/env bash
# R2: send killed at any step, and the server's answer lost: each mail arrives once, or the item waits as unknown for a decision;
# nothing is doubled, nothing is lost without a word. News since the draft and an unreachable mailbox stop a send.
# Fifth argument: the sink that takes the mail.
. "$(dirname "$0")/common.sh"
make_desk 4 500
mails_to_sink "$5"
# One conversation with a question that waits.
rm -f "$home"/Maildir/.Sent/cur/* "$home"/Maildir/.Archive/cur/*
"$helpdesk" --quiet pull || fail "pull ended with $?"
echo "It is on its way." >"$home/body"
"$helpdesk" draft 1 --body-file "$home/body" >/dev/null 2>"$home/err" || fail "draft: $(cat "$home/err")"
keep_store

begin() { restore_store; rm -f "$home"/sink/mail.*; echo "${1:-ok}" >"$home/sink/mode"; }
delivered() { # how many arrived; waits for a connection that was just dropped
  sleep 0.05
  find "$home/sink" -name 'mail.*' -not -name '*.tmp' | wc -l
}
field() { "$helpdesk" queue list --all --json "$1" 2>/dev/null | sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -1; }
settle_and_count() { # WHAT: after a run of the queue each mail has arrived once, or somebody has to decide
  local what=$1 state
  "$helpdesk" queue send >"$home/out" 2>"$home/err.queue"
  state=$(field state)
  case $state in
  '') # killed before it was queued: the draft is still there
    check "$what: a mail left before it was queued" test "$(delivered)" = 0
    "$helpdesk" send 1 --yes >"$home/out" 2>"$home/err.queue" || fail "$what: the draft is lost: $(cat "$home/err.queue")" ;;
  sent) ;;
  unknown)
    check "$what: an unknown item is not said aloud" grep -q "queue settle" "$home/err.queue"
    unknown=$((unknown + 1))
    if [ "$(delivered)" = 0 ]; then decision=again; else decision=sent; fi
    "$helpdesk" queue settle "$(field id)" $decision >"$home/out" 2>"$home/err.queue" || fail "$what: settle $decision: $(cat "$home/err.queue")"
    "$helpdesk" queue send >"$home/out" 2>"$home/err.queue"
    check "$what: after settle $decision it is $(field state): $(cat "$home/err.queue")" test "$(field state)" = sent ;;
  *) fail "$what: the item is $state: $(cat "$home/err.queue")" ;;
  esac
  check "$what ($state): $(delivered) arrived" test "$(delivered)" = 1
  check "$what: the thread does not show the answer" test "$("$helpdesk" export messages --no-text --format csv | grep -c support@desk.example)" -ge 1
  # Nothing goes out again later.
  "$helpdesk" queue send >"$home/out" 2>&1
  check "$what: doubled by a later run" test "$(delivered)" = 1
  "$helpdesk" store verify >"$home/verify" || fail "$what: $(cat "$home/verify")"
}

unknown=0
begin
calls=$(count_calls kill "$helpdesk" send 1 --yes)
check "an undisturbed send: $(cat "$home/err")" test "$(delivered)" = 1
points=20
[ "$depth" = full ] && points=200
step=$((calls / points + 1))
for ((at = 1 + 10#$(date +%m) % step; at <= calls; at += step)); do
  out_of_time && break
  begin
  under_fault "kill:$at" "$helpdesk" send 1 --yes
  settle_and_count "send killed at $at of $calls"
  # And the run that recovers killed too.
  [ $((at % 3)) = 0 ] || continue
  begin
  under_fault "kill:$at" "$helpdesk" send 1 --yes
  under_fault "kill:$((at % 40 + 1))" "$helpdesk" queue send
  settle_and_count "send killed at $at, queue send killed at $((at % 40 + 1))"
done
echo "$calls points, $unknown unknown"

losses=4
[ "$depth" = full ] && losses=50
for ((n = 1; n <= losses; n++)); do
  for mode in lost drop; do
    begin $mode
    "$helpdesk" send 1 --yes >"$home/out" 2>"$home/err"
    code=$?
    check "the answer was $mode: exit code $code" test $code = 1
    check "the answer was $mode: not a word about it" grep -q "queue settle" "$home/err"
    check "the answer was $mode: the item is $(field state)" test "$(field state)" = unknown
    before=$(delivered)
    for _ in 1 2 3; do "$helpdesk" queue send >"$home/out" 2>&1; done
    check "the answer was $mode: sent again by itself" test "$(delivered)" = "$before"
    echo ok >"$home/sink/mode"
    settle_and_count "the answer was $mode"
  done
done
begin later
"$helpdesk" send 1 --yes >"$home/out" 2>"$home/err"
check "451: exit code" test $? = 75
check "451: kept" test "$(field state)" = queued

# Nothing goes out past what the author has not seen, or when nobody can look.
refused() { # WHAT CODE
  "$helpdesk" send 1 --yes >"$home/out" 2>"$home/err"
  local code=$?
  check "$1: exit code $code: $(cat "$home/err")" test $code = "$2"
  check "$1: it left" test "$(delivered)" = 0
}
begin
printf 'From: c0@example.org\nTo: support@desk.example\nSubject: Re: Order 0 is late\nDate: Mon, 05 Jan 2026 09:00:00 +0000\nMessage-ID: <news@example.org>\nIn-Reply-To: <m0@example.org>\nReferences: <m0@example.org>\n\nIt came!\n' >"$home/Maildir/new/1767603600.N1.desk"
refused "the customer wrote again" 1
check "the news is not shown" grep -q "It came" "$home/err"
rm "$home/Maildir/new/1767603600.N1.desk"
begin
printf 'From: support@desk.example\nTo: c0@example.org\nSubject: Re: Order 0 is late\nDate: Mon, 05 Jan 2026 09:00:00 +0000\nMessage-ID: <colleague@desk.example>\nIn-Reply-To: <m0@example.org>\nReferences: <m0@example.org>\n\nSolved.\n' >"$home/Maildir/.Sent/cur/1767603600.N2.desk:2,S"
refused "a colleague answered" 1
rm "$home/Maildir/.Sent/cur/1767603600.N2.desk:2,S"
begin
mv "$home/Maildir" "$home/away"
refused "the mailbox cannot be reached" 75
mv "$home/away" "$home/Maildir"
"$helpdesk" send 1 --yes >"$home/out" 2>"$home/err" || fail "the send after that: $(cat "$home/err")"
check "the send after that" test "$(delivered)" = 1
finish
