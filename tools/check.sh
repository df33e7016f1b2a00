#!/usr/bin/env bash
# Everything about the code that can be checked without running the service. All checks run, and the failed ones are named.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name: $*"
        echo "$output"
        failed+=("$name")
    fi
}

check style ruff check --quiet .
check format ruff format --check --quiet .
check types mypy --no-error-summary
check imports lint-imports --no-cache --no-logo
check requirements python -m tools.requirements check
if [ -e tools/translations.py ]; then check translations python -m tools.translations check; fi
check architecture python -m pytest --no-header tests/test_architecture.py

if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
