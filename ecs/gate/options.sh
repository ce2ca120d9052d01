# shellcheck shell=bash
# The options. They are read and checked before the first call to AWS.

read_options() {
  local word name
  while [[ $# -gt 0 ]]; do
    case $1 in
      --)
        shift
        for word in "$@"; do
          command=$(jq -nc --argjson command "$command" --arg word "$word" '$command + [$word]')
        done
        return
        ;;
      --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
      --cluster | --task-definition | --image | --container | --service | --subnets | --security-groups | \
        --assign-public-ip | --timeout | --snapshot | --summary)
        [[ $# -ge 2 && $2 != -- ]] || end_bad_input "$1 needs a value."
        name=${1#--}
        printf -v "${name//-/_}" '%s' "$2"
        shift 2
        ;;
      *) end_bad_input "There is no option $1 (the container's command follows --)." ;;
    esac
  done
}

# Reports every problem at once. Sets $timeout_seconds and $region.
check_options() {
  local wrong=()
  command -v aws >/dev/null || wrong+=("The AWS CLI (aws) isn't installed.")
  [[ -n $cluster ]] || wrong+=("--cluster is missing.")
  check_task_definition
  [[ -n $service || -n $subnets ]] || wrong+=("--service (to take subnets from) or --subnets is missing.")
  [[ -n $service || -n $security_groups ]] || wrong+=("--security-groups is missing.")
  case $assign_public_ip in
    '' | ENABLED | DISABLED) ;;
    *) wrong+=("--assign-public-ip is ENABLED or DISABLED.") ;;
  esac
  timeout_seconds=$(seconds_of "$timeout") || timeout_seconds=0
  ((timeout_seconds >= 20 && timeout_seconds <= 86400)) \
    || wrong+=("--timeout is a time from 20s to 24h, such as 30m or 1h30m, not $timeout.")
  region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
  [[ -n $region ]] || wrong+=("No region: set AWS_REGION.")
  [[ ${#wrong[@]} == 0 ]] || end_bad_input "$(printf '%s\n' "${wrong[@]}")"
}

# Adds to its caller's $wrong.
check_task_definition() {
  if [[ -z $task_definition ]]; then
    wrong+=("--task-definition is missing: a file, or the name of a registered family.")
  elif [[ -f $task_definition ]]; then
    [[ $image =~ @sha256:[0-9a-f]{64}$ ]] \
      || wrong+=("--image must be by digest: repository@sha256:... (Jib writes the digest to target/jib-image.digest).")
  elif [[ $task_definition == *.json ]]; then
    wrong+=("There is no file $task_definition.")
  elif [[ -n $image ]]; then
    wrong+=("--image is only for a task definition in a file; $task_definition runs as it is registered.")
  fi
}

# Credentials that expire before the time limit would leave the task without its gate.
check_credentials() {
  local expires
  if [[ -n ${AWS_CREDENTIAL_EXPIRATION:-} ]]; then
    expires=$(jq -n --arg time "$AWS_CREDENTIAL_EXPIRATION" \
      '$time | sub("\\.[0-9]+"; "") | sub("[+]00:?00$"; "Z") | fromdateiso8601' 2>/dev/null || true)
    if [[ -z $expires ]]; then
      warn "AWS_CREDENTIAL_EXPIRATION isn't a time such as 2026-01-31T12:00:00Z, so it isn't checked."
    elif (($(date +%s) + timeout_seconds >= expires)); then
      end_bad_input "The AWS credentials expire at $AWS_CREDENTIAL_EXPIRATION, before the time limit of $timeout:" \
        "ask for a longer session (role-duration-seconds) or lower --timeout."
    fi
  elif ((timeout_seconds > 3000)) && [[ -n ${GITHUB_ACTIONS:-} ]]; then
    warn "The time limit is above 50 minutes: make sure that the role's session lasts longer" \
      "(role-duration-seconds; the default is an hour)."
  fi
}

sha256() { { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-64; }

# Sets $started_by: the same in every attempt of one job. On a laptop there is no job, so user and host identify it.
identify() {
  local run=${GITHUB_RUN_ID:-${CI_PIPELINE_ID:-${BUILD_TAG:-}}} job
  job="${GITHUB_REPOSITORY:-}|$run|${GITHUB_JOB:-${CI_JOB_NAME:-}}|${GITHUB_ACTION:-}"
  [[ -n $run ]] || job="$(id -un)@$(uname -n)"
  started_by=$(printf '%s' "$job|$cluster" | sha256)
  started_by=lockkeeper-${started_by:0:24}
}
