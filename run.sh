#!/usr/bin/env bash
# Starts Chatbot on this machine: installs what is missing, builds, and serves at http://localhost:8080.
#   ./run.sh                       the sample town, crawled on an empty data directory
#   ./run.sh https://www.example.org/   that website instead
# PORT and CHATBOT_DATA choose another port and data directory.
set -euo pipefail
cd "$(dirname "$0")"

port="${PORT:-8080}"
export CHATBOT_DATA="${CHATBOT_DATA:-$PWD/data}"
site="${1:-}"
case "$site" in
  ""|http://*|https://*) ;;
  *) echo "Usage: $0 [https://www.example.org/]" >&2; exit 2 ;;
esac

. scripts/tools.sh
require_dotnet
require poppler-utils:pdftotext tesseract-ocr:tesseract chromium:chromium python3:python3
require_tesseract osd deu eng fra chi_sim
require_fonts

echo "Building…"
dotnet build Chatbot.Server -c Release -v q --nologo -clp:ErrorsOnly
chatbot() { dotnet Chatbot.Server/bin/Release/net10.0/Chatbot.Server.dll "$@"; }

chatbot createsuperuser --name admin --generate --if-none

# The sample town is a website of its own beside the chatbot, so that its citations can be opened.
sample_port="${SAMPLE_PORT:-8089}"
sample="http://127.0.0.1:$sample_port/index.html"
mark="$CHATBOT_DATA/sample"
if [ -z "$site" ] && { [ -e "$mark" ] || [ ! -e "$CHATBOT_DATA/site" ]; }; then
  python3 -m http.server "$sample_port" --bind 127.0.0.1 --directory samples/site >/dev/null 2>&1 &
  files=$!
  trap 'kill "$files" 2>/dev/null || true' EXIT
  if [ ! -e "$mark" ]; then
    echo "Crawling the sample town…"
    chatbot crawl "$sample" --allow-private
    touch "$mark"
  fi
elif [ -n "$site" ]; then
  echo "Crawling $site…"
  chatbot crawl "$site"
  touch "$CHATBOT_DATA/site"
fi

echo
echo "Chat:  http://localhost:$port/"
echo "Admin: http://localhost:$port/admin  (user admin; its password was printed when it was created)"
chatbot serve --port "$port"
