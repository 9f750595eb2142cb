# Sourced by run.sh and test.sh: installs Debian packages that are missing.

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# require PACKAGE:PROGRAM … installs the packages whose program is not on the PATH.
require() {
  local missing=() pair
  for pair in "$@"; do
    command -v "${pair#*:}" >/dev/null 2>&1 || missing+=("${pair%%:*}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: ${missing[*]}" >&2
    return 1
  fi
  echo "Installing ${missing[*]}…"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

require_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2
    return 1
  fi
}

# require_tesseract LANGUAGE … installs Tesseract's languages (deu, eng, chi_sim …) that are missing.
require_tesseract() {
  local missing=() language
  for language in "$@"; do
    tesseract --list-langs 2>&1 | grep -qx "$language" || missing+=("tesseract-ocr-${language//_/-}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: ${missing[*]}" >&2
    return 1
  fi
  echo "Installing ${missing[*]}…"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# require_fonts: those whose letters are as wide as Helvetica's, Times' and Courier's. PDF files name these without bringing
# them; drawn in wider letters their words touch, and OCR reads them as one.
require_fonts() {
  ! fc-match Helvetica 2>/dev/null | grep -qiE 'liberation|nimbus|arimo|helvet' || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: fonts-liberation" >&2
    return 1
  fi
  echo "Installing fonts-liberation…"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends fonts-liberation fontconfig >/dev/null
}
