#!/usr/bin/env bash
# Makes the pictures of the README anew, docs/images/chat.png and admin.png: the sample town, crawled into an empty data
# directory, as Chromium shows it. PORT and SAMPLE_PORT choose other ports.
set -euo pipefail
cd "$(dirname "$0")/.."

port="${PORT:-8080}"
sample_port="${SAMPLE_PORT:-8089}"
. scripts/tools.sh
require_dotnet
require chromium:chromium python3:python3 nodejs:node
require_fonts

echo "Building…"
dotnet build Chatbot.Tests -c Release -v q --nologo -clp:ErrorsOnly
chatbot() { dotnet Chatbot.Server/bin/Release/net10.0/Chatbot.Server.dll "$@"; }

CHATBOT_DATA="$(mktemp -d)"
PICTURES_PASSWORD="$(head -c 18 /dev/urandom | base64)"
export CHATBOT_DATA PICTURES_PASSWORD
children=()
trap 'kill "${children[@]}" 2>/dev/null || true; rm -rf "$CHATBOT_DATA"' EXIT
python3 -m http.server "$sample_port" --bind 127.0.0.1 --directory samples/site >/dev/null 2>&1 &
children+=($!)
echo "$PICTURES_PASSWORD" | chatbot createsuperuser --name admin >/dev/null
chatbot crawl "http://127.0.0.1:$sample_port/index.html" --allow-private --wait-vectors
dotnet Chatbot.Server/bin/Release/net10.0/Chatbot.Server.dll serve --port "$port" >/dev/null 2>&1 &
children+=($!)
node scripts/pictures.mjs "http://localhost:$port" docs/images
