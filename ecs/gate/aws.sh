# shellcheck shell=bash
# Calls of the AWS CLI: in the background, so that a signal is heard at once; judged by what they complain of.

# usage: ask FILE ARGUMENTS...: one call; its answer in FILE, its complaint in $complaint. What asks for credentials may hang
# for ever, so the call has a bound where the system knows timeout.
ask() {
  local answer=$1 status=0 i bound=()
  ! command -v timeout >/dev/null || bound=(timeout -k 5 120)
  ${bound[@]+"${bound[@]}"} aws "${@:2}" --output json --cli-connect-timeout 10 --cli-read-timeout 20 >"$answer" 2>"$work/complaint" &
  child=$!
  # In a trap, wait may answer for the signal that led there; asked again, it answers for the call.
  for ((i = 0; i < 3; i++)); do
    status=0
    wait "$child" || status=$?
    ((status > 128)) || break
  done
  complaint=$(tr '\n' ' ' <"$work/complaint" | sed 's/^ *//; s/ *$//') || complaint=''
  ((status == 0)) || complaint=${complaint:-'No answer: Read timeout of the AWS CLI itself'}
  # An order whose answer was lost may have been carried out.
  [[ $status == 0 || $(kind) != passing || $complaint == *Throttl* || $complaint == *'Rate exceeded'* ]] || lost=yes
  return "$status"
}

# What kind of complaint it is: passing, expired, denied or refused.
kind() {
  case $complaint in
    *ExpiredToken* | *RequestExpired* | *'token included in the request is expired'* | *'has expired'*) printf 'expired' ;;
    *AccessDenied* | *UnauthorizedOperation* | *'not authorized to perform'*) printf 'denied' ;;
    *Throttl* | *TooManyRequests* | *'Rate exceeded'* | *ServiceUnavailable* | *ServerException* | *InternalError* | *InternalFailure* | \
      *'Could not connect'* | *'onnect timeout'* | *'Read timeout'* | *'Connection was closed'* | *'onnection reset'* | *'Connection aborted'* | \
      *'reached max retries'* | *'Internal Server Error'* | *'SSL validation failed'* | *'connect to proxy'* | *'Connection broken'* | \
      *'name resolution'* | *'Max retries exceeded'*) printf 'passing' ;;
    *) printf 'refused' ;;
  esac
}

# usage: ask_patiently FILE ARGUMENTS...: as ask, but what passes is asked again with growing pauses, within the time limit.
ask_patiently() {
  local seconds=1
  until ask "$@"; do
    [[ $(kind) == passing ]] && ((SECONDS + seconds < ends_at)) || return 1
    pause "$seconds"
    seconds=$((seconds < 15 ? seconds * 2 : 15))
  done
}

# A pause that a signal ends, and in which the end of whoever called us is noticed: a cancelled job may tell nobody.
pause() {
  sleep "$1" &
  wait $! || true
  [[ $(parent) == "$PPID" ]] || cancelled 143 'its caller is gone'
}

parent() { ps -o ppid= -p $$ 2>/dev/null | tr -d ' ' || printf '%s' "$PPID"; }
