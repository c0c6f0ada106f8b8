#!/usr/bin/env bash
# deb_test.sh BUILD-DIR: packs the .deb, installs it in a bare Debian (debootstrap, minbase) and pulls the sample desk,
# sends one reply through a real MTA and reports there. Exit 77: this machine cannot (not root, no debootstrap, no mirror).
set -euo pipefail
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "skipped: $*"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || skip "only root can make a bare Debian"
for program in debootstrap cpack dpkg-shlibdeps exim4; do command -v $program >/dev/null || skip "no $program"; done
# The mirror and the release that this machine itself uses.
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | awk -v r="$release" '$1 == r { print $2; exit }')
[ -n "$mirror" ] || skip "apt knows no mirror for $release"

work=$(mktemp -d)
chmod 711 "$work"
clean() {
  bash "$here/exim.sh" stop "$work/exim" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean EXIT

(cd "$build" && cpack -G DEB -B "$work/package") >"$work/cpack.log" 2>&1 || { cat "$work/cpack.log"; fail cpack; }
deb=$(ls "$work"/package/*.deb)
depends=$(dpkg-deb -f "$deb" Depends)
echo "Depends: $depends"
for late in libgmime libcurl libjq libcld2 libstemmer; do
  grep -q "$late" <<<"$depends" || fail "$late is loaded late and not in Depends"
done
dpkg-deb -c "$deb" >"$work/contents"
for part in usr/bin/helpdesk man1/helpdesk.1 bash-completion/completions/helpdesk zsh/vendor-completions/_helpdesk \
  fish/vendor_completions.d/helpdesk.fish examples/desk/config.toml; do
  grep -q "$part" "$work/contents" || fail "$part is not in the package"
done

include=$(sed 's/([^)]*)//g; s/|[^,]*//g; s/ //g' <<<"$depends")
debootstrap --variant=minbase --include="$include" "$release" "$work/debian" "$mirror" >"$work/debootstrap.log" 2>&1 || {
  tail -n 5 "$work/debootstrap.log"
  skip "debootstrap could not reach its mirror"
}
cp "$deb" "$work/debian/helpdesk.deb"
chroot "$work/debian" dpkg -i /helpdesk.deb >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg -i"; }

bash "$here/exim.sh" start "$work/exim" || skip "exim does not start"
. "$work/exim/env"
desk() {
  chroot "$work/debian" env -i PATH=/usr/bin:/bin HOME=/home/desk LANG=C.UTF-8 \
    HELPDESK_NOW=2026-01-15T09:00:00Z helpdesk "$@" </dev/null
}
config=$work/debian/home/desk/.config/helpdesk/config.toml
mkdir -p "$(dirname "$config")"
sed -e 's|"examples/|"/usr/share/doc/helpdesk/examples/|' -e '/^send.via/d' \
  -e 's|^shared = true.*|send.via = "smtp"\nsmtp = "local"\nidentity = "support"|' \
  "$here/../../examples/desk/config.toml" >"$config"
cat >>"$config" <<END

[smtp.local]
host = "127.0.0.1"
port = $SMTP
tls = "none"
user = "desk"
auth = "plain"
password_command = ["echo", "secret"]
END
chmod 600 "$config"

desk --version
desk pull
waiting=$(desk list | wc -l)
[ "$waiting" -ge 10 ] || fail "list shows $waiting conversations"
[ "$(desk list --json number --jq length)" = "$waiting" ] || fail "list --jq and list differ"
desk account test sample --send-to customer@desk.test || fail "account test"
number=$(desk search 'subject:"Do you ship to Iceland"' --json number --jq ".[0].number")
echo 'Yes, we do: 24 EUR for two boxes.' >"$work/debian/home/desk/text"
desk draft "$number" --body-file /home/desk/text >/dev/null || fail draft
desk send "$number" --yes || fail send
delivered=$(grep -rl 'Yes, we do: 24 EUR' "$MAIL/elsewhere" | wc -l)
[ "$delivered" = 1 ] || fail "the reply arrived $delivered times"
desk report --format markdown | grep -q '[0-9]' || fail report
desk stats --json >/dev/null 2>&1 || desk stats | grep -q '[0-9]' || fail stats
desk store verify || fail "store verify"
chroot "$work/debian" dpkg -r helpdesk >/dev/null
echo "installed, pulled, sent and reported in a bare $release"
