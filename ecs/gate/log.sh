# shellcheck shell=bash
# The container's log: read while it grows, shown as lines for people, kept whole in $work/log for the summary.

# Sets where the task's log is.
find_log() {
  log_token='' log_seen='' log_trouble='' count=0
  : >"$work/log"
  local options
  options=$(jq -c --arg container "$container" '.containerDefinitions[] | select(.name == $container) | .logConfiguration.options' "$work/definition.json")
  log_group=$(jq -r '.["awslogs-group"]' <<<"$options")
  log_region=$(jq -r '.["awslogs-region"]' <<<"$options")
  log_stream="$(jq -r '.["awslogs-stream-prefix"]' <<<"$options")/$container/${task##*/}"
}

# What is there by now, some pages at a time, since the clock must be looked at; an empty page isn't the end, a token that
# comes back is. Trouble never changes a verdict.
read_log() {
  local next arguments i
  [[ -z $log_trouble ]] || return 0
  for ((i = 0; i < 10; i++)); do
    arguments=(--log-group-name "$log_group" --log-stream-name "$log_stream" --start-from-head)
    [[ -z $log_token ]] || arguments+=(--next-token "$log_token")
    ask "$work/page.json" logs get-log-events --region "$log_region" "${arguments[@]}" || { log_refused; return 0; }
    show_page
    next=$(jq -r '.nextForwardToken // ""' "$work/page.json")
    [[ -n $next && $next != "$log_token" ]] || return 0
    log_token=$next
    # A page with few lines is what came since the last look; the rest comes with the next one.
    ((count == 0 || count > 500)) || return 0
  done
}

# One substitution a command: bash 5.2 would run a trap that waits for the first while it reads the second, and fail.
show_page() {
  count=$(jq '.events | length' "$work/page.json")
  ((count > 0)) || return 0
  log_seen=yes
  jq -r '.events[].message' "$work/page.json" >"$work/lines"
  cat "$work/lines" >>"$work/log"
  jq -rR -f "$here/gate/log.jq" "$work/lines" || printf -- '-- (%s lines of the log could not be shown)\n' "$(wc -l <"$work/lines")"
}

# No stream yet is no trouble; no right to read it is told once.
log_refused() {
  case $complaint in
    *ResourceNotFound*) ;;
    *)
      [[ $(kind) == passing ]] || {
        log_trouble=$complaint
        warn "The log can't be read, which changes nothing in the verdict: $complaint"
      }
      ;;
  esac
}

# The last lines arrive after the task has stopped: read until nothing new has come for some seconds.
drain_log() {
  local quiet=0 size
  [[ -n $(jq -r '.startedAt // ""' "$work/task.json") ]] || return 0
  read_log
  while ((quiet < 6)) && [[ -z $log_trouble ]] && ! grep -qa '"event":"run.finished"' "$work/log"; do
    size=$(wc -c <"$work/log")
    pause 1
    read_log
    if [[ $(wc -c <"$work/log") == "$size" ]]; then quiet=$((quiet + 1)); else quiet=0; fi
  done
  [[ -n $log_seen || -n $log_trouble ]] || warn "No log came from $log_group $log_stream."
}
