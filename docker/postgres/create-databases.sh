#!/bin/sh
# A role and a database for every <NAME>_PASSWORD of the environment: each role reaches its own alone.
set -eu

sql() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres "$@"
}

env | sed -n 's/^\([A-Z][A-Z0-9]*\)_PASSWORD=.*/\1/p' | grep -v '^POSTGRES$' | sort |
  while read -r name; do
    role=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
    sql --set role="$role" --set password="$(printenv "${name}_PASSWORD")" <<'SQL'
create role :"role" login password :'password';
create database :"role" owner :"role";
revoke connect, temporary on database :"role" from public;
SQL
  done

sql --command 'revoke connect, temporary on database postgres, template1 from public'
