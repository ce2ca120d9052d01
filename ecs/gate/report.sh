# shellcheck shell=bash
# The verdict for GitHub: an annotation, outputs for later steps, a summary. If one can't be written, the verdict stays.

# Where a statement failed, as properties of an annotation: its file in this checkout, if that has one such file.
failed_at() {
  local file line found
  file=$(jq -r '.failed.sourceFile | strings' "$work/finished.json" 2>/dev/null) || return 0
  line=$(jq -r '.failed.sourceLine | numbers | floor' "$work/finished.json" 2>/dev/null) || return 0
  [[ $file =~ ^[A-Za-z0-9._/\ -]+$ && -n $line ]] || return 0
  found=$(git -C "${GITHUB_WORKSPACE:-.}" ls-files -- "$file" ":(glob)**/$file" 2>/dev/null) || found=''
  [[ -n $found && $found != *$'\n'* ]] || found=$file
  printf 'file=%s,line=%s,' "$found" "$line"
}

# usage: annotate CODE TEXT
annotate() {
  local level=error text=${2//'%'/%25}
  [[ $1 != 0 ]] || level=notice
  text=${text//$'\r'/%0D}
  printf '::%s %stitle=Lockkeeper::%s\n' "$level" "$(failed_at)" "${text//$'\n'/%0A}"
}

# Written as soon as the task is known: if this step is killed, a later one has to stop the task.
write_task_output() {
  [[ -n ${GITHUB_OUTPUT:-} ]] || return 0
  printf 'task-arn=%s\n' "$task" >>"$GITHUB_OUTPUT" || warn "GITHUB_OUTPUT can't be written."
}

# usage: write_outputs CODE
write_outputs() {
  local outcome applied
  [[ -n ${GITHUB_OUTPUT:-} ]] || return 0
  outcome=$(jq -r .outcome "$work/verdict.json")
  applied=$(jq -r '.appliedCount | numbers | floor' "$work/finished.json" 2>/dev/null | grep .) || applied=0
  printf 'task-arn=%s\nexit-code=%s\noutcome=%s\napplied=%s\n' "$task" "$1" "$outcome" "$applied" \
    >>"$GITHUB_OUTPUT" || true
}

write_summary() {
  [[ -n $summary ]] || return 0
  jq -R 'try fromjson catch empty | objects | select(.event)' "$work/log" >"$work/events" 2>/dev/null || true
  jq_gate -r \
    --slurpfile log "$work/events" --slurpfile task "$work/task.json" --slurpfile finished "$work/finished.json" \
    --slurpfile registered "$work/definition.json" --arg container "$container" --argjson command "$command" \
    --arg image "$image" --arg region "$region" --arg cluster "$cluster" \
    --arg log_group "$log_group" --arg log_stream "$log_stream" \
    -f "$here/gate/summary.jq" "$work/verdict.json" >>"$summary" \
    || printf 'The summary could not be written to %s.\n' "$summary"
}
