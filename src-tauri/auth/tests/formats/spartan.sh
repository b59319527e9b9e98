#!/bin/sh
# Plays the command `spartan`: notes the words of each call, and prints the file that lies here for the format asked for;
# another one where a token is asked for that is good for nearly its whole life. Without a file nobody is signed in.
here=${0%/*}
printf '%s\0' "$@" '' >>"$here/asked"
answer=$1
for word; do
  case $word in
    --format=*) answer=${word#--format=} ;;
    --min-ttl=*) longest=.longest ;;
  esac
done
cat "$here/$answer$longest" 2>/dev/null || exit 3
