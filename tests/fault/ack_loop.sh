#!/usr/bin/env bash
# Acknowledgements: the first run sends nothing, machines never get one, each conversation gets one at most, a mail loop ends by
# itself, and a run killed at any step doubles nothing. Fifth argument: the sink that takes the mail.
. "$(dirname "$0")/common.sh"
make_desk 40 500
mails_to_sink "$5"
"$helpdesk" --quiet pull || fail "pull ended with $?"

delivered() { # how many arrived; waits for a connection that was just dropped
  sleep 0.05
  find "$home/sink" -name 'mail.*' -not -name '*.tmp' | wc -l
}
arrived() { grep -l "^To:.*$1" "$home"/sink/mail.* 2>/dev/null | wc -l; } # ADDRESS
number=0
letter() { # ADDRESS SUBJECT [HEADER…]: a mail that came five minutes ago
  number=$((number + 1))
  local when=$(($(date -u -d "$HELPDESK_NOW" +%s) - 300)) file to="To: support@desk.example" from="From: Kari Berg <$1>" header
  for header in "${@:3}"; do
    case $header in To:*) to=$header ;; From:*) from=$header ;; esac
  done
  file=$home/Maildir/new/$when.A$number.desk
  {
    printf '%s\n%s\nSubject: %s\nDate: %s\nMessage-ID: <a%d@customer.example>\n' "$from" "$to" "$2" "$(date -u -R -d "@$when")" "$number"
    for header in "${@:3}"; do case $header in To:* | From:*) ;; *) echo "$header" ;; esac; done
    printf '\nWhere is my parcel? It should have come last week.\n'
  } >"$file"
  touch -d "@$when" "$file"
}
ack() { "$helpdesk" ack "$@" >"$home/out" 2>"$home/err"; }

ack
check "switched off: exit code" test $? = 2
"$helpdesk" config set ack.enabled true >"$home/out" 2>&1 || fail "config set: $(cat "$home/out")"
letter before@customer.example "Written before"
ack
check "the first run: exit code: $(cat "$home/err")" test $? = 0
check "the first run does not say that it is a dry run" grep -q "dry run" "$home/err"
check "the first run sent $(delivered)" test "$(delivered)" = 0

export HELPDESK_NOW=2026-01-05T10:30:00Z
letter kari@customer.example "Where is order 7?"
letter robot@customer.example "Away" "Auto-Submitted: auto-replied"
letter bulk@customer.example "Offer" "Precedence: bulk"
letter list@customer.example "News" "List-Id: <news.customer.example>"
letter suppress@customer.example "No answers" "X-Auto-Response-Suppress: All"
letter null@customer.example "Lost" "Return-Path: <>"
letter noreply@customer.example "Order confirmed"
letter mailer-daemon@customer.example "Undelivered"
letter ada@desk.example "From ourselves"
letter bcc@customer.example "By copy" "To: somebody@else.example"
letter form@customer.example "Form" "From: support@desk.example" "Reply-To: form@customer.example"
letter elsewhere@customer.example "Elsewhere" "Reply-To: victim@third.example"
"$helpdesk" --quiet pull || fail "pull ended with $?"
answered() { "$helpdesk" stats --metric frt --json metric,n,answered 2>/dev/null | tr -d ' \n'; }
before=$(answered)
"$helpdesk" ack --dry-run --json to,state,reason >"$home/out" 2>"$home/err" || fail "the dry run: $(cat "$home/err")"
check "a dry run sent $(delivered)" test "$(delivered)" = 0
check "the dry run: $(cat "$home/out")" test "$(grep -c '"would send"' "$home/out")" = 1
check "the dry run says why others get none" grep -q 'Auto-Submitted' "$home/out"
keep_store
ack
check "the second run: exit code: $(cat "$home/err")" test $? = 0
check "the second run sent $(delivered)" test "$(delivered)" = 1
check "to whom" test "$(arrived kari@customer.example)" = 1
mail=$(ls "$home"/sink/mail.*)
check "it says that a program wrote it" grep -q '^Auto-Submitted: auto-replied' "$mail"
check "it names its question" grep -q '^In-Reply-To: <a2@customer.example>' "$mail"
check "its subject" grep -q '^Subject: Auto: Where is order 7?' "$mail"
check "its envelope: $(cat "$home"/sink/envelope.*)" grep -q '^MAIL FROM:<>' "$home"/sink/envelope.*
check "it names a time" grep -q "within [0-9]* \(minutes\|hours\?\|days\?\|weeks\?\)" "$mail"
for _ in 1 2; do
  ack
  "$helpdesk" queue send >"$home/out" 2>&1
