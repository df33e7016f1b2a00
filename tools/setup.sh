#!/usr/bin/env bash
# Makes .venv, or brings it up to date, with exactly the versions of one requirements file and this project on top.
set -euo pipefail
cd "$(dirname "$0")/.."
requirements=$1

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "Python 3.11 or newer is needed, and none was found. On Debian: apt-get install python3 python3-venv" >&2
    return 1
}

# An interrupted set-up, or an interpreter that has moved away, leaves a directory that cannot run.
is_usable() { .venv/bin/python -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

with_uv() {
    is_usable || uv venv --quiet --clear --python "$(find_python)" .venv
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$requirements"
    uv pip install --quiet --python .venv/bin/python --no-deps -e .
}

with_pip() {
    { is_usable && .venv/bin/python -m pip --version; } >/dev/null 2>&1 || "$(find_python)" -m venv --clear .venv
    # as uv does, it leaves compiling to the first import: most of what comes along is never imported
    local install=(.venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile)
    "${install[@]}" --require-hashes -r "$requirements"
    "${install[@]}" --no-deps -e .
}

started=$SECONDS
echo "Setting up .venv from $requirements …"
if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then with_uv; else with_pip; fi
echo "… done in $((SECONDS - started)) s."
