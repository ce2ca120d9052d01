# shellcheck shell=bash
# Which revision of which task definition to run.

jq_definition() { jq -L "$here/gate" "$@"; }

# Sets $definition (ARN) and leaves the definition itself in $work/definition.json.
choose_definition() {
  if [[ -f $task_definition ]]; then
    render_definition
    register_definition
  else
    describe_definition "$task_definition" "$work/definition.json" || cannot_start "The task definition $task_definition can't be read: $complaint"
  fi
  check_definition
  definition=$(jq -r .taskDefinitionArn "$work/definition.json")
}

describe_definition() {
  ask_patiently "$work/described.json" ecs describe-task-definition --task-definition "$1" || return 1
  jq .taskDefinition "$work/described.json" >"$2"
}

render_definition() {
  jq empty "$task_definition" 2>"$work/complaint" || bad_input "$task_definition isn't valid JSON: $(<"$work/complaint")"
  local missing
  missing=$(jq_definition -r --arg region "$region" 'include "definition"; missing(environment($region)) | join(", ")' "$task_definition")
  [[ -z $missing ]] || bad_input "$task_definition needs values for $missing: set them as environment variables (ecs/README.md says where from)."
  jq_definition --arg region "$region" --arg container "$container" --arg image "$image" \
    'include "definition"; filled(environment($region)) | pinned($container; $image)' "$task_definition" >"$work/definition.json"
  check_definition
}

check_definition() {
  local problems
  problems=$(jq_definition -r --arg container "$container" --arg image "$image" 'include "definition"; problems($container; $image)[]' "$work/definition.json")
  [[ -z $problems ]] || bad_input "$problems"
}

# Registers it unless the newest revision of its family asks for the same.
register_definition() {
  local family
  family=$(jq -r .family "$work/definition.json")
  if describe_definition "$family" "$work/newest.json" && same_definition "$work/newest.json" "$work/definition.json"; then
    say "Task definition $(jq -r '.taskDefinitionArn | split("/")[-1]' "$work/newest.json") is as it should be."
    mv "$work/newest.json" "$work/definition.json"
    return
  fi
  [[ -z $complaint || $(kind) == refused ]] || cannot_start "The task definition $family can't be read: $complaint"
  ask_patiently "$work/registered.json" ecs register-task-definition --cli-input-json "file://$work/definition.json" \
    || cannot_start "The task definition $family can't be registered: $complaint"
  jq .taskDefinition "$work/registered.json" >"$work/definition.json"
  say "Registered task definition $(jq -r '.taskDefinitionArn | split("/")[-1]' "$work/definition.json")."
}

same_definition() {
  jq_definition -n -e --slurpfile one "$1" --slurpfile other "$2" 'include "definition"; ($one[0] | comparable) == ($other[0] | comparable)' >/dev/null
}
