# shellcheck shell=bash
# How a run of the gate ends: one sentence for people, a summary, outputs for later steps, an exit code.

say() { printf '%s\n' "-- $*"; }

warn() {
  printf '%s\n' "-- Warning: $*"
  warnings+=("$*")
}

# Leaves the verdict on the stopped task in $work/verdict.json.
judge() {
  { grep -a '"event":"run.finished"' "$work/log" || true; } \
    | jq -cR '(try fromjson catch null) | objects | select(.event == "run.finished")' | tail -1 >"$work/finished.json" || true
  jq -n --slurpfile task "$work/task.json" --slurpfile finished "$work/finished.json" --arg container "$container" \
    --arg limit "$timeout_text" --arg timed_out "$timed_out" --arg ran "$ran" \
    '{ task: $task[0], finished: ($finished[0] // null), container: $container, limit: $limit, timedOut: ($timed_out != ""), ran: ($ran != "") }' \
    | jq -f "$here/verdict.jq" >"$work/verdict.json"
}

# usage: verdict_of CODE OUTCOME TOUCHED HAPPENED WHAT_NOW: a verdict of the gate's own.
verdict_of() {
  jq -n --argjson code "$1" --arg outcome "$2" --arg touched "$3" --arg happened "$4" --arg now "$5" \
    '{ exitCode: $code, outcome: $outcome, touched: $touched, happened: $happened, whatNow: $now, warnings: [], again: null }' >"$work/verdict.json"
}

bad_input() { verdict_of 64 bad-input no "$1" "Nothing was started; ecs/run-task --help shows the options." && conclude; }

cannot_start() { verdict_of 65 never-started no "$1" "Mend that, then run again." && conclude; }

outcome_unknown() { verdict_of 68 unknown unknown "$1" "Look at the task before anything is deployed." && conclude; }

# usage: cancelled CODE WHY: stops what was started, in the few seconds that a runner leaves.
cancelled() {
  trap '' INT TERM HUP PIPE EXIT
  set +e
  local touched=no stopped='' now=''
  [[ -z $starting ]] || await_start
  if [[ -n $starting && -z $task ]]; then
    touched=unknown stopped="ECS was being asked to start a task, and hasn't answered." now="Look for one that was started by $started_by."
  fi
  if [[ -n $task ]]; then
    touched=unknown
    stopped='The task was told to stop.' now='What was in a transaction is rolled back; status shows where the schema is.'
    stop_task "The gate was cancelled: $2" || stop_task "The gate was cancelled: $2" || stopped="The task may still run: $task." now='Stop it, or see how it ends.'
  fi
  verdict_of "$1" cancelled "$touched" "Cancelled: $2. ${stopped:-No task was started.}" "$now"
  conclude
}

# A defect of the gate's own, or a full disk, must not look like one of the container's endings, nor leave a task alone.
unexpected() {
  local status=$? said='No task was started.'
  trap '' INT TERM HUP PIPE
  trap - EXIT
  set +e
  [[ -z $starting ]] || said="A task may have been started, by $started_by."
  if [[ -n $task ]]; then
    said="The task was told to stop: $task"
    aws ecs stop-task --cluster "$cluster" --task "$task" --reason 'The gate itself failed' >/dev/null 2>&1 || said="The task may still run: $task"
  fi
  [[ -z $stop_token ]] || printf '::%s::\n' "$stop_token"
  printf 'The gate itself failed (status %s). %s\nDatabase touched: unknown. Look at the task before anything is deployed.\n' "$status" "$said"
  rm -rf "$work"
  exit 68
}

# RunTask was asked and hasn't answered: the task may run already.
await_start() {
  local i
  for ((i = 0; i < 8; i++)); do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.5
  done
  kill "$child" 2>/dev/null || true
  task=$(jq -r '.tasks[0].taskArn // ""' "$work/started.json" 2>/dev/null || true)
  if [[ -z $task ]] && ask "$work/live.json" ecs list-tasks --cluster "$cluster" --started-by "$started_by"; then
    task=$(jq -r '.taskArns[0] // ""' "$work/live.json")
  fi
}

# Says the verdict, in all the places where somebody may look, and ends with its code.
conclude() {
  local code happened touched now each
  set +e
  trap '' PIPE
  for each in ${warnings[@]+"${warnings[@]}"}; do
    jq --arg warning "$each" '.warnings += [$warning]' "$work/verdict.json" >"$work/verdict.next" && mv "$work/verdict.next" "$work/verdict.json"
  done
  code=$(jq .exitCode "$work/verdict.json") || code=68
  happened=$(jq -r .happened "$work/verdict.json")
  touched=$(jq -r .touched "$work/verdict.json")
  now=$(jq -r .whatNow "$work/verdict.json")
  jq -r '.warnings[] | "Warning: " + .' "$work/verdict.json"
  printf '%s\nDatabase touched: %s.%s\n' "$happened" "$touched" "${now:+ $now}"
  # Only now: what the database and ECS have said may look like a workflow command.
  [[ -z $stop_token ]] || printf '::%s::\n' "$stop_token"
  [[ -z ${GITHUB_ACTIONS:-} ]] || annotate "$code" "$happened Database touched: $touched. $now"
  write_outputs "$code"
  write_summary
  trap '' INT TERM HUP PIPE EXIT
  rm -rf "$work"
  exit "$code"
}

annotate() {
  local level=error text=${2//'%'/%25}
  [[ $1 != 0 ]] || level=notice
  text=${text//$'\r'/%0D}
  printf '::%s title=Lockkeeper::%s\n' "$level" "${text//$'\n'/%0A}"
}

write_outputs() {
  [[ -n ${GITHUB_OUTPUT:-} ]] || return 0
  printf 'task-arn=%s\nexit-code=%s\noutcome=%s\napplied=%s\n' "$task" "$1" "$(jq -r .outcome "$work/verdict.json")" \
    "$(jq -r '.appliedCount | numbers | floor' "$work/finished.json" 2>/dev/null | grep . || printf 0)" >>"$GITHUB_OUTPUT" || true
}

# A summary that can't be written changes nothing in the verdict.
write_summary() {
  [[ -n $summary ]] || return 0
  jq -R 'try fromjson catch empty | objects | select(.event)' "$work/log" >"$work/events" 2>/dev/null || true
  jq -r --slurpfile log "$work/events" --slurpfile task "$work/task.json" --slurpfile finished "$work/finished.json" --argjson command "$command" \
    --slurpfile registered "$work/definition.json" --arg container "$container" --arg image "$(image_run)" --arg region "$region" --arg cluster "$cluster" --arg group "${log_group:-}" --arg stream "${log_stream:-}" \
    '. + { log: $log, task: ($task[0] // {}), finished: ($finished[0] // null), command: (($command | if . == [] then $registered[0].containerDefinitions // [] | map(select(.name == $container) | .command // []) | add // [] else . end)
             | if . == [] then "migrate" else join(" ") end),
           image: $image, region: $region, cluster: ($cluster | split("/")[-1]), logGroup: $group, logStream: $stream }' \
    "$work/verdict.json" | jq -r -f "$here/gate/summary.jq" >>"$summary" || printf 'The summary could not be written to %s.\n' "$summary"
}

image_run() {
  jq -r --arg container "$container" 'first(.containerDefinitions[]? | select(.name == $container)) // {} | .image // "unknown"' "$work/definition.json" 2>/dev/null \
    || printf '%s' "${image:-unknown}"
}
