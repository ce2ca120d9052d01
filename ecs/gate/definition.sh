# shellcheck shell=bash
# Which revision of which task definition to run.

# Sets $definition (ARN) and leaves the definition itself in $work/definition.json.
choose_definition() {
  if [[ -f $task_definition ]]; then
    render_definition
    register_definition
  else
    describe_definition "$task_definition" "$work/definition.json" \
      || end_never_started "The task definition $task_definition can't be read: $complaint"
  fi
  check_definition
  definition=$(jq -r .taskDefinitionArn "$work/definition.json")
}

# usage: describe_definition NAME FILE
describe_definition() {
  ask_patiently "$work/described.json" ecs describe-task-definition --task-definition "$1" || return 1
  jq .taskDefinition "$work/described.json" >"$2"
}

# Fills the file's placeholders, and names the image by digest.
render_definition() {
  local missing
  jq empty "$task_definition" 2>"$work/complaint" \
    || end_bad_input "$task_definition isn't valid JSON: $(<"$work/complaint")"
  missing=$(jq_gate -r --arg region "$region" \
    'include "definition"; missing(environment($region)) | join(", ")' "$task_definition")
  [[ -z $missing ]] \
    || end_bad_input "$task_definition needs values for $missing: set them as environment variables" \
      "(ecs/README.md says which)."
  jq_gate --arg region "$region" --arg container "$container" --arg image "$image" \
    'include "definition"; filled(environment($region)) | pinned($container; $image)' \
    "$task_definition" >"$work/definition.json"
  check_definition
}

check_definition() {
  local problems
  problems=$(jq_gate -r --arg container "$container" 'include "definition"; problems($container)[]' \
    "$work/definition.json")
  [[ -z $problems ]] || end_bad_input "$problems"
}

# Registers it, unless the newest revision of its family is the same.
register_definition() {
  local family revision
  family=$(jq -r .family "$work/definition.json")
  if describe_definition "$family" "$work/newest.json" \
    && same_definition "$work/newest.json" "$work/definition.json"; then
    revision=$(jq -r '.taskDefinitionArn | split("/")[-1]' "$work/newest.json")
    say "Task definition $revision is up to date."
    mv "$work/newest.json" "$work/definition.json"
    return
  fi
  # ECS refuses to describe a family that doesn't exist yet.
  [[ -z $complaint || $(complaint_kind) == refused ]] \
    || end_never_started "The task definition $family can't be read: $complaint"
  ask_patiently "$work/registered.json" ecs register-task-definition --cli-input-json "file://$work/definition.json" \
    || end_never_started "The task definition $family can't be registered: $complaint"
  jq .taskDefinition "$work/registered.json" >"$work/definition.json"
  revision=$(jq -r '.taskDefinitionArn | split("/")[-1]' "$work/definition.json")
  say "Registered task definition $revision."
}

same_definition() {
  jq_gate -n -e --slurpfile one "$1" --slurpfile other "$2" \
    'include "definition"; ($one[0] | comparable) == ($other[0] | comparable)' >/dev/null
}
