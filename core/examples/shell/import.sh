#!/bin/sh
# From the spreadsheets of an office to a ranked list: sh import.sh
# LOTSE is the command, if it is not `lotse`: an absolute path, or words such as `python3 -m lotse`.
# Everything in the lists is invented.
set -eu
LOTSE=${LOTSE:-lotse}
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=de_DE.UTF-8 LC_ALL= LC_MESSAGES= COLUMNS=100 NO_COLOR=1

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

cp Beratungsstellen.csv Betroffene.xlsx "$work"
cd "$work"

say 'One command, with both lists as they are. It ends with the same list as ever; what is open comes first.'
run rank --offers Beratungsstellen.csv --needs Betroffene.xlsx --as-of 2026-11-26 --need 17 --need 18 --top 1

say 'The three questions about the offers, at the keyboard: 1 and 2 of the Kurdish languages, the second Persian, the whole area.'
printf '1 2\n2\na\n' | run import --offers Beratungsstellen.csv --as-of 2026-11-26 --ask --save-map offers.map.json --out offers.json

say 'The two questions about the needs, as a file that a person fills in.'
run import --needs Betroffene.xlsx --as-of 2026-11-26 --questions open.json --out needs.json
sed -e '/"crime:terroranschlag"/,/"answer"/s/"answer": null/"answer": {"code": "0101", "context": ["terrorism"]}/' \
  -e '/"language:kurdisch"/,/"answer"/s/"answer": null/"answer": "kmr"/' open.json >answered.json
run import --needs Betroffene.xlsx --as-of 2026-11-26 --answers answered.json --save-map needs.map.json --out needs.json

say 'Next month the lists are new, the mappings are not: no question is left.'
run rank --offers Beratungsstellen.csv --offers-map offers.map.json --needs Betroffene.xlsx --needs-map needs.map.json \
  --as-of 2026-11-26 --need 18 --top 1

say 'With --strict nothing is written as long as anything is missing.'
run import --offers Beratungsstellen.csv --as-of 2026-11-26 --strict --out strict.json || printf '(exit code %s)\n' "$?"
