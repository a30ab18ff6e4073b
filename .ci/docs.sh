#!/usr/bin/env bash
# The documents must stay true as far as a machine can tell:
#   - every path in backticks that begins with a module, docs/, sample/ or .ci/ exists
#   - every class in backticks that is written with its file ending exists somewhere
#   - every relative link leads to a file
set -euo pipefail
cd "$(dirname "$0")/.."
bad=0
complain() {
  echo "docs: $1 names $2, which does not exist" >&2
  bad=1
}
while IFS= read -r document; do
  folder=$(dirname "$document")
  while IFS= read -r name; do
    [ -e "$name" ] || complain "$document" "$name"
  done < <(grep -oE '`(model-runtime|indexer|flink-jobs|dashboards|docs|sample|\.ci)/[A-Za-z0-9_./-]*`' "$document" | tr -d '`' | sort -u)
  while IFS= read -r name; do
    [ -n "$(find . -path ./.git -prune -o -name "$name" -not -path '*/target/*' -print -quit)" ] || complain "$document" "$name"
  done < <(grep -oE '`[A-Z][A-Za-z0-9]*\.java`' "$document" | tr -d '`' | sort -u)
  while IFS= read -r link; do
    [ -e "$folder/$link" ] || complain "$document" "$link"
  done < <(grep -oE '\]\([^)#:]+\)' "$document" | sed 's/^](//; s/)$//' | sort -u)
done < <(git ls-files '*.md')
[ "$bad" -eq 0 ] && echo "docs: every file they name exists"
exit "$bad"