done
check "later runs sent $(delivered)" test "$(delivered)" = 1
check "the customer does not wait any more" test "$("$helpdesk" list kari@customer.example is:waiting | wc -l)" = 1
check "it counts as a first reply: $before, $(answered)" test "$(answered)" = "$before"
check "it is in the conversation" test "$("$helpdesk" export messages --json automation --jq '[.[] | select(.automation == "auto_reply")] | length')" -ge 2
"$helpdesk" store verify >"$home/verify" || fail "$(cat "$home/verify")"

# A program at the other end that answers every acknowledgement with a new mail and no sign of being one.
for round in 1 2 3 4 5 6 7 8 9 10; do
  letter echo@loop.example "Your message, number $round"
  ack
done
check "a loop got $(arrived echo@loop.example) acknowledgements" test "$(arrived echo@loop.example)" -le 5

for ((n = 1; n <= 25; n++)); do letter "many$n@customer.example" "Many $n"; done
before=$(delivered)
ack
check "one run sent $(($(delivered) - before))" test "$(delivered)" = $((before + 20))
check "the others are not named: $(cat "$home/err")" grep -q "5 more" "$home/err"
ack
check "the next run sent the rest" test "$(delivered)" = $((before + 25))

# A server that wants a sender, and one that puts off.
begin() { restore_store; rm -f "$home"/sink/mail.* "$home"/sink/envelope.*; echo "${1:-ok}" >"$home/sink/mode"; }
rm -f "$home"/Maildir/new/*.A[0-9][0-9].desk "$home"/Maildir/cur/*.A[0-9][0-9].desk*
begin named
ack
check "a server that refuses an empty sender: $(cat "$home/err")" grep -q '^MAIL FROM:<support@desk.example>' "$home"/sink/envelope.*
check "there it arrived $(delivered) times" test "$(delivered)" = 1
begin later
ack
check "put off: exit code" test $? = 75
ack
check "put off: it is in the queue once" test "$("$helpdesk" queue list | wc -l)" = 1
echo ok >"$home/sink/mode"
HELPDESK_NOW=2026-01-05T11:00:00Z "$helpdesk" queue send >"$home/out" 2>&1
check "put off: then it arrives" test "$(delivered)" = 1
begin later
ack
HELPDESK_NOW=2026-01-06T12:00:00Z "$helpdesk" queue send >"$home/out" 2>"$home/err"
check "an acknowledgement of yesterday: $(cat "$home/err")" test "$("$helpdesk" queue list | wc -l)" = 0
begin
mv "$home/Maildir" "$home/away"
ack
check "the mailbox cannot be reached: exit code" test $? = 75
check "the mailbox cannot be reached: it left" test "$(delivered)" = 0
mv "$home/away" "$home/Maildir"
begin
HELPDESK_READ_ONLY=1 ack
check "read only: exit code" test $? = 2
check "read only: it left" test "$(delivered)" = 0

field() { "$helpdesk" queue list --all --json "$1" 2>/dev/null | sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" | head -1; }
begin
calls=$(count_calls kill "$helpdesk" ack)
check "an undisturbed run" test "$(delivered)" = 1
points=12
[ "$depth" = full ] && points=200
step=$((calls / points + 1)) unknown=0
for ((at = 1 + 10#$(date +%m) % step; at <= calls; at += step)); do
  out_of_time && break
  begin
  under_fault "kill:$at" "$helpdesk" ack
  what="killed at $at of $calls"
  "$helpdesk" queue send >"$home/out" 2>"$home/err"
  if [ "$(field state)" = unknown ]; then
    unknown=$((unknown + 1))
    if [ "$(delivered)" = 0 ]; then decision=again; else decision=sent; fi
    "$helpdesk" queue settle "$(field id)" $decision >"$home/out" 2>"$home/err" || fail "$what: settle: $(cat "$home/err")"
    "$helpdesk" queue send >"$home/out" 2>"$home/err"
  fi
  ack
  code=$?
  check "$what: the next run: exit code $code: $(cat "$home/err")" test $code = 0
  ack
  check "$what: $(delivered) arrived" test "$(delivered)" = 1
  "$helpdesk" store verify >"$home/verify" || fail "$what: $(cat "$home/verify")"
done
echo "$calls points, $unknown unknown"
finish
