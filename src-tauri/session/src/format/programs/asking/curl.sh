# Asks Halo who you are. Needs curl, and the command spartan on the PATH, which hands out valid tokens; none is stored here.
# Both tokens reach curl through a pipe, so neither a process list nor a shell trace (set -x) shows them.
(
  { set +x; } 2>/dev/null
  token=$(spartan token --format=header«account») || exit
  clearance=$(spartan token --format=clearance-header«account»)
  printf '%s\n' "$token" "$clearance" |
    curl --fail --silent --show-error --header @- --header 'Accept: application/json' \
      https://profile.svc.halowaypoint.com/users/me
)
