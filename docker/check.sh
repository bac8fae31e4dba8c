#!/bin/sh
# The Dockerfile's steps without Docker, for machines that cannot build an image: the same locks, the same wheel, another user, the same
# health check. Run as root in a checkout: sh docker/check.sh [FOLDER]. Needs a package index, 1.5 GB and a few minutes.
set -eu
src=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-$(mktemp -d /tmp/auditor-image-XXXXXX)}
port=${PORT:-18000}
python=${PYTHON:-python3}  # one that other users may run, too
chmod 0755 "$out"
"$python" -m venv "$out/auditor"
"$out/auditor/bin/pip" install --quiet --disable-pip-version-check --use-pep517 --require-hashes --requirement "$src/requirements.lock"
"$python" -m venv "$out/build"
"$out/build/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$src/requirements-build.lock"
mkdir -p "$out/src" && cd "$out/src"
for part in pyproject.toml README.md LICENSE NOTICE auditor samples; do cp -r "$src/$part" .; done
"$out/build/bin/python" -m hatchling build --target wheel --directory "$out/wheel"
"$out/auditor/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-index "$out"/wheel/*.whl
install -d -o nobody -m 0700 "$out/data"
cd /
# Not a function: what runs in the background must be the program itself, so that the signal reaches it.
run="env -i PATH=$out/auditor/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 AUDITOR_DATA=$out/data AUDITOR_CACHE=$out/data/cache
  ARGOS_PACKAGES_DIR=$out/models ORT_DISABLE_TELEMETRY=1 setpriv --reuid=nobody --clear-groups"
key=$($run auditor keys create --role translator)
$run auditor serve --host 0.0.0.0 --port "$port" &
trap 'kill $! 2>/dev/null || true' EXIT
for _ in $(seq 60); do
  $run python -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/healthz', timeout=2)" 2>/dev/null && break; sleep 1
done
printf 'Exports rose to $19 million in May.\n' > "$out/article.en.txt"
printf '5月出口额增至1.9亿美元。\n' > "$out/article.zh.txt"
chmod 0644 "$out"/article.*
code=0
$run env AUDITOR_KEY="$key" auditor submit "$out/article.en.txt" "$out/article.zh.txt" --server "http://127.0.0.1:$port" --format text --fail-on critical || code=$?
[ "$code" = 1 ] || { echo "a critical finding was expected (exit code 1), got $code" >&2; exit 1; }
kill -TERM $! && wait $!
trap - EXIT
echo "The image's steps work: installed from the locks, run as nobody, audited, healthy, stopped cleanly."
