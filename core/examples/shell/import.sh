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

cp Beratungsstellen.csv Betroffene.csv "$work"
cd "$work"

say 'One command: the lists as they are, with a title above the header, umlauts of Windows, and names of people.'
run rank --offers Beratungsstellen.csv --needs Betroffene.csv --as-of 2026-11-29 --top 1

say 'The questions, answered here by 1 (Kurmandschi) and 2 (Dari); each answer is saved at once.'
printf '1\n2\n' | run import --offers Beratungsstellen.csv --as-of 2026-11-29 --ask --save-map list.map.json --out offers.json

say 'Next time there is nothing to ask.'
run import --offers Beratungsstellen.csv --as-of 2026-11-29 --map list.map.json --out offers.json
run rank --offers offers.json --needs Betroffene.csv --as-of 2026-11-29 --need 18 --top 1

say 'What was understood of a list of needs, and what was not read.'
run import --needs Betroffene.csv --as-of 2026-11-29 --out needs.json
