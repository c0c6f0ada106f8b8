#!/usr/bin/env bash
# An acknowledgement through Exim with Dovecot's Sent behind it: empty envelope sender, marked as automatic, once, one copy in Sent,
# the question stays unanswered; the customer's own machine gets none.
# helpdesk libfault.so SOURCE-DIR shallow|full smtp_cut
. "$(dirname "$0")/../fault/common.sh"
. "$(dirname "$0")/mail_desk.sh"
printf '[ack]\nenabled = true\n' >>"$config"
ask 8
"$helpdesk" --quiet pull || fail "pull ended with $?"
"$helpdesk" ack >"$home/out" 2>"$home/err" || fail "the first run: $(cat "$home/err")"
check "the first run is not called a dry run" grep -q "dry run" "$home/err"
check "the first run sent something" test "$(files_of customer INBOX | wc -l)" = 0
sleep 1.1 # servers keep whole seconds
mail "$home/letter" customer@desk.test desk@desk.test "Where is order 77?" new1@customer.test
post customer@desk.test desk@desk.test "$home/letter" || fail "the customer's mail is not taken"
settled
sleep 1.1 # the question comes before its answer
"$helpdesk" ack >"$home/out" 2>"$home/err"
check "the run: exit code $?: $(cat "$home/err")" test ! -s "$home/err"
settled
check "$(files_of customer INBOX | wc -l) arrived" test "$(files_of customer INBOX | wc -l)" = 1
got=$(files_of customer INBOX)
check "its envelope sender" grep -qi '^Return-Path: <>' "$got"
check "it says that a program wrote it" grep -q '^Auto-Submitted: auto-replied' "$got"
check "it belongs to its question" grep -q '^In-Reply-To: <new1@customer.test>' "$got"
check "its subject" grep -q '^Subject: Auto: Where is order 77?' "$got"
id=$(sed -n 's/^Message-I[dD]: <\(.*\)>.*/\1/p' "$got" | tr -d '\r')
check "copies in Sent: $(with_id desk Sent "$id")" test "$(with_id desk Sent "$id")" = 1
check "the question is marked as answered" test "$(imap desk "SELECT INBOX" "SEARCH HEADER Message-ID new1@customer.test ANSWERED" | grep -c '^\* SEARCH [0-9]')" = 0

# The customer's mailbox answers by itself; the customer writes once more.
mail "$home/letter" customer@desk.test desk@desk.test "Away: Auto: Where is order 77?" new2@customer.test "$id" "I am away until Monday."
sed -i '1i Auto-Submitted: auto-replied' "$home/letter"
post "" desk@desk.test "$home/letter" || fail "the answer of the customer's machine is not taken"
mail "$home/letter" customer@desk.test desk@desk.test "Re: Auto: Where is order 77?" new3@customer.test "$id" "It is urgent, can you hurry?"
post customer@desk.test desk@desk.test "$home/letter" || fail "the customer's second mail is not taken"
settled
for _ in 1 2; do
  "$helpdesk" --quiet pull || fail "a later pull"
  "$helpdesk" ack --quiet >"$home/out" 2>"$home/err" || fail "a later run: $(cat "$home/err")"
  check "a later run is not silent: $(cat "$home/out" "$home/err")" test ! -s "$home/out" -a ! -s "$home/err"
  "$helpdesk" queue send >"$home/out" 2>&1
done
settled
check "then $(files_of customer INBOX | wc -l) arrived" test "$(files_of customer INBOX | wc -l)" = 1
check "the customer does not wait any more" test "$("$helpdesk" list --json subject --jq '[.[] | select(.subject == "Where is order 77?")] | length')" = 1
"$helpdesk" --quiet pull --full || fail "pull --full"
digest >"$home/out" || fail "the store does not verify: $(cat "$home/out")"
finish
