# shellcheck shell=bash
# The container's log: read while it grows, shown line by line, and kept whole in $work/log for the summary.

# Sets the log's group, region and stream, and starts reading at the first line.
find_log() {
  local options
  log_token='' log_seen='' log_trouble=''
  : >"$work/log"
  options=$(jq -c --arg container "$container" \
    '.containerDefinitions[] | select(.name == $container) | .logConfiguration.options' "$work/definition.json")
  log_group=$(jq -r '.["awslogs-group"]' <<<"$options")
  log_region=$(jq -r '.["awslogs-region"]' <<<"$options")
  log_stream=$(jq -r '.["awslogs-stream-prefix"]' <<<"$options")/$container/${task##*/}
}

# Reads what is new. At most ten pages, so that the gate checks its time limit even if the log grows without end. An
# empty page isn't the end; a repeated token is. A log that can't be read never changes a verdict.
read_log() {
  local next arguments i
  [[ -z $log_trouble ]] || return 0
  for ((i = 0; i < 10; i++)); do
    arguments=(--log-group-name "$log_group" --log-stream-name "$log_stream" --start-from-head)
    [[ -z $log_token ]] || arguments+=(--next-token "$log_token")
    if ! ask "$work/page.json" logs get-log-events --region "$log_region" "${arguments[@]}"; then
      note_log_trouble
      return 0
    fi
    show_page
    next=$(jq -r '.nextForwardToken // ""' "$work/page.json")
    if [[ -z $next || $next == "$log_token" ]]; then return 0; fi
    log_token=$next
    # A page with few lines is what came since the last look. The rest comes with the next look.
    if ((page_size > 0 && page_size <= 500)); then return 0; fi
  done
}

# Sets $page_size. Never two command substitutions in one command here: a signal during the first makes bash 5.2 run the
# trap while it reads the second, and fail.
show_page() {
  page_size=$(jq '.events | length' "$work/page.json")
  ((page_size > 0)) || return 0
  log_seen=yes
  jq -r '.events[].message' "$work/page.json" >"$work/lines"
  cat "$work/lines" >>"$work/log"
  jq_gate -rR -f "$here/gate/log.jq" "$work/lines" \
    || printf -- '-- (%s lines of the log could not be shown)\n' "$(wc -l <"$work/lines")"
}

# The stream may not exist yet. A missing permission is reported once.
note_log_trouble() {
  [[ $complaint != *ResourceNotFound* ]] || return 0
  [[ $(complaint_kind) != passing ]] || return 0
  log_trouble=$complaint
  warn "The log can't be read (this doesn't change the verdict): $complaint"
}

# The last lines arrive after the task has stopped. Reads until nothing new has arrived for some seconds.
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
  [[ -n $log_seen || -n $log_trouble ]] || warn "No log arrived from $log_group $log_stream."
}
