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
function octal(byte,   digits) { digits = sprintf("%03o", byte); return "\\" digits }
function number(pair) { return 16 * (index("0123456789abcdef", substr(pair, 1, 1)) - 1) + index("0123456789abcdef", substr(pair, 2, 1)) - 1 }
function bytes(line,   parts, count, i, j, digits, escapes) {
    count = split(line, parts, "\"")
    for (i = 1; i <= count; i++) {
        if (i % 2 == 0) { for (j = 1; j <= length(parts[i]); j++) escapes = escapes octal(ascii[substr(parts[i], j, 1)]); escapes = escapes octal(0); continue }
        digits = parts[i]; gsub(/ /, "", digits)
        for (j = 1; j < length(digits); j += 2) escapes = escapes octal(number(substr(digits, j, 2)))
    }
    path = root "/" name; folder(path); system("printf \047" escapes "\047 >> \"" path "\"")
}
BEGIN { for (i = 32; i < 127; i++) ascii[sprintf("%c", i)] = i }
function flush() { if (name != "" && !raw) put(name, body); name = ""; raw = 0 }
/^\|/ { sub(/^\| ?/, ""); body = body $0 "\n"; next }
/^%/ { raw = 1; bytes(substr($0, 2)); next }
{ flush() }
/^#/ || /^$/ { next }
/ -> / { split($0, p, " -> "); folder(root "/" p[1]); system("ln -sfn \"" p[2] "\" \"" root "/" p[1] "\""); next }
/ = / { i = index($0, " = "); put(substr($0, 1, i - 1), substr($0, i + 3) "\n"); next }
/:$/ { name = substr($0, 1, length($0) - 1); body = ""; next }
END { flush() }
' "$1"
