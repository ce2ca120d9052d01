# shellcheck shell=bash
# The task itself: found, started, looked at, stopped.

# Sets $network: subnets, security groups and public address, from the options or from the app's service.
choose_network() {
  local from_service='{}'
  if [[ -n $service ]]; then
    ask_patiently "$work/service.json" ecs describe-services --cluster "$cluster" --services "$service" \
      || cannot_start "The service $service can't be read: $complaint"
    from_service=$(jq -c '.services[0] // {} | select(.status == "ACTIVE") | .networkConfiguration.awsvpcConfiguration // {}' "$work/service.json")
    [[ -n $from_service ]] || cannot_start "Cluster $cluster has no active service $service to take subnets from."
    [[ -n $security_groups ]] || warn "The task uses the security groups of service $service; one of its own (--security-groups) keeps the database closed to everything else."
  fi
  network=$(jq -c --arg subnets "$subnets" --arg groups "$security_groups" --arg public "$assign_public_ip" '
    def list: split(",") | map(select(. != ""));
    { subnets: (if $subnets != "" then $subnets | list else .subnets end),
      securityGroups: (if $groups != "" then $groups | list else .securityGroups end),
      assignPublicIp: (if $public != "" then $public else .assignPublicIp // "DISABLED" end) }
    | with_entries(select(.value != null))' <<<"$from_service")
  [[ $(jq '.subnets | length' <<<"$network") -gt 0 ]] || cannot_start "Service $service has no subnets of its own: give --subnets."
}

# The container's own deadline, inside what is left of the gate's limit, so that it ends by itself and says what it did.
deadline() {
  local left=$((ends_at - SECONDS))
  printf '%ds' $((left >= 240 ? left - 120 : left >= 2 ? left / 2 : 1))
}

# Leaves RunTask's parameters in $work/run.json.
write_parameters() {
  jq -n --arg cluster "$cluster" --arg definition "$definition" --arg container "$container" --argjson network "$network" \
    --argjson command "$command" --arg started_by "$started_by" --arg deadline "$(deadline)" --slurpfile registered "$work/definition.json" '
    ($registered[0].containerDefinitions[] | select(.name == $container) | .environment // [] | map(.name)) as $named
    | { cluster: $cluster, taskDefinition: $definition, launchType: "FARGATE", count: 1, startedBy: $started_by,
        networkConfiguration: { awsvpcConfiguration: $network }, propagateTags: "TASK_DEFINITION",
        overrides: { containerOverrides: [ { name: $container }
          + (if ($command | length) > 0 then { command: $command } else {} end)
          + (if $named | index("LOCKKEEPER_DEADLINE") then {} else { environment: [{ name: "LOCKKEEPER_DEADLINE", value: $deadline }] } end) ] } }' >"$work/run.json"
  [[ $(jq -c .overrides "$work/run.json" | wc -c) -le 8192 ]] || bad_input "The command is too long: ECS takes 8,192 characters of overrides."
}

# A live task that an earlier attempt of this job started, with this definition and this command. Sets $task.
find_live() {
  ask_patiently "$work/live.json" ecs list-tasks --cluster "$cluster" --started-by "$started_by" \
    || cannot_start "Tasks of cluster $cluster can't be listed: $complaint"
  jq '{ cluster: $cluster, tasks: .taskArns }' --arg cluster "$cluster" "$work/live.json" >"$work/request.json"
  [[ $(jq '.tasks | length' "$work/request.json") -gt 0 ]] || return 0
  ask_patiently "$work/live.json" ecs describe-tasks --cli-input-json "file://$work/request.json" \
    || cannot_start "Tasks that an earlier attempt may have started can't be looked at: $complaint"
  task=$(jq -r --arg definition "$definition" --arg container "$container" --argjson command "$command" '
    [ .tasks[]? | select(.taskDefinitionArn == $definition and .desiredStatus != "STOPPED")
      | select((first(.overrides.containerOverrides[]? | select(.name == $container)) // {} | .command // []) == $command) ]
    | sort_by(.createdAt) | last | .taskArn // ""' "$work/live.json")
  [[ -z $task ]] || say "An earlier attempt of this job started ${task##*/}, which still runs: following it."
}

# Runs the task. Sets $task. One token for every time that it is asked for, since an answer may be lost; never that of
# another start, which ECS would answer with the task of then, though it ended a day ago.
start() {
  local token seconds=2 tries=0
  write_parameters
  token=$(printf '%s' "$started_by|$(date +%s)|$$|$RANDOM$RANDOM$RANDOM$RANDOM" | hash)
  lost=''
  jq --arg token "$token" '.clientToken = $token' "$work/run.json" >"$work/request.json"
  starting=yes
  while true; do
    if ask "$work/started.json" ecs run-task --cli-input-json "file://$work/request.json"; then
      task=$(jq -r '.tasks[0].taskArn // ""' "$work/started.json")
      [[ -z $task ]] || break
      complaint=$(jq -r '[.failures[]? | "\(.reason // "")\(if .detail then " (\(.detail))" else "" end)"] | unique | join("; ")' "$work/started.json")
      # Room may be free in a minute; what a failure without room says won't change.
      [[ $complaint == *apacity* || $complaint == *RESOURCE* || $complaint == *AGENT* ]] || not_started "ECS started no task: ${complaint:-no reason given}"
    elif [[ $complaint == *ConflictException* && $complaint =~ (arn:aws[a-z-]*:ecs:[^[:space:],\"\']*:task/[A-Za-z0-9_/-]+) ]]; then
      task=${BASH_REMATCH[1]}
      break
    elif [[ $(kind) != passing ]]; then
      not_started "$(start_refused)"
    fi
    ((++tries < 10 && SECONDS + seconds < ends_at)) || not_started "ECS started no task in $tries attempts: $complaint"
    pause $((seconds + RANDOM % seconds))
    seconds=$((seconds < 20 ? seconds * 2 : 20))
  done
  starting=
}

# Nothing was started, unless an answer was lost on the way: then nobody knows.
not_started() {
  [[ -n $lost ]] || cannot_start "$1"
  outcome_unknown "Whether a task was started isn't known, since an answer of ECS was lost; its tasks are started by $started_by. $1"
}

start_refused() {
  case $(kind)/$complaint in
    */*'"clientToken"'*) printf 'This AWS CLI is too old to start a task exactly once (it knows no clientToken): use 2.14, or 1.32 of version 1, or newer.' ;;
    denied/*) printf 'The deploy role may not start the task (ecs:RunTask on the family, iam:PassRole on its two roles, ecs:TagResource): %s' "$complaint" ;;
    *) printf "ECS refused to start the task: %s" "$complaint" ;;
  esac
}

# Looks once; leaves the task in $work/task.json. Fails where nothing can be seen for now.
look() {
  if ask "$work/described.json" ecs describe-tasks --cluster "$cluster" --tasks "$task"; then
    if [[ $(jq '.tasks | length' "$work/described.json") -gt 0 ]]; then
      jq '.tasks[0]' "$work/described.json" >"$work/task.json"
      seen_at=$SECONDS
      ! jq -e --arg container "$container" '.startedAt or .lastStatus == "RUNNING" or any(.containers[]?; .name == $container and .runtimeId)' \
        "$work/task.json" >/dev/null || ran=yes
      return 0
    fi
    ((SECONDS - seen_at < ${LOCKKEEPER_MISSING_SECONDS:-60})) \
      || outcome_unknown "ECS has not known task $task for a minute: what became of it can't be said."
    return 1
  fi
  case $(kind) in
    expired | denied) ;;
    *) ((SECONDS - seen_at >= ${LOCKKEEPER_BLIND_SECONDS:-300})) || return 1 ;;
  esac
  outcome_unknown "The task can't be looked at any more ($complaint). It may still run: $task"
}

status() { jq -r '.lastStatus // ""' "$work/task.json" 2>/dev/null || true; }

# usage: stop_task REASON: asks ECS to stop it; SIGTERM first, so that the program cancels and rolls back.
stop_task() {
  ask "$work/stopped.json" ecs stop-task --cluster "$cluster" --task "$task" --reason "$1" || {
    warn "The task couldn't be stopped and may still run ($complaint): $task"
    return 1
  }
}

# A refusal that passes must not leave the task running.
stop_task_surely() {
  local i
  for ((i = 0; i < 6; i++)); do
    ! stop_task "$1" || return 0
    case $(kind) in expired | denied) return 1 ;; esac
    pause 5
  done
  return 1
}

# Follows log and state until the task has stopped, or the time limit has passed and it was stopped.
follow() {
  local before=''
  seen_at=$SECONDS
  while true; do
    if look; then
      [[ $(status) == "$before" ]] || say "Task ${task##*/}: $(status)"
      before=$(status)
    fi
    read_log
    [[ $before != STOPPED ]] || break
    if ((SECONDS >= ends_at)) && [[ -z $timed_out ]]; then
      timed_out=yes
      say "The time limit of $timeout_text has passed: stopping the task."
      stop_task_surely "The gate's time limit of $timeout_text has passed" || outcome_unknown "The time limit of $timeout_text has passed and the task couldn't be stopped: $task"
      # Its stop timeout of at most two minutes, and what ECS needs for itself.
      ends_at=$((SECONDS + 300))
    elif ((SECONDS >= ends_at)); then
      outcome_unknown "The task was told to stop five minutes ago and hasn't: $task"
    fi
    pause "$([[ $before == RUNNING || -z $before ]] && printf 1 || printf 2)"
  done
  drain_log
}
