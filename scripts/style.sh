#!/usr/bin/env bash
# House rules that a formatter does not know.
set -uo pipefail
cd "$(git rev-parse --show-toplevel)" || exit 70
failed=0

complain() {
    echo "style: $1" >&2
    [ -n "$2" ] && echo "$2" | sed 's/^/  /' >&2
    failed=1
}

sources() { git ls-files 'Sources/*.swift' 'Workloads/*.swift'; }

found=$(sources | xargs grep -nE 'try!|as!|fatalError\(|preconditionFailure\(|TODO|FIXME|XXX' || true)
[ -z "$found" ] || complain "no try!, as!, fatalError, and nothing left to do:" "$found"

found=$(git ls-files 'Sources/*.swift' 'Sources/*.c' 'Sources/*.h' 'Tests/*.swift' | xargs wc -l |
    awk '$1 > 300 && $2 != "total" { print $2 ": " $1 " lines" }')
[ -z "$found" ] || complain "files are one idea, at most 300 lines:" "$found"

# Stages meet in Model and never import each other.
stages='Probe|Plan|Kernels|Power|Measure|Record|History|Judge|Doctor|Lint|Datasheet|Render|Export'
for stage in Probe Plan Kernels Power Measure Record History Judge Doctor Lint Datasheet Render Export; do
    found=$(git ls-files "Sources/$stage/*.swift" | xargs grep -nE "^(public |internal |private )?import ($stages)\$" || true)
    [ -z "$found" ] || complain "a stage imports a stage:" "$found"
done

# Whoever doubts a number can look up where its formula comes from.
found=$(git ls-files 'Sources/Statistics/*.swift' | xargs grep -L 'Source: ' || true)
[ -z "$found" ] || complain "statistics name their source:" "$found"

# Nothing below the executable prints.
found=$(sources | grep -v '^Sources/assay/' | xargs grep -nE '(^|[^.A-Za-z])print\(' || true)
[ -z "$found" ] || complain "only the executable prints:" "$found"

exit $failed
