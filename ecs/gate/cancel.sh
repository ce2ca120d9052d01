# shellcheck shell=bash
# The endings that traps call: the gate was cancelled, or it failed itself.

# usage: end_cancelled CODE WHY: stops the task, within the few seconds that a runner allows.
end_cancelled() {
  trap '' INT TERM HUP PIPE EXIT
  set +e
  local touched=no happened='No task was started.' now=''
  [[ -z $starting ]] || await_start
  if [[ -n $task ]]; then
    touched=unknown
    if stop_task "The gate was cancelled: $2" || stop_task "The gate was cancelled: $2"; then
      happened='ECS was asked to stop the task.'
      now="What was in a transaction is rolled back; status shows the schema's state."
    else
      happened="The task may still run: $task."
      now='Stop it, or wait for its end.'
    fi
  elif [[ -n $starting ]]; then
    touched=unknown
    happened="ECS was asked to start a task and hasn't answered."
    now="Look for a task started by $started_by."
  fi
  write_verdict "$1" cancelled "$touched" "Cancelled: $2. $happened" "$now"
  end_with_verdict
}

# RunTask was called and hasn't answered, so the task may run already. Sets $task if it can be found.
await_start() {
  local i
  for ((i = 0; i < 8; i++)); do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.5
  done
  kill "$child" 2>/dev/null || true
  task=$(jq -r '.tasks[0].taskArn // ""' "$work/started.json" 2>/dev/null || true)
  [[ -z $task ]] || return 0
  if ask "$work/live.json" ecs list-tasks --cluster "$cluster" --started-by "$started_by"; then
    task=$(jq -r '.taskArns[0] // ""' "$work/live.json")
  fi
}

# A defect of the gate or a full disk must not look like an exit code of the container, or leave the task running.
end_gate_failed() {
  local status=$? happened='No task was started.'
  trap '' INT TERM HUP PIPE
  trap - EXIT
  set +e
  [[ -z $starting ]] || happened="A task may have been started by $started_by."
  if [[ -n $task ]]; then
    happened="ECS was asked to stop the task: $task"
    aws ecs stop-task --cluster "$cluster" --task "$task" --reason 'The gate itself failed' >/dev/null 2>&1 \
      || happened="The task may still run: $task"
  fi
  [[ -z $stop_token ]] || printf '::%s::\n' "$stop_token"
  printf 'The gate itself failed (status %s). %s\n' "$status" "$happened"
  printf 'Database touched: unknown. Check the task before you deploy anything.\n'
  rm -rf "$work"
  exit 68
}
