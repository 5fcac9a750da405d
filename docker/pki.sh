#!/usr/bin/env bash
# Once: the certificates that compose.yaml needs, into the given folder (pki beside this script).
# An authority for servers and another for clients; replace what you have better ones for.
# Host names of the proxy: PROXY_NAMES="id.example.org localhost" ./pki.sh
set -euo pipefail
folder=${1:-"$(dirname "$0")/pki"}
names=${PROXY_NAMES:-localhost}

if [ -e "$folder" ]; then
  echo "$folder exists already, and nothing was changed" >&2
  exit 1
fi
umask 077
mkdir -p "$folder"
cd "$folder"

authority() { # file, subject
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1825 -sha256 \
    -subj "/CN=$2" -keyout "$1.key" -out "$1.crt" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
}

certificate() { # file, subject, authority, purpose, names or nothing
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
    -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  {
    echo "basicConstraints=critical,CA:false"
    echo "keyUsage=critical,digitalSignature"
    echo "extendedKeyUsage=$4"
    [ -z "$5" ] || echo "subjectAltName=$5"
  } >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA "$3.crt" -CAkey "$3.key" -CAcreateserial -days 397 -sha256 \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  rm "$1.csr" "$1.ext"
}

authority ca "Keycloak server authority"
authority client-ca "Keycloak client authority"
proxy=
for name in $names; do proxy="$proxy,DNS:$name"; done
certificate proxy "${names%% *}" ca serverAuth "${proxy#,}"
certificate node keycloak ca serverAuth "DNS:keycloak,DNS:keycloak-1,DNS:keycloak-2"
certificate client sample-client client-ca clientAuth ""
rm -f ./*.srl

# The containers run as users of their own, who have to read these through their mounts; the
# folder stays closed to everybody else, and the authorities' keys are mounted nowhere.
chmod 0644 ./*.crt proxy.key node.key
echo "Done. Keep ca.key and client-ca.key offline: $folder"
