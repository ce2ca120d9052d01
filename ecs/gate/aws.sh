# shellcheck shell=bash
# Calls of the AWS CLI. They run in the background, so that a signal takes effect at once. Errors are judged by text.
#
# The script that sources this provides:
#   $work             a folder for temporary files
#   $ends_at          when ask_patiently gives up, on the clock $SECONDS
#   $lost             becomes "yes" when the answer to a call may have been lost; the caller resets it
#   end_cancelled     usage: end_cancelled CODE WHY; ends the script
# and gets, after each call:
#   $complaint        the error message; empty if the call succeeded
#   $child            the call's process

export AWS_PAGER='' AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=3 AWS_CLI_AUTO_PROMPT=off

# usage: ask FILE ARGUMENTS...: one call, with its answer in FILE. Credential helpers may hang forever, so the call has
# a time limit if the system has the command timeout.
ask() {
  local answer=$1 status=0 i bound=()
  ! command -v timeout >/dev/null || bound=(timeout -k 5 120)
  ${bound[@]+"${bound[@]}"} aws "${@:2}" --output json --cli-connect-timeout 10 --cli-read-timeout 20 \
    >"$answer" 2>"$work/complaint" &
  child=$!
  # Inside a trap, wait may return the status of the signal that caused the trap. Called again, it returns the call's.
  for ((i = 0; i < 3; i++)); do
    status=0
    wait "$child" || status=$?
    ((status > 128)) || break
  done
  complaint=$(tr '\n' ' ' <"$work/complaint" | sed 's/^ *//; s/ *$//') || complaint=''
  if ((status != 0)); then
    complaint=${complaint:-'No answer: Read timeout of the AWS CLI itself'}
    if answer_may_be_lost; then lost=yes; fi
  fi
  return "$status"
}

# Whether AWS may have carried out the call that failed. A throttled call was not carried out.
answer_may_be_lost() {
  [[ $(complaint_kind) == passing && $complaint != *Throttl* && $complaint != *'Rate exceeded'* ]]
}

# The kind of error: passing, expired, denied or refused.
complaint_kind() {
  case $complaint in
    *ExpiredToken* | *RequestExpired* | *'has expired'*) printf 'expired' ;;
    *'token included in the request is expired'*) printf 'expired' ;;
    *AccessDenied* | *UnauthorizedOperation* | *'not authorized to perform'*) printf 'denied' ;;
    *Throttl* | *TooManyRequests* | *'Rate exceeded'*) printf 'passing' ;;
    *ServiceUnavailable* | *ServerException* | *InternalError* | *InternalFailure*) printf 'passing' ;;
    *'Internal Server Error'* | *'reached max retries'* | *'Max retries exceeded'*) printf 'passing' ;;
    *'Could not connect'* | *'onnect timeout'* | *'Read timeout'* | *'name resolution'*) printf 'passing' ;;
    *'Connection was closed'* | *'onnection reset'* | *'Connection aborted'* | *'Connection broken'*) printf 'passing' ;;
    *'SSL validation failed'* | *'connect to proxy'*) printf 'passing' ;;
    *) printf 'refused' ;;
  esac
}

# usage: ask_patiently FILE ARGUMENTS...: as ask, but repeats the call after passing errors until $ends_at, with
# growing pauses.
ask_patiently() {
  local seconds=1
  until ask "$@"; do
    [[ $(complaint_kind) == passing ]] || return 1
    ((SECONDS + seconds < ends_at)) || return 1
    pause "$seconds"
    seconds=$((seconds < 15 ? seconds * 2 : 15))
  done
}

# usage: pause SECONDS: a signal ends the pause. A cancelled job may send no signal, so a pause also checks that the
# script's caller still runs.
pause() {
  sleep "$1" &
  wait $! || true
  [[ $(parent) == "$PPID" ]] || end_cancelled 143 'its caller has exited'
}

parent() { ps -o ppid= -p $$ 2>/dev/null | tr -d ' ' || printf '%s' "$PPID"; }
