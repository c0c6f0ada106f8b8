#!/usr/bin/env bash
# S10: a password is in no output, no file of ours and no argument list. S18: files are private under any umask, and settings that
# others may write are refused. S11: attachments are saved inside the directory, under harmless names. S23: what was erased is gone.
. "$(dirname "$0")/common.sh"
make_desk 40 10
umask 000
canary=canary-Zq7-5e1c9-password
mkdir -p "$home/secret"; chmod 700 "$home/secret"
(umask 077; echo "$canary" >"$home/secret/file"; printf '#!/bin/sh\ncat "%s"\n' "$home/secret/file" >"$home/secret/command"; chmod 700 "$home/secret/command")
(umask 077; cat >>"$XDG_CONFIG_HOME/helpdesk/config.toml" <<END
[accounts.byfile]
backend = "imap"
host = "127.0.0.1"
port = 1
user = "desk"
password_command = ["cat", "$home/secret/file"]
[accounts.bycommand]
backend = "imap"
host = "127.0.0.1"
port = 1
user = "desk"
password_command = ["$home/secret/command"]
[accounts.byenv]
backend = "imap"
host = "127.0.0.1"
port = 1
user = "desk"
END
)
export HELPDESK_PASSWORD_BYENV=$canary
"$helpdesk" --quiet pull shop || fail "pull ended with $?"

: >"$home/secret/seen"
# Patterns come from the file: the canary must not be an argument of our own commands.
watch_arguments() { while :; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -aF -f "$home/secret/file" >>"$home/secret/seen"; sleep 0.05; done; }
watch_arguments &
watcher=$!
echo hello >"$home/body"
while read -r command; do
  # shellcheck disable=SC2086
  timeout 20 "$helpdesk" --debug $command </dev/null >"$home/out" 2>"$home/err"
  code=$?
  check "helpdesk $command: exit code $code" is_documented $code
  check "helpdesk $command shows the password" test -z "$(grep -aF -f "$home/secret/file" "$home/out" "$home/err")"
done <<END
pull
pull byfile
pull bycommand
pull byenv
account list
account test
account test byfile
account test bycommand
auth status
config list
config list --origin
config get accounts.byfile.password_command
config get accounts.byenv.password
doctor
list
show 1
search parcel
set 1 status=pending
note 1 x
draft 1 --body-file $home/body
send 1 --yes
send 1 --dry-run
queue list
queue send
stats
report
digest
digest --mail
export tickets
export messages
log
undo --yes
cron
systemd
store info
store verify
store verify --dump
complete account
nosuch
pull nosuch
END
{ kill "$watcher" && wait "$watcher"; } 2>/dev/null
check "the password was in an argument list" test ! -s "$home/secret/seen"
check "the password lies in a file: $(grep -rlaF -f "$home/secret/file" "$home" --exclude-dir=secret)" test -z "$(grep -rlaF -f "$home/secret/file" "$home" --exclude-dir=secret)"

# S18
loose=$(find "$XDG_DATA_HOME/helpdesk" "$XDG_CONFIG_HOME/helpdesk" "$XDG_STATE_HOME" -type f -perm /077 2>/dev/null)
check "files that others can read: $loose" test -z "$loose"
loose=$(find "$XDG_DATA_HOME/helpdesk" "$XDG_CONFIG_HOME/helpdesk" -type d -perm /077 2>/dev/null)
check "directories that others can enter: $loose" test -z "$loose"
config=$XDG_CONFIG_HOME/helpdesk/config.toml
for mode in 602 620 666 622; do
  chmod $mode "$config"
  "$helpdesk" list >"$home/out" 2>"$home/err"
  code=$?
  check "a configuration of mode $mode was accepted ($code)" test $code = 2 -o $code = 4
done
chmod 600 "$config"
if [ "$(id -u)" = 0 ]; then
  chown 65534 "$config"
  "$helpdesk" list >"$home/out" 2>"$home/err"
  check "another user's configuration was accepted" test $? = 2
  chown 0 "$config"
fi

# S11: two hundred names in two mails, saved into a directory with traps in it.
names=('../../escape' '/tmp/helpdesk-escape' '..' '.' '...' '' '.bashrc' '.ssh/authorized_keys' '-rf' '--help' 'a/../../b' 'C:\\Windows\\x' '..\\..\\x'
  '%2e%2e%2fx' 'con' 'nul.txt' 'a b' $'a\tb' $'\e[31mred' 'trap' 'TRAP' 'same' 'same' 'same' '~' '~root/x' '$HOME/x' '`id`' 'a;b' 'a|b' '*' '?'
  $'\xe2\x80\xaegpj.exe' $'\xc0\xae\xc0\xae/' '.../...' './x' 'x/' '//x' "$(printf 'n%.0s' {1..4096})" "$(printf 'é%.0s' {1..300})" 'x.txt.' 'x ' ' x')
