#!/bin/sh
# Unpacks a captured machine (machines/NAME.tree) into a directory, as the tests do, for tools that want --sysroot.
#   unpack.sh FILE.tree DIRECTORY
set -eu
awk -v root="$2" '
function folder(path) { sub(/\/[^\/]*$/, "", path); system("mkdir -p \"" path "\"") }
function put(pattern, text,   from, to, i, path) {
    if (match(pattern, /\{[0-9]+-[0-9]+\}/)) {
        split(substr(pattern, RSTART + 1, RLENGTH - 2), ends, "-"); from = ends[1] + 0; to = ends[2] + 0
        for (i = from; i <= to; i++) put(substr(pattern, 1, index(pattern, "{") - 1) i substr(pattern, index(pattern, "}") + 1), text)
        return
    }
    path = root "/" pattern; folder(path); printf "%s", text > path; close(path)
}
function flush() { if (name != "") put(name, body); name = "" }
/^\|/ { sub(/^\| ?/, ""); body = body $0 "\n"; next }
{ flush() }
/^#/ || /^$/ { next }
/ -> / { split($0, p, " -> "); folder(root "/" p[1]); system("ln -sfn \"" p[2] "\" \"" root "/" p[1] "\""); next }
/ = / { i = index($0, " = "); put(substr($0, 1, i - 1), substr($0, i + 3) "\n"); next }
/:$/ { name = substr($0, 1, length($0) - 1); body = ""; next }
END { flush() }
' "$1"
