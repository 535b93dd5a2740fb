# shellcheck shell=sh disable=SC2034 # the scripts that source this use the names
# Functions that the operations scripts share. Source it, do not run it.
#
# Every script writes one line for each finding, for alerts to match. It exits with 0 (all is well), 1 (something is wrong) or 2 (called wrongly):
#   2026-11-22T08:00:03Z moviesir-ops level=error check=disk path=/ used_percent=91 limit_percent=80
# The same line goes to the system log, if there is one.

umask 077

# Settings come from the environment and from the file of the host's administrator.
OPS_CONFIGURATION=${MOVIESIR_OPS_CONFIGURATION:-/etc/moviesir/ops.conf}
if [ -r "$OPS_CONFIGURATION" ]; then
  # shellcheck disable=SC1090
  . "$OPS_CONFIGURATION"
fi

report() { # LEVEL CHECK [KEY=VALUE...]
  level=$1 check=$2
  shift 2
  line="moviesir-ops level=$level check=$check${*:+ $*}"
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$line"
  if [ -S /dev/log ]; then
    logger -t moviesir-ops -p "user.$([ "$level" = error ] && echo err || echo info)" -- "$line"
  fi
}

fail() { # CHECK [KEY=VALUE...]
  report error "$@"
  exit 1
}

usage() { # TEXT
  printf '%s\n' "$1" >&2
  exit 2
}

# The clients of PostgreSQL and Redis run on the host, or where MOVIESIR_POSTGRES_EXEC and MOVIESIR_REDIS_EXEC say, for example
#   MOVIESIR_POSTGRES_EXEC='docker compose --project-directory /opt/moviesir/deploy/compose/gpu-node exec -T postgres'
# They take the connection from PGHOST, PGPORT, PGUSER, PGPASSFILE or PGPASSWORD; REDISCLI_AUTH and MOVIESIR_REDIS_PORT (6379).
postgres() { # CLIENT [ARGUMENT...]
  # shellcheck disable=SC2086 # a command with arguments
  ${MOVIESIR_POSTGRES_EXEC:-} "$@"
}

redis() { # [ARGUMENT...]
  # shellcheck disable=SC2086
  ${MOVIESIR_REDIS_EXEC:-} redis-cli -p "${MOVIESIR_REDIS_PORT:-6379}" "$@"
}

# The compose folder of what faces the world on this host: the app node's, or that of the one machine.
edge_folder() {
  root=${MOVIESIR_COMPOSE_ROOT:-/opt/moviesir/deploy/compose}
  if [ -e "$root/one-machine/.env" ]; then echo "$root/one-machine"; else echo "$root/app-node"; fi
}

DATABASE=${MOVIESIR_DATABASE:-moviesir}
BACKUPS=${MOVIESIR_BACKUP_DIRECTORY:-/var/backups/moviesir}

# The roles that the services connect as (MovieSir.Data/DatabaseRoleStore.cs).
ROLES='moviesir_api moviesir_inference'

# Rows and a checksum of each table, in an order that does not depend on how rows lie on disk.
# Reads "schema.table" lines; writes "schema.table rows checksum".
FINGERPRINT_SQL="
SET timezone = 'UTC';
SELECT format('SELECT %L, count(*), coalesce(sum((''x'' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric), 0) FROM ONLY %I.%I t;',
  n.nspname || '.' || c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('catalog', 'b2b', 'b2c', 'public')
ORDER BY 1"
