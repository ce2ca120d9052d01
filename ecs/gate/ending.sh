# shellcheck shell=bash
# How a run of the gate ends. Every function whose name begins with end_ ends the script.

warn() {
  say "Warning: $*"
  warnings+=("$*")
}

# usage: write_verdict CODE OUTCOME TOUCHED HAPPENED WHAT_NOW: a verdict of the gate's own, in $work/verdict.json.
write_verdict() {
  jq -n --argjson code "$1" --arg outcome "$2" --arg touched "$3" --arg happened "$4" --arg now "$5" '
    { exitCode: $code, outcome: $outcome, touched: $touched, happened: $happened, whatNow: $now,
      warnings: [], again: null }' >"$work/verdict.json"
}

# The verdict on the task that stopped, in $work/verdict.json.
judge() {
  { grep -a '"event":"run.finished"' "$work/log" || true; } \
    | jq -cR '(try fromjson catch null) | objects | select(.event == "run.finished")' \
    | tail -1 >"$work/finished.json" || true
  jq -n --slurpfile task "$work/task.json" --slurpfile finished "$work/finished.json" --arg container "$container" \
    --arg limit "$timeout" --arg timed_out "$timed_out" --arg ran "$ran" '
    { task: $task[0], finished: ($finished[0] // null), container: $container, limit: $limit,
      timedOut: ($timed_out != ""), ran: ($ran != "") }' \
    | jq -f "$here/verdict.jq" >"$work/verdict.json"
}

# usage: end_bad_input SENTENCE...
end_bad_input() {
  write_verdict 64 bad-input no "$*" "Nothing was started; ecs/run-task --help shows the options." && end_with_verdict
}

# usage: end_never_started SENTENCE...
end_never_started() {
  write_verdict 65 never-started no "$*" "Fix this, then run again." && end_with_verdict
}

# usage: end_outcome_unknown SENTENCE...
end_outcome_unknown() {
  write_verdict 68 unknown unknown "$*" "Check the task before you deploy anything." && end_with_verdict
}

# Reports the verdict in the log, as an annotation, as outputs and in the summary, and ends with its exit code.
end_with_verdict() {
  local code happened touched now each
  set +e
  trap '' PIPE
  for each in ${warnings[@]+"${warnings[@]}"}; do
    jq --arg warning "$each" '.warnings += [$warning]' "$work/verdict.json" >"$work/verdict.next" \
      && mv "$work/verdict.next" "$work/verdict.json"
  done
  code=$(jq .exitCode "$work/verdict.json") || code=68
  happened=$(jq -r .happened "$work/verdict.json")
  touched=$(jq -r .touched "$work/verdict.json")
  now=$(jq -r .whatNow "$work/verdict.json")
  jq -r '.warnings[] | "Warning: " + .' "$work/verdict.json"
  printf '%s\nDatabase touched: %s.%s\n' "$happened" "$touched" "${now:+ $now}"
  # Only after the log: text from the database or ECS may look like a workflow command.
  [[ -z $stop_token ]] || printf '::%s::\n' "$stop_token"
  [[ -z ${GITHUB_ACTIONS:-} ]] || annotate "$code" "$happened Database touched: $touched. $now"
  write_outputs "$code"
  write_summary
  trap '' INT TERM HUP PIPE EXIT
  rm -rf "$work"
  exit "$code"
}
