#!/bin/sh
# Plays the command `spartan`: notes the words of each call, and prints the file that lies here for the format asked for;
# another one for whoever says that Halo has refused it. Without a file nobody is signed in.
here=${0%/*}
printf '%s\0' "$@" '' >>"$here/asked"
answer=$1
for word; do
  case $word in
    --format=*) answer=${word#--format=} ;;
    --renew) renewed=.renewed ;;
  esac
done
cat "$here/$answer$renewed" 2>/dev/null || {
  echo "spartan: Nobody is signed in." >&2
  exit 3
}