while [ ${#names[@]} -lt 200 ]; do names+=("../${#names[@]}/${names[$((${#names[@]} % 40))]}"); done
{
  printf 'From: Kari <kari@example.org>\nTo: support@desk.example\nSubject: files\nMessage-ID: <files@example.org>\nMIME-Version: 1.0\n'
  printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee them\n'
  for name in "${names[@]}"; do
    printf -- '--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="=?utf-8?B?%s?="\n\ncontent\n' "$(printf %s "$name" | base64 -w0)"
  done
  printf -- '--b--\n'
} >"$home/Maildir/cur/1767500000.F1.desk:2,"
"$helpdesk" --quiet pull shop || fail "pull of the files"
mkdir -p "$home/deep/er/save"
ln -s "$home/deep/target" "$home/deep/er/save/trap"
echo mine >"$home/deep/er/save/same"
find "$home" -not -path "$home/deep/er/save/*" -not -path "$XDG_DATA_HOME/*" -not -path "$home/out" -not -path "$home/err" -newer "$config" | sort >"$home/../before.$$"
number=$("$helpdesk" export tickets --format csv | grep -a ',files' | head -1 | cut -d, -f1)
(cd "$home/deep/er" && "$helpdesk" show "$number" --save "$home/deep/er/save") >"$home/out" 2>"$home/err" || fail "show --save: $(cat "$home/err")"
find "$home" -not -path "$home/deep/er/save/*" -not -path "$XDG_DATA_HOME/*" -not -path "$home/out" -not -path "$home/err" -newer "$config" | sort >"$home/../after.$$"
check "files outside: $(diff "$home/../before.$$" "$home/../after.$$")" cmp -s "$home/../before.$$" "$home/../after.$$"
rm -f "$home/../before.$$" "$home/../after.$$"
check "a link was followed" test ! -e "$home/deep/target"
check "a file was overwritten" test "$(cat "$home/deep/er/save/same")" = mine
saved=$(find "$home/deep/er/save" -type f | wc -l)
check "only $saved of ${#names[@]} were saved" test "$saved" -ge "$((${#names[@]} + 1))"
check "hidden or option-like names: $(ls -A "$home/deep/er/save" | grep -E '^[.-]' | head -3)" test -z "$(ls -A "$home/deep/er/save" | grep -E '^[.-]')"
check "escaped" test ! -e /tmp/helpdesk-escape

# S23: everything the desk ever held of one person, then nothing.
mark=canary4711erase
{
  printf 'From: %s Person <%s@gone.example>\nTo: support@desk.example\nCc: other@example.org\nSubject: About %s\nMessage-ID: <%s@gone.example>\n\nI am %s.\n' $mark $mark $mark $mark $mark
} >"$home/Maildir/cur/1767600000.E1.desk:2,"
"$helpdesk" --quiet pull shop || fail "pull before erase"
number=$("$helpdesk" export tickets --format csv | grep -a "$mark" | head -1 | cut -d, -f1)
"$helpdesk" set "$number" tag+=$mark >/dev/null 2>&1
"$helpdesk" note "$number" "said $mark" >/dev/null 2>&1
echo "Dear $mark" >"$home/body"
echo "file for $mark" >"$home/attached"
"$helpdesk" draft "$number" --body-file "$home/body" --attach "$home/attached" >/dev/null 2>"$home/err" || fail "draft: $(cat "$home/err")"
"$helpdesk" log >"$home/out"; rm -f "$home/body" "$home/attached"
check "the canary is not where the test looks" grep -qra "$mark" "$XDG_DATA_HOME"
what=$mark@gone.example
"$helpdesk" erase "$what" --yes >"$home/out" 2>"$home/err" || fail "erase: $(cat "$home/err")"
rm -f "$home/out"
check "erased, but in: $(grep -rla "$mark" "$XDG_DATA_HOME" "$XDG_STATE_HOME" 2>/dev/null)" test -z "$(grep -rla "$mark" "$XDG_DATA_HOME" "$XDG_STATE_HOME" 2>/dev/null)"
"$helpdesk" store verify --dump >"$home/dump" || fail "the store does not verify after erase"
check "erased, but in the content: $(grep -a "$mark" "$home/dump" | head -2)" test -z "$(grep -a "$mark" "$home/dump")"
"$helpdesk" --quiet pull shop --full || fail "pull --full after erase"
"$helpdesk" store verify --dump >"$home/dump"
check "pull --full brought it back" test -z "$(grep -a "$mark" "$home/dump")"
check "the number was given again" test -z "$("$helpdesk" export tickets --format csv | grep "^$number,")"
for command in "log" "queue list" "draft --list" list doctor "store rebuild"; do
  "$helpdesk" $command >"$home/out" 2>"$home/err" </dev/null
  code=$?
  check "after erase, helpdesk $command: $code $(head -3 "$home/err")" test $code = 0 -o $code = 1
done
finish
