#!/bin/sh
# Make the project's own virtual environment from the hashed lock: through uv where it can be had, else through pip.
set -eu
venv=$1
"$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
  echo "warledger needs Python 3.11 to 3.13; name one with: make PYTHON=python3.11 ..." >&2; exit 1; }
[ -x "$venv/bin/python" ] || "$PYTHON" -m venv "$venv" || {
  echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
if "$venv/bin/python" -m pip install --quiet uv; then
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements.lock
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps --editable .
else
  "$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
  "$venv/bin/python" -m pip install --quiet --no-deps --editable .
fi
