#!/usr/bin/env bash
# usage: remote-check.sh [URL]: asks a real server what the tests' stub cannot know. Without URL:
# llama-cpp-python's, with the language model of judges/model/default (text only), in five forms:
# as it is, without log-probabilities, with a key, with a wrong key, with https. Its parts are built
# into build/peers/venv (ten minutes on two cores) where they are not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."
ask=${VERNIER_ASK_SERVER:-build/release/tests/vernier_ask_server}
[ -n "${VERNIER_ASK_SERVER:-}" ] || cmake --build build/release --target vernier_ask_server >/dev/null
if [ $# -gt 0 ]; then exec timeout 600 "$ask" "$1"; fi

venv=build/peers/venv
python=$venv/bin/python
if ! $python -c 'import llama_cpp.server, gguf, numpy' 2>/dev/null; then
  mkdir -p build/peers
  python3 -m venv $venv
  $venv/bin/pip install -q 'llama-cpp-python[server]' gguf
fi

work=$(mktemp -d)
server=
finish() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
trap 'finish; rm -rf "$work"' EXIT
$python tests/oracles/remote_server.py "$work/default.gguf"

port=
# start SCHEME ARGUMENTS...: a server on a free port, once it listens.
start() {
  local scheme=$1
  shift
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  $python -m llama_cpp.server --model "$work/default.gguf" --model_alias vernier-text --host 127.0.0.1 \
    --port "$port" --n_ctx 512 --n_threads 2 "$@" >"$work/log" 2>&1 &
  server=$!
  for _ in $(seq 120); do
    if curl -sk -o /dev/null "$scheme://localhost:$port/v1/models"; then return; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
  done
  cat "$work/log" >&2
  exit 1
}

echo "== as it is"
start http --logits_all true
timeout 600 "$ask" "http://localhost:$port"
finish

echo "== without log-probabilities"
start http --logits_all false
timeout 600 "$ask" "http://localhost:$port" | tee "$work/out" | grep -v '^ok'
grep -q '|logprobs:none|' "$work/out"
finish

echo "== with a key"
start http --logits_all true --api_key sk-remote-check-1
VERNIER_API_KEY=sk-remote-check-1 timeout 600 "$ask" "http://localhost:$port/v1/chat/completions" >"$work/out"
grep -m1 '^remote|' "$work/out"
echo "== with a wrong key, and with none"
for key in sk-remote-check-2 ""; do
  status=0
  VERNIER_API_KEY=$key timeout 600 "$ask" "http://localhost:$port" >"$work/out" || status=$?
  cat "$work/out"
  [ $status = 4 ]
  if grep -q sk-remote-check "$work/out"; then exit 1; fi
done
finish

echo "== with https, of a certificate that is not known, and that is"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
start https --logits_all true --ssl_keyfile "$work/key.pem" --ssl_certfile "$work/cert.pem"
status=0
timeout 600 "$ask" "https://localhost:$port" || status=$?
[ $status = 4 ]
SSL_CERT_FILE=$work/cert.pem timeout 600 "$ask" "https://localhost:$port" >"$work/out"
grep -m1 '^remote|' "$work/out"
echo "all is well"
