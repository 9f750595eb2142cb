#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs all tests. The last line is "N passed, N failed".
#   ./test.sh            all of them
#   ./test.sh NAME…      those whose full name contains one of the words
set -uo pipefail
cd "$(dirname "$0")"

. scripts/tools.sh
require_dotnet || exit 1
require poppler-utils:pdftotext tesseract-ocr:tesseract chromium:chromium nginx-light:nginx nodejs:node npm:npm python3:python3 || exit 1
require_tesseract osd deu eng fra chi_sim || exit 1
require_fonts || exit 1
[ -d Chatbot.Tests/Node/node_modules ] || (cd Chatbot.Tests/Node && npm ci --no-audit --no-fund --loglevel=error) || exit 1

# One compiler for all projects, whatever the environment says; it ends with the build. What is compiled ahead starts a server
# faster, and is not what the tests run.
trap 'dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1' EXIT
dotnet build Chatbot.sln -c Release -v q --nologo -clp:ErrorsOnly -p:CompileAhead=false -p:UseSharedCompilation=true || { echo "The build failed."; exit 1; }
dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1
trap - EXIT

filters=()
for name in "$@"; do filters+=(-method "*$name*"); done
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A test that hangs is named after five minutes, and the run ends before whatever runs this script loses patience.
timeout --kill-after=10 "${CHATBOT_TEST_TIMEOUT:-45m}" \
  dotnet Chatbot.Tests/bin/Release/net10.0/Chatbot.Tests.dll -noLogo -noColor -longRunning 300 "${filters[@]}" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
[ "$code" != 124 ] && [ "$code" != 137 ] || echo "The tests were ended after ${CHATBOT_TEST_TIMEOUT:-45m}; those named above as long-running hung."

# xunit's summary: "Total: 10, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1.234s"
summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
read -r total errors failed skipped <<<"$(grep -oE '[0-9]+' <<<"$summary" | tr '\n' ' ')"
if [ -z "${total:-}" ] || [ "$total" = 0 ]; then
  echo "No test ran."
  exit 1
fi
failed=$((failed + errors))
[ "$skipped" = 0 ] || echo "$skipped skipped, each with its reason above"
[ "$code" = 0 ] || [ "$failed" != 0 ] || failed=1
echo "$((total - failed - skipped)) passed, $failed failed"
[ "$failed" = 0 ]
