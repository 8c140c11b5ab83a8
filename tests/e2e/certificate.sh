#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# certificate.sh DIR: an authority of the test's own (DIR/ca.pem) and a certificate of its that names localhost and 127.0.0.1 (DIR/localhost.crt,
# DIR/localhost.key); nothing when they are there already.
set -eu
PATH=/usr/bin:/bin
[ ! -f "$1/localhost.crt" ] || exit 0
[ -x /usr/bin/openssl ] || { echo "certificate.sh: /usr/bin/openssl is missing: install the Debian package openssl" >&2; exit 1; }
mkdir -p "$1"
cd "$1"
new="openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
$new -x509 -days 2 -subj "/CN=Quarterdeck test authority" -keyout ca.key -out ca.pem 2> /dev/null
$new -subj "/CN=localhost" -keyout localhost.key -out localhost.csr 2> /dev/null
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' > localhost.ext
openssl x509 -req -days 2 -in localhost.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile localhost.ext -out localhost.new 2> /dev/null
mv localhost.new localhost.crt
