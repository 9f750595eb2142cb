#!/bin/sh
# Prints the HTML files beside this script to the PDFs of the sample site. Needs Chromium 131 or
# later (page numbers come from the margin boxes of @page) and the Liberation fonts.
set -eu
cd "$(dirname "$0")"
browser=${CHROMIUM:-chromium}
target=../site/dokumente
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
mkdir -p "$target"

for source in *.html; do
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$profile" --no-pdf-header-footer \
    --print-to-pdf="$target/${source%.html}.pdf" "file://$PWD/$source" 2>"$profile/log" ||
    { cat "$profile/log" >&2; exit 1; }
  echo "$target/${source%.html}.pdf"
done
