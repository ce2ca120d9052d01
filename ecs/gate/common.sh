# shellcheck shell=bash
# What run-task, roll-out and tunnel share. $here is the folder of the script that sources this.

# usage: print_usage SCRIPT: the usage in the script's head comment.
print_usage() { sed -n '/^# usage/,/^[^#]/{/^#/!q;s/^# \{0,1\}//p;}' "$1"; }

# usage: say WORDS...: one line of the log.
say() { printf '%s\n' "-- $*"; }

# usage: seconds_of 1h30m: a time in seconds. Fails if it isn't a time. The program reads durations by the same grammar:
# numbers with units, in any order.
seconds_of() {
  local rest=$1 total=0
  [[ -n $rest ]] || return 1
  while [[ $rest =~ ^([0-9]{1,6})([hms])(.*)$ ]]; do
    case ${BASH_REMATCH[2]} in
      h) total=$((total + 10#${BASH_REMATCH[1]} * 3600)) ;;
      m) total=$((total + 10#${BASH_REMATCH[1]} * 60)) ;;
      s) total=$((total + 10#${BASH_REMATCH[1]})) ;;
    esac
    rest=${BASH_REMATCH[3]}
  done
  [[ -z $rest ]] || return 1
  printf '%d' "$total"
}

# usage: jq_gate ARGUMENTS...: jq, for programs that include a file of gate/.
jq_gate() { jq -L "$here/gate" "$@"; }
