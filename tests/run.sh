#!/usr/bin/env bash
# Installs, builds and runs every test; the last line counts them. Needs no terminal and no input.
#   HELPDESK_SHARED=DIR  foreign sample data; ../shared beside the source when that exists, else those tests skip
#   HELPDESK_SLOW=1      the tests labelled slow too (a bare Debian, whole fault runs)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CI=true LC_ALL=C.UTF-8 CTEST_OUTPUT_ON_FAILURE=1
exec </dev/null
[ -n "${HELPDESK_SHARED:-}" ] || [ ! -d ../shared ] || export HELPDESK_SHARED=$PWD/../shared
jobs=$(nproc)
started=$SECONDS
passed=0 failed=0 skipped=0
failures=() # "name<TAB>log" of what failed, told again at the end: a log is often read from its end, or cut to it
closing() {
  local failure log
  for failure in "${failures[@]}"; do
    log=${failure#*$'\t'}
    echo "== FAILED: ${failure%%$'\t'*}"
    [ ! -s "$log" ] || tail -n 60 "$log" | cut -c 1-400
  done
  echo "$passed passed, $failed failed, $skipped skipped"
}
trap closing EXIT

step() { echo "== $* ($(((SECONDS - started) / 60)) min)"; }
give_up() { failures+=("$*"$'\t'); failed=$((failed + 1)); exit 1; }
check() { # NAME COMMAND…: one check that counts as a test; exit 77 is a skip
  local name=$1 log=build/$1.log code=0
  shift
  "$@" >"$log" 2>&1 || code=$?
  cat "$log"
  case $code in
  0) passed=$((passed + 1)) ;;
  77) skipped=$((skipped + 1)); echo "skipped: $name" ;;
  *) failed=$((failed + 1)); failures+=("$name"$'\t'"$log") ;;
  esac
}
# What one test printed, out of ctest's log of all.
output_of() { # BUILD-DIR TEST
  awk -v name="$2" '/^[0-9]+\/[0-9]+ Test(ing)?: /{ inside = ($NF == name) } inside' "$1/Testing/Temporary/LastTest.log" 2>/dev/null
}
# BUILD-DIR CTEST-OPTION…: runs the tests and counts what ctest reports. A run without a report is a failure.
suite() {
  local dir=$1 report=$1/junit.xml line tests bad off code=0 name
  shift
  rm -f "$report" "$dir/Testing/Temporary/LastTestsFailed.log"
  ctest --test-dir "$dir" --output-junit junit.xml --no-tests=error --timeout 900 -j "$jobs" "$@" || code=$?
  tests=0 bad=0 off=0
  [ -f "$report" ] && line=$(tr '\n\t' '  ' <"$report" | grep -o '<testsuite [^>]*>') || line=
  number() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$line"; }
  if [ -z "$line" ]; then
    failed=$((failed + 1)) failures+=("ctest in $dir wrote no report"$'\t')
    return
  fi
  tests=$(number tests) bad=$(number failures)
  off=$(($(number skipped) + $(number disabled)))
  passed=$((passed + tests - bad - off)) failed=$((failed + bad)) skipped=$((skipped + off))
  [ "$code" = 0 ] || [ "$bad" -gt 0 ] || { failed=$((failed + 1)) failures+=("ctest in $dir ended with $code"$'\t'); }
  while IFS=: read -r _ name; do
    output_of "$dir" "$name" >"$dir/$name.log"
    failures+=("$name in $dir"$'\t'"$dir/$name.log")
  done < <(cat "$dir/Testing/Temporary/LastTestsFailed.log" 2>/dev/null)
}
# The commit that this work is compared with: where it left the main line, else the commit before.
base() {
  local commit
  for commit in origin/main origin/HEAD; do
    commit=$(git merge-base HEAD "$commit" 2>/dev/null) || continue
    [ "$commit" != "$(git rev-parse HEAD)" ] && echo "$commit" && return
  done
  git rev-parse --verify -q HEAD~1
}
changed() { # what changed, committed or not, and still exists
  { git diff --name-only --diff-filter=d "$1"; git ls-files -o --exclude-standard; } | sort -u | grep -E "$2" | grep -E '^(cmd|lib|tests)/'
}
format_check() {
  local files
  command -v clang-format-19 >/dev/null || return 77
  files=$(git ls-files 'cmd/*.cpp' 'lib/*.cpp' 'lib/*.hpp' 'cmd/*.hpp' 'tests/*.cpp' 'tests/*.hpp') || return 77
  [ -n "$files" ] || return 77
  xargs clang-format-19 --dry-run -Werror <<<"$files"
}
tidy_check() { # at most fifteen files: the whole tree would take an hour
  local from files
  command -v clang-tidy-19 >/dev/null || return 77
  from=$(base) && files=$(changed "$from" '\.cpp$' | grep -E '^(cmd|lib)/' | head -n 15)
  [ -n "${files:-}" ] || return 77
  timeout 900 xargs -P "$jobs" -n 1 clang-tidy-19 --quiet -p build/dev <<<"$files"
}
# The programs behind the tests with a label, so that only they are built: names from ctest, programs from its files.
programs_of() {
  ctest --test-dir "$1" -N -L "$2" | sed -n 's/^ *Test *#[0-9]*: *\([^ ]*\).*/\1/p' | sort -u >build/names
  find "$1/tests" -name CTestTestfile.cmake -exec sed -n 's/^add_test(\[=\[\(.*\)\]=\] "\([^"]*\)".*/\1 \2/p' {} + |
    awk 'NR == FNR { wanted[$1]; next } $1 in wanted { sub(".*/", "", $2); print $2 }' build/names - | sort -u
}

step install
bash tests/support/install.sh test || give_up "packages are missing"

step "build (dev)"
mkdir -p build
cmake --preset dev >build/configure.log 2>&1 || { cat build/configure.log; give_up "cmake --preset dev"; }
cmake --build build/dev -j "$jobs" || give_up "the dev build"

step "tests (dev)"
slow=(-LE slow)
[ "${HELPDESK_SLOW:-0}" = 0 ] || slow=()
suite build/dev "${slow[@]}"

step "style"
check clang-format format_check
check clang-tidy tidy_check

step "tests of what reads foreign bytes, under sanitizers (asan)"
cmake --preset asan >/dev/null || give_up "cmake --preset asan"
mapfile -t programs < <(programs_of build/asan foreign)
if [ ${#programs[@]} -gt 0 ]; then
  cmake --build build/asan -j "$jobs" --target "${programs[@]}" || give_up "the asan build"
  suite build/asan -L foreign
fi

step "done"
[ "$failed" = 0 ]
