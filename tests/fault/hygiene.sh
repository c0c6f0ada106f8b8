#!/usr/bin/env bash
# S1, S2, S3: whatever a mail holds, nothing but text, line ends and our own colours reaches a terminal; cells of a table are no
# formulas; a report runs and fetches nothing.
. "$(dirname "$0")/common.sh"
command -v script >/dev/null || exit 77
mkdir -p "$home/Maildir/cur" "$home/Maildir/new" "$home/Maildir/tmp"
make_desk 4 500
payloads=(
  $'\e[2J\e[H' $'\e[31mred' $'\e[?1049h' $'\e[6n' $'\e[5i' $'\e[8mhidden' $'\e[1;1H' $'\e[9999D' $'\e[20t' $'\e[21t'
  $'\e]0;title\a' $'\e]2;title\e\\' $'\e]8;;http://evil.example/\e\\click\e]8;;\e\\' $'\e]52;c;cm0gLXJmIC8=\a' $'\e]4;0;red\a'
  $'\e]1337;File=name=eA==:AAAA\a' $'\e]777;notify;a;b\a' $'\e]9;say\a' $'\e]10;?\a' $'\e]50;font\a'
  $'\ePq#0;2;0;0;0~\e\\' $'\eP+q544e\e\\' $'\eP$qm\e\\' $'\e_Gf=24;AAAA\e\\' $'\e^private\e\\' $'\eXstring\e\\' $'\e%G' $'\e(0' $'\ec' $'\e#8'
  $'\eN' $'\eO' $'\e7\e8' $'\e=' $'\e>' $'\eM' $'\eD' $'\eE' $'\eZ'
  $'\xc2\x9b31m' $'\xc2\x9d0;t\xc2\x9c' $'\xc2\x90q\xc2\x9c' $'\xc2\x9f' $'\xc2\x85' $'\x9b31m' $'\x9d52;c;eA==\x9c' $'\x90q\x9c'
  $'\a\a\a' $'\b\b\b\b' $'\x7f\x7f' $'paid\rfree' $'\x0e\x0f' $'\x05' $'\v\f' $'\x1a' $'\x01\x02\x03'
  $'\xe2\x80\xae(exe.gpj' $'\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad' $'\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9'
  $'\xe2\x80\xa8line' $'\xe2\x80\xa9par' $'\xef\xbb\xbfbom' $'\xe2\x80\x8ezero' $'\xd8\x9calm'
  "=cmd|'/C calc'!A0" '+1+1' '-2+3' '@SUM(1)' '=HYPERLINK("http://evil.example","x")' $'\t=1+1' ';=1+1' '"=1+1'
  '<script>alert(1)</script>' '<img src=http://evil.example/x onerror=alert(1)>' '"><svg onload=alert(1)>' "javascript:alert(1)"
)
encoded() { printf '=?utf-8?B?%s?=' "$(printf '%s' "$1" | base64 -w0)"; }
for i in "${!payloads[@]}"; do
  p=${payloads[$i]} flat=${payloads[$i]//[$'\r\n']/}
  name="$((1767400000 + i * 60)).P$i.desk:2,"
  # Half as raw bytes in the headers, half in encoded words; the body both ways.
  if [ $((i % 2)) = 0 ]; then shown=$(encoded "$p"); else shown=$flat; fi
  {
    printf 'From: %s <c%s@example.org>\nTo: support@desk.example\nSubject: %s\n' "$shown" "$i" "$shown"
    printf 'Message-ID: <p%s@example.org>\nX-Mailer: %s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n' "$i" "$flat"
    printf -- '--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nBegin %s end\n%s\n' "$p" "$p"
    printf -- '--b\nContent-Type: application/octet-stream; name="%s"\nContent-Disposition: attachment; filename="%s.txt"\n\nx\n--b--\n' "$shown" "$shown"
  } >"$home/Maildir/cur/$name"
  # A delivery address and a folder's name are foreign too.
done
mkdir -p "$home/Maildir/."$'bad\e[31m'/{cur,new,tmp}
cp "$home"/Maildir/cur/*P0.* "$home/Maildir/."$'bad\e[31m/cur/'

# What may stand on a terminal. Our own colours: ESC [ digits ; m. A pager or a progress line: none here.
dirty() { # FILE [colours]: prints the first bytes that must not be there
  local strip='s/\x1b\[[0-9;]*m//g'
  [ "${2:-}" = colours ] || strip=
  LC_ALL=C sed -E "$strip" "$1" | LC_ALL=C grep -abnoP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae\x8e\x8f]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\xef\xbb\xbf' | head -3
}
# In a pipe text stays as it was written, whichever way it runs, but commands nothing.
controls() { LC_ALL=C grep -abnoP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$1" | head -3; }
on_a_terminal() { # COMMAND: TTY output in $home/tty, line ends as written
  SHELL=/bin/bash NO_COLOR= script -qec "stty -opost; $1" /dev/null </dev/null >"$home/tty" 2>&1
}
"$helpdesk" pull >"$home/out" 2>"$home/err" || fail "pull: $(head -3 "$home/err")"
check "pull wrote control bytes: $(dirty "$home/err")" test -z "$(dirty "$home/err")"
count=$("$helpdesk" export tickets --format csv | tail -n +2 | wc -l)
"$helpdesk" export tickets --json number >/dev/null || fail "export"
quoted() { printf %q "$1"; } # for bash: another shell would run what stands behind a ";"
hd=$(quoted "$helpdesk")
first=$("$helpdesk" list --format csv 2>/dev/null | sed -n 2p | cut -d, -f1)
printf 'subject-%s\n' $'\e]0;t\a\xc2\x9b31m' >"$home/body"
commands=(list "list --all" "search begin" "search subject:red" stats log report digest "export tickets" "export messages" "export turns"
  "queue list" doctor "store info" "store verify" "contact c1@example.org" "contact show c1@example.org" "explain 1" "account list" "account test"
  "config list" "list --format csv" "list --format tsv" "list --format markdown" "list --format table" "search begin --format csv"
  "show $(quoted $'\e[31m')" "list $(quoted $'tag:\e]0;x\a')" "contact show $(quoted $'\e[2J')" "$(quoted $'nosuch\e[31m')"
  "config get $(quoted $'\e[31m')" "list --limit $(quoted $'\xc2\x9b')" "search $(quoted $'\e[31m')")
for ((n = 1; n <= count; n++)); do
  [ "$depth" = full ] || [ $((n % 4)) = 1 ] || continue
  commands+=("show $n" "show $n --full" "draft $n --print --quote")
done
for command in "${commands[@]}"; do
  out_of_time && break
  on_a_terminal "$hd $command"
  check "on a terminal, helpdesk $command: $(dirty "$home/tty" colours)" test -z "$(dirty "$home/tty" colours)"
  # In a pipe data keeps what JSON and CSV can carry; messages about it never hold control bytes.
  eval "$hd $command" >"$home/out" 2>"$home/err" </dev/null
  check "messages of helpdesk $command: $(dirty "$home/err")" test -z "$(dirty "$home/err")"
  case $command in list | "list --all" | "list --format tsv" | stats | log | report | digest | explain*)
    check "in a pipe, helpdesk $command: $(controls "$home/out")" test -z "$(controls "$home/out")" ;;
  esac
done

# S2: no cell begins a formula, in any table for spreadsheets.
for what in tickets messages turns; do
  # Without texts a line is a row.
  "$helpdesk" export $what $([ $what != messages ] || echo --no-text) --format csv --output "$home/$what.csv" || fail "export $what"
  check "export $what holds formulas: $(grep -nE '(^|,)"?[=+@]' "$home/$what.csv" | head -2)" test -z "$(grep -E '(^|,)"?[=+@]' "$home/$what.csv")"
  check "export $what as JSON holds control bytes" test -z "$("$helpdesk" export $what --format json | LC_ALL=C grep -aP '[\x00-\x09\x0b-\x1f]')"
done
check "no formula was there to be defused" grep -q "'=cmd" "$home/tickets.csv"

# S3: only what the page's policy allows, and nothing that runs or fetches.
for command in report digest; do
  "$helpdesk" $command --format html --output "$home/$command.html" 2>"$home/err" || fail "$command as HTML: $(cat "$home/err")"
  check "$command.html holds active content: $(grep -oiE '<(script|iframe|object|embed|img|link|base|form)[^>]*|<[^>]*[[:space:]]on[a-z]+[[:space:]]*=[^>]*|<[^>]*(src|href)=.?(javascript|data|http)[^>]*|url\(|@import' "$home/$command.html" | head -2)" \
    test -z "$(grep -oiE '<(script|iframe|object|embed|img|link|base|form)|<[^>]*[[:space:]]on[a-z]+[[:space:]]*=|<[^>]*(src|href)=.?(javascript|data|http)|url\(|@import' "$home/$command.html")"
done
finish
