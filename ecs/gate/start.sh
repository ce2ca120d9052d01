# shellcheck shell=bash
# Starting the task, or finding the one that an earlier attempt started.

# Sets $network: subnets, security groups and public address, from the options or else from the app's service.
choose_network() {
  local from_service='{}'
  if [[ -n $service ]]; then
    ask_patiently "$work/service.json" ecs describe-services --cluster "$cluster" --services "$service" \
      || end_never_started "The service $service can't be read: $complaint"
    from_service=$(jq -c '.services[0] // {} | select(.status == "ACTIVE")
      | .networkConfiguration.awsvpcConfiguration // {}' "$work/service.json")
    [[ -n $from_service ]] \
      || end_never_started "Cluster $cluster has no active service $service to take subnets from."
    [[ -n $security_groups ]] \
      || warn "The task uses the security groups of service $service; with its own (--security-groups)" \
        "the database can be closed to everything else."
  fi
  network=$(jq -c --arg subnets "$subnets" --arg groups "$security_groups" --arg public "$assign_public_ip" '
    def list: split(",") | map(select(. != ""));
    { subnets: (if $subnets != "" then $subnets | list else .subnets end),
      securityGroups: (if $groups != "" then $groups | list else .securityGroups end),
      assignPublicIp: (if $public != "" then $public else .assignPublicIp // "DISABLED" end) }
    | with_entries(select(.value != null))' <<<"$from_service")
  [[ $(jq '.subnets | length' <<<"$network") -gt 0 ]] \
    || end_never_started "Service $service has no subnets: use --subnets."
}

# The container's own deadline: somewhat less than what is left of the time limit, so that the container ends by itself
# and reports what it did.
deadline() {
  local left=$((ends_at - SECONDS))
  if ((left >= 240)); then
    printf '%ds' $((left - 120))
  elif ((left >= 2)); then
    printf '%ds' $((left / 2))
  else
    printf '1s'
  fi
}

# Leaves RunTask's parameters in $work/run.json. A deadline in the task definition takes precedence over the gate's.
write_parameters() {
  jq -n --arg cluster "$cluster" --arg definition "$definition" --arg container "$container" \
    --argjson network "$network" --argjson command "$command" --arg started_by "$started_by" \
    --arg deadline "$(deadline)" --slurpfile registered "$work/definition.json" '
    ($registered[0].containerDefinitions[] | select(.name == $container) | .environment // [] | map(.name)) as $named
    | (if $command == [] then {} else { command: $command } end) as $words
    | (if $named | index("LOCKKEEPER_DEADLINE") then {}
       else { environment: [{ name: "LOCKKEEPER_DEADLINE", value: $deadline }] } end) as $limit
    | { cluster: $cluster, taskDefinition: $definition, launchType: "FARGATE", count: 1, startedBy: $started_by,
        networkConfiguration: { awsvpcConfiguration: $network }, propagateTags: "TASK_DEFINITION",
        overrides: { containerOverrides: [{ name: $container } + $words + $limit] } }' >"$work/run.json"
  [[ $(jq -c .overrides "$work/run.json" | wc -c) -le 8192 ]] \
    || end_bad_input "The command is too long: ECS accepts 8,192 characters of overrides."
}

# Sets $task if an earlier attempt of this job started a task with this definition and command, and it still runs.
find_live() {
  ask_patiently "$work/live.json" ecs list-tasks --cluster "$cluster" --started-by "$started_by" \
    || end_never_started "Tasks of cluster $cluster can't be listed: $complaint"
  jq --arg cluster "$cluster" '{ cluster: $cluster, tasks: .taskArns }' "$work/live.json" >"$work/request.json"
  [[ $(jq '.tasks | length' "$work/request.json") -gt 0 ]] || return 0
  ask_patiently "$work/live.json" ecs describe-tasks --cli-input-json "file://$work/request.json" \
    || end_never_started "Tasks that an earlier attempt may have started can't be read: $complaint"
  task=$(jq -r --arg definition "$definition" --arg container "$container" --argjson command "$command" '
    def command_of_ours: first(.overrides.containerOverrides[]? | select(.name == $container)) // {} | .command // [];
    [ .tasks[]?
      | select(.taskDefinitionArn == $definition and .desiredStatus != "STOPPED" and command_of_ours == $command) ]
    | sort_by(.createdAt) | last | .taskArn // ""' "$work/live.json")
  [[ -z $task ]] || say "An earlier attempt of this job started ${task##*/}, which still runs: following it."
}

# Runs the task and sets $task. Every repetition of the request has the same token, because an answer may be lost. A new
# start has another token: for a known one, ECS returns the earlier task, even if that ended a day ago.
start() {
  local token seconds=2 tries=0
  write_parameters
  token=$(printf '%s' "$started_by|$(date +%s)|$$|$RANDOM$RANDOM$RANDOM$RANDOM" | sha256)
  lost=''
  jq --arg token "$token" '.clientToken = $token' "$work/run.json" >"$work/request.json"
  starting=yes
  while true; do
    request_task
    [[ -z $task ]] || break
    ((++tries < 10 && SECONDS + seconds < ends_at)) \
      || end_start_failed "ECS started no task in $tries attempts: $complaint"
    pause $((seconds + RANDOM % seconds))
    seconds=$((seconds < 20 ? seconds * 2 : 20))
  done
  starting=''
}

# One request. Sets $task if ECS started it; returns without one if another request may succeed.
request_task() {
  if ask "$work/started.json" ecs run-task --cli-input-json "file://$work/request.json"; then
    task=$(jq -r '.tasks[0].taskArn // ""' "$work/started.json")
    [[ -z $task ]] || return 0
    complaint=$(jq -r '[.failures[]? | "\(.reason // "")\(if .detail then " (\(.detail))" else "" end)"]
      | unique | join("; ")' "$work/started.json")
    # There may be capacity in a minute. Any other failure would be the same again.
    case $complaint in
      *apacity* | *RESOURCE* | *AGENT*) ;;
      *) end_start_failed "ECS started no task: ${complaint:-no reason given}" ;;
    esac
  elif [[ $complaint == *ConflictException* \
    && $complaint =~ (arn:aws[a-z-]*:ecs:[^[:space:],\"\']*:task/[A-Za-z0-9_/-]+) ]]; then
    task=${BASH_REMATCH[1]}
  elif [[ $(complaint_kind) != passing ]]; then
    end_start_failed "$(refusal)"
  fi
}

# usage: end_start_failed SENTENCE: nothing was started, unless the answer to a request was lost. Then it isn't known.
end_start_failed() {
  [[ -n $lost ]] || end_never_started "$1"
  end_outcome_unknown "Whether a task was started isn't known, because an answer of ECS was lost;" \
    "look for tasks started by $started_by. $1"
}

# Why ECS refused the request, in words.
refusal() {
  case $(complaint_kind)/$complaint in
    */*'"clientToken"'*)
      printf 'This AWS CLI is too old to start a task exactly once (it knows no clientToken): '
      printf 'use 2.14, or 1.32 of version 1, or newer.'
      ;;
    denied/*)
      printf 'The deploy role may not start the task '
      printf '(ecs:RunTask on the family, iam:PassRole on its two roles, ecs:TagResource): %s' "$complaint"
      ;;
    *) printf 'ECS refused to start the task: %s' "$complaint" ;;
  esac
}
