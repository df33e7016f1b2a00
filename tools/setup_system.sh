#!/usr/bin/env bash
# Installs what is needed besides Python. "run": Pango and a font that holds Arabic, for PDFs. "test": a browser and a
# PostgreSQL server too. Where it may not install (no apt, not root) it says what is missing and goes on: a page then
# says that it makes no PDF; tests skip, and in CI fail.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

has_browser() { command -v chromium >/dev/null; }
has_fonts() { compgen -G '/usr/share/fonts/truetype/noto/NotoNaskhArabic*' >/dev/null; }
has_pango() { ldconfig -p | grep -q libpangoft2-1.0.so.0 && ldconfig -p | grep -q libharfbuzz-subset.so.0; }
has_postgresql() {
    command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
        { command -v pg_config >/dev/null && [ -x "$(pg_config --bindir)/initdb" ]; }
}

missing=()
has_fonts || missing+=(fonts-noto-core)
has_pango || missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
if [ "${1:-test}" = test ]; then
    has_browser || missing+=(chromium)
    has_postgresql || missing+=(postgresql)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Not found, so something is left out: ${missing[*]}. On Debian, as root: apt-get install ${missing[*]}" >&2
    exit 0
fi

started=$SECONDS
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$log" 2>&1; }
echo "Installing ${missing[*]} …"
apt update || echo "The package lists could not be brought up to date; trying with those that are here." >&2
apt install -y --no-install-recommends "${missing[@]}" || { cat "$log" >&2; exit 1; }
echo "… done in $((SECONDS - started)) s."
