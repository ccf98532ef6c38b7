#!/usr/bin/env bash
# Checks rendered documents with the programs that read them: `latex` sets every golden .tex with pdflatex, `html` asks
# HTML Tidy, `myst` builds sheet and cards with Sphinx. Installs what is missing (Debian, and PyPI for Sphinx).
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
golden=Tests/DatasheetTests/Golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

latex() {
    command -v pdflatex >/dev/null && kpsewhich pgfplots.sty >/dev/null && kpsewhich lmodern.sty >/dev/null ||
        scripts/dependencies.sh texlive-latex-recommended texlive-pictures lmodern
    local file
    for file in "$golden"/*.tex; do
        name=$(basename "$file" .tex)
        mkdir "$work/$name" && cp "$file" "$work/$name/sheet.tex"
        if (cd "$work/$name" && for _ in 1 2; do
            openin_any=p openout_any=p pdflatex -no-shell-escape -interaction=nonstopmode -halt-on-error sheet.tex
        done) >"$work/$name.log" 2>&1; then
            echo "$file: $(grep -ao 'Output written.*' "$work/$name/sheet.log" | tail -1)"
        else
            echo "$file: pdflatex failed"
            grep -a -A4 '^!' "$work/$name.log" | head -20
            failed=1
        fi
    done
}

html() {
    command -v tidy >/dev/null || scripts/dependencies.sh tidy
    local file
    for file in "$golden"/*.html Reports/*/datasheet.html; do
        # 1 is for warnings, which are not asked for; 2 for errors.
        code=0
        tidy -quiet -errors --show-warnings no "$file" || code=$?
        if [ "$code" -lt 2 ]; then echo "$file: no error"; else failed=1; fi
    done
}

myst() {
    python3 -c 'import myst_parser, sphinx' 2>/dev/null || python3 -m venv "$work/venv"
    local python=python3
    if [ -d "$work/venv" ]; then
        "$work/venv/bin/pip" install --quiet sphinx myst-parser
        python=$work/venv/bin/python
    fi
    mkdir "$work/site"
    cp "$golden"/normal.md "$golden"/normal-figure-*.svg "$golden"/workload-matmul.md "$golden"/dataset.md "$work/site"
    printf '# Sheets\n\n```{toctree}\nnormal\nworkload-matmul\ndataset\n```\n' >"$work/site/index.md"
    printf 'extensions = ["myst_parser"]\nmyst_heading_anchors = 2\n' >"$work/site/conf.py"
    if "$python" -m sphinx -q -W --keep-going -b html "$work/site" "$work/out"; then
        echo "Sphinx with MyST: no warning"
    else
        failed=1
    fi
}

[ "$#" -gt 0 ] || set -- latex html myst
for part in "$@"; do "$part"; done
exit $failed
