#!/usr/bin/env bash
# Renders every published report again from its bundle. A difference from what is committed is a failure: either the
# renderer changed (then commit the new text), or somebody edited a report by hand.
set -euo pipefail
assay=$1
failed=0
count=0
for bundle in Reports/*/bundle.json; do
    [ -e "$bundle" ] || continue
    directory=$(dirname "$bundle")
    [ "$directory" = Reports/local ] && continue
    count=$((count + 1))
    "$assay" verify "$directory"
    "$assay" datasheet "$directory" >/dev/null
    if ! git diff --quiet -- "$directory"; then
        git --no-pager diff --stat -- "$directory"
        failed=1
    fi
    untracked=$(git ls-files --others --exclude-standard -- "$directory")
    if [ -n "$untracked" ]; then
        echo "not committed: $untracked"
        failed=1
    fi
done
[ "$failed" = 0 ] && echo "$count report(s) rendered again, byte for byte the same"
exit $failed
