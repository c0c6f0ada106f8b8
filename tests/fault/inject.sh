#!/usr/bin/env bash
# S5: whatever a customer's mail holds in its subject, names, addresses and ids, the reply to it has the headers and the one
# recipient that it should have. S22: none of it begins a line of its own in what we write down or print.
# Fifth argument: the sink that takes the mail.
. "$(dirname "$0")/common.sh"
make_desk 4 500
rm -f "$home"/Maildir/cur/* "$home"/Maildir/.Sent/cur/* "$home"/Maildir/.Archive/cur/*
mails_to_sink "$5"
forged='FORGED: x'
payloads=()
for end in $'\r\n' $'\n' $'\r' $'\v' $'\f' $'\xc2\x85' $'\xe2\x80\xa8' $'\xe2\x80\xa9' $'\r\n\r\n' $'\n\n' $'\n.\n' $'\r\n.\r\n'; do
  payloads+=("a${end}$forged" "a${end} $forged" "a${end}Bcc: <forged@evil.example>" "a${end}RCPT TO:<forged@evil.example>")
done
payloads+=('a>,<forged@evil.example' 'a" <forged@evil.example>, "b' 'a <forged@evil.example>' '%0d%0aBcc: forged@evil.example' 'a\r\nFORGED: x')
encoded() { printf '=?utf-8?B?%s?=' "$(printf '%s' "$1" | base64 -w0)"; }
fields=(subject name reply_to message_id references file)
# Each payload in each field: as an encoded word where the field may hold one, and as a quoted string.
cases=0
for p in "${payloads[@]}"; do
  for field in "${fields[@]}"; do
    cases=$((cases + 1))
    [ "$depth" = full ] || [ $((cases % 9)) = $((10#$(date +%m) % 9)) ] || continue
    e=$(encoded "$p") flat=${p//[$'\r\n']/ }
    name=Kari subject="question $cases" reply= id="i$cases@example.org" references= file=plain.txt
    case $field in
    subject) subject="question $cases $e" ;;
    name) name=$e ;;
    reply_to) reply="Reply-To: $e <kari$cases@example.org>"$'\n' ;;
    message_id) id="i$cases${flat//[<>]/}@example.org" ;;
    references) references="References: <r$cases@example.org> <${flat//[<>]/}$cases> $e"$'\n'"In-Reply-To: <${flat//[<>]/}$cases>"$'\n' ;;
    file) file=$e ;;
    esac
    {
      printf 'From: %s <kari%s@example.org>\nTo: support@desk.example\nSubject: %s\n%s%s' "$name" $cases "$subject" "$reply" "$references"
      printf 'Message-ID: <%s>\nDate: Mon, 05 Jan 2026 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n' "$id"
      printf -- '--b\n\nWhere is it? case-%s-\n--b\nContent-Type: application/octet-stream; name="%s"\n\nx\n--b--\n' $cases "$file"
    } >"$home/Maildir/cur/$((1767600000 + cases)).I$cases.desk:2,"
  done
done
"$helpdesk" --debug pull >"$home/out" 2>"$home/debug" || fail "pull: $(tail -3 "$home/debug")"
echo "It is on its way." >"$home/body"
allowed='Content-Transfer-Encoding|Content-Type|Date|From|In-Reply-To|MIME-Version|Message-ID|References|Subject|To'
answered=0
"$helpdesk" list --all --json number --jq '.[].number' >"$home/numbers"
while read -r number; do
  out_of_time && break
  rm -f "$home"/sink/mail.* "$home"/sink/envelope.*
  "$helpdesk" --debug draft "$number" --body-file "$home/body" --quote >>"$home/debug" 2>&1 || fail "#$number: draft"
  "$helpdesk" --debug send "$number" --yes >>"$home/debug" 2>"$home/err" </dev/null
  code=$?
  cat "$home/err" >>"$home/debug"
  is_documented $code || fail "#$number: exit code $code: $(cat "$home/err")"
  [ $code = 0 ] || { [ -s "$home/err" ] || fail "#$number: exit code $code without a word"; continue; }
  answered=$((answered + 1))
  mail=$(cat "$home"/sink/mail.*) case=$("$helpdesk" --quiet export messages --json number,text --jq ".[] | select(.number == $number) | .text" | sed -n 's/.*case-\([0-9]*\)-.*/\1/p' | head -1)
  headers=$(sed '/^\r*$/q' "$home"/sink/mail.* | grep -av '^[[:space:]]' | cut -d: -f1 | tr -d '\r')
  check "#$number, case $case: headers: $(grep -vxE "$allowed" <<<"$headers")" test -z "$(grep -vxE "$allowed" <<<"$headers" | grep .)"
  check "#$number, case $case: a header twice: $(sort <<<"$headers" | uniq -d)" test -z "$(sort <<<"$headers" | uniq -d)"
  check "#$number, case $case: bare line ends" test -z "$(grep -avc $'\r$' "$home"/sink/mail.* | grep -v '^0$')"
  envelope=$(tr -d '\r' <"$(ls "$home"/sink/envelope.* | head -1)")
  check "#$number, case $case: envelope: $envelope" test "$(grep -ci '^RCPT' <<<"$envelope")" = 1
  check "#$number, case $case: recipient: $envelope" grep -qix "RCPT TO:<kari$case@example.org>" <<<"$envelope"
  check "#$number, case $case: commands: $envelope" test "$(wc -l <<<"$envelope")" = 2
done <"$home/numbers"
check "nothing was answered" test $answered -gt 0

# S22: one record, one line.
for command in log "log --format tsv" "list --all" "list --all --format tsv" "queue list --all" "export tickets --format ndjson" doctor "contact show kari1@example.org" "list --all --format csv"; do
  # shellcheck disable=SC2086
  "$helpdesk" --debug $command >"$home/out" 2>>"$home/debug" </dev/null
  check "helpdesk $command: a line of somebody else's: $(grep -anE '^ ?(FORGED|Bcc|RCPT)' "$home/out" | head -2)" test -z "$(grep -aE '^ ?(FORGED|Bcc|RCPT)' "$home/out")"
done
check "the debug log: a line of somebody else's: $(grep -anE '^ ?(FORGED|Bcc|RCPT)' "$home/debug" | head -2)" test -z "$(grep -aE '^ ?(FORGED|Bcc|RCPT)' "$home/debug")"
check "the log holds raw control characters" test -z "$("$helpdesk" log --format ndjson | LC_ALL=C grep -aP '[\x00-\x09\x0b-\x1f\x7f]')"
echo "$cases cases, $(wc -l <"$home/numbers") asked, $answered answered"
finish
