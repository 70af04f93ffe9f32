#!/bin/sh
# From the lists of an office to a plan, in one session: sh session.sh
# LOTSE is the command, if it is not `lotse`: an absolute path, or words such as `python3 -m lotse`.
# Everything in the lists is invented.
set -eu
LOTSE=${LOTSE:-lotse}
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 LC_ALL= LC_MESSAGES= COLUMNS=100 NO_COLOR=1

say() {
  printf '\n# %s\n' "$*"
}

# Shows a command and runs it. The folder of the temporary files has another name each time.
run() {
  printf '$ lotse'
  printf ' %s' "$@"
  printf '\n'
  # shellcheck disable=SC2086 # it may be several words
  $LOTSE "$@" 2>&1
}

say 'An empty list, to be filled in with a spreadsheet: semicolons between cells, lists in quotes.'
run template offers --format csv-de
run template needs --format csv-de

say 'The filled lists, as the spreadsheet has saved them. One region is wrong, and check says where.'
run check --offers offers.csv --needs needs.csv --as-of 2026-11-23 || printf '(exit code %s)\n' "$?"

say 'What is the key of Dresden? Then correct the cell, here with sed.'
run resolve Dresden --kind region
sed 's/;1461;/;14612;/' needs.csv >"$work/needs.csv"
cp offers.csv "$work"
cd "$work"
run check --offers offers.csv --needs needs.csv --as-of 2026-11-23

say 'Who fits one person, and why?'
run rank --offers offers.csv --needs needs.csv --as-of 2026-11-23 --need n-1 --top 2

say 'One plan for all, and the same in figures.'
run allocate --offers offers.csv --needs needs.csv --as-of 2026-11-23
run report --offers offers.csv --needs needs.csv --as-of 2026-11-23

say 'The plan for the spreadsheet, and as JSON, which the next plan keeps to.'
run allocate --offers offers.csv --needs needs.csv --as-of 2026-11-23 --format csv-de
run allocate --offers offers.csv --needs needs.csv --as-of 2026-11-23 --format json | sed 1d >plan.json
run allocate --offers offers.csv --needs needs.csv --as-of 2026-11-24 --previous plan.json --format csv
