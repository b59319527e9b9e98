# Asks Halo who you are. Needs curl. The Spartan token inside is good until «until».
«missing»printf '%s\n' «headers» |
  curl --fail --silent --show-error --header @- --header 'Accept: application/json' \
    https://profile.svc.halowaypoint.com/users/me
