# shellcheck shell=bash
# The running task: read its state, follow it, stop it.

# Reads the task's state once, into $work/task.json. Fails if it can't be read for now.
look() {
  if ask "$work/described.json" ecs describe-tasks --cluster "$cluster" --tasks "$task"; then
    if [[ $(jq '.tasks | length' "$work/described.json") -gt 0 ]]; then
      jq '.tasks[0]' "$work/described.json" >"$work/task.json"
      seen_at=$SECONDS
      if has_run; then ran=yes; fi
      return 0
    fi
    ((SECONDS - seen_at < missing_seconds)) \
      || end_outcome_unknown "ECS hasn't known task $task for a minute, so its outcome is unknown."
    return 1
  fi
  case $(complaint_kind) in
    expired | denied) ;;
    *) ((SECONDS - seen_at >= blind_seconds)) || return 1 ;;
  esac
  end_outcome_unknown "The task's state can't be read any more ($complaint). It may still run: $task"
}

# Whether the task in $work/task.json has started.
has_run() {
  jq -e --arg container "$container" '.startedAt or .lastStatus == "RUNNING"
    or any(.containers[]?; .name == $container and .runtimeId)' "$work/task.json" >/dev/null
}

task_status() { jq -r '.lastStatus // ""' "$work/task.json" 2>/dev/null || true; }

# Follows log and state until the task has stopped. At the time limit it stops the task.
follow() {
  local status='' before=''
  seen_at=$SECONDS
  while true; do
    if look; then
      status=$(task_status)
      [[ $status == "$before" ]] || say "Task ${task##*/}: $status"
      before=$status
    fi
    read_log
    [[ $status != STOPPED ]] || break
    if ((SECONDS >= ends_at)); then stop_at_time_limit; fi
    if [[ $status == RUNNING || -z $status ]]; then pause 1; else pause 2; fi
  done
  drain_log
}

# Stops the task when the time limit has passed; gives up if it still runs five minutes later.
stop_at_time_limit() {
  [[ -z $timed_out ]] || end_outcome_unknown "ECS was asked to stop the task five minutes ago, and it still runs: $task"
  timed_out=yes
  say "The time limit of $timeout has passed: stopping the task."
  stop_task_surely "The gate's time limit of $timeout has passed" \
    || end_outcome_unknown "The time limit of $timeout has passed and the task couldn't be stopped: $task"
  # Stopping takes the task's stop timeout, at most two minutes, and the time that ECS needs.
  ends_at=$((SECONDS + 300))
}

# usage: stop_task REASON: asks ECS to stop it. ECS sends SIGTERM first, so the program cancels and rolls back.
stop_task() {
  if ! ask "$work/stopped.json" ecs stop-task --cluster "$cluster" --task "$task" --reason "$1"; then
    warn "The task couldn't be stopped and may still run ($complaint): $task"
    return 1
  fi
}

# usage: stop_task_surely REASON: as stop_task, repeated after passing errors, which must not leave the task running.
stop_task_surely() {
  local i
  for ((i = 0; i < 6; i++)); do
    if stop_task "$1"; then return 0; fi
    case $(complaint_kind) in expired | denied) return 1 ;; esac
    pause 5
  done
  return 1
}
