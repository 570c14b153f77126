#!/usr/bin/env bash
# Opens printed files with LibreOffice and reads what comes out: tests/papers/check.sh FOLDER
#
# FOLDER holds NAME.docx, NAME.xlsx and NAME.pdf, each with NAME.docx.says and so on: a sentence a line that must be read
# again (tests/it/documents/golden.rs leaves them there). Whether a file needs no repair is not to be seen here, since
# LibreOffice mends in silence; tests/it/documents/package.rs checks that.
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(cd "$1" && pwd)
opened=$folder/opened
rm -rf "$opened" && mkdir "$opened"
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT

# The fonts of the repository beside those of the machine: it need not have a Chinese one.
cat >"$private/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$repository/papers/fonts</dir>
  <cachedir>$private/fonts</cachedir>
</fontconfig>
XML
export FONTCONFIG_FILE=$private/fonts.conf

# Converts all files at once: starting takes longer than converting.
convert() {
    timeout 120 soffice --headless --norestore "-env:UserInstallation=file://$private/profile" \
        --convert-to "$1" --outdir "$opened" "${@:2}" >"$private/log" 2>&1 || { cat "$private/log" >&2; exit 1; }
}
shopt -s nullglob
documents=("$folder"/*.docx) workbooks=("$folder"/*.xlsx) papers=("$folder"/*.pdf)
[ ${#documents[@]} -gt 0 ] && [ ${#workbooks[@]} -gt 0 ] || { echo "no files in $folder" >&2; exit 1; }
convert pdf "${documents[@]}"
# Separated by commas, quoted, in UTF-8, and of each sheet a file (the last number).
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' "${workbooks[@]}"

# Without white space, the ideographic space too: lines break elsewhere.
squash() { tr -d '[:space:]' | sed 's/　//g'; }
faults=0
fault() { echo "$1" >&2; faults=$((faults + 1)); }
holds() {
    local file=$1 text=$2 sentence
    [ -n "$text" ] || { fault "$(basename "$file"): nothing came out"; return 0; }
    while IFS= read -r sentence; do
        case "$text" in *"$(squash <<<"$sentence")"*) ;; *) fault "$(basename "$file"): does not hold $sentence" ;; esac
    done <"$file.says"
}
text_of_pdf() { if [ -s "$1" ]; then pdftotext "$1" - | squash; fi; }
for file in "${documents[@]}"; do
    holds "$file" "$(text_of_pdf "$opened/$(basename "$file" .docx).pdf")"
done
for file in "${papers[@]}"; do
    holds "$file" "$(text_of_pdf "$file")"
done
for file in "${workbooks[@]}"; do
    sheets=("$opened/$(basename "$file" .xlsx)"-*.csv)
    holds "$file" "$([ ${#sheets[@]} -eq 0 ] || cat "${sheets[@]}" | squash)"
done
echo "${#documents[@]} documents, ${#workbooks[@]} workbooks and ${#papers[@]} PDF files read, $faults faults"
[ "$faults" -eq 0 ]
