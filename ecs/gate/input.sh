# shellcheck shell=bash
# What the gate was asked to do, checked before anything is asked of AWS.

usage() { sed -n '/^# usage/,/^[^#]/s/^# \{0,1\}//p' "$here/run-task"; }

read_options() {
  cluster='' task_definition='' image='' container=lockkeeper service='' subnets='' security_groups='' assign_public_ip=''
  timeout_text=30m snapshot='' summary=${GITHUB_STEP_SUMMARY:-} command='[]'
  local word
  while [[ $# -gt 0 ]]; do
    case $1 in
      --)
        shift
        for word in "$@"; do command=$(jq -nc --argjson command "$command" --arg word "$word" '$command + [$word]'); done
        return
        ;;
      --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
      --cluster | --task-definition | --image | --container | --service | --subnets | --security-groups | --assign-public-ip | --timeout | --snapshot | --summary)
        [[ $# -ge 2 && $2 != -- ]] || bad_input "$1 needs a value."
        local name=${1#--}
        name=${name//-/_}
        [[ $name != timeout ]] || name=timeout_text
        printf -v "$name" '%s' "$2"
        shift 2
        ;;
      *) bad_input "There is no option $1 (the container's command stands behind --)." ;;
    esac
  done
}

check_input() {
  local wrong=()
  command -v aws >/dev/null || wrong+=("The AWS CLI (aws) isn't installed.")
  [[ -n $cluster ]] || wrong+=("--cluster is missing.")
  [[ -n $task_definition ]] || wrong+=("--task-definition is missing: a file, or the name of a registered family.")
  if [[ -f $task_definition ]]; then
    [[ $image =~ @sha256:[0-9a-f]{64}$ ]] || wrong+=("--image must name the image by digest: repository@sha256:... (Jib writes it to target/jib-image.digest).")
  elif [[ $task_definition == */*.json || $task_definition == *.json ]]; then
    wrong+=("There is no file $task_definition.")
  elif [[ -n $image ]]; then
    wrong+=("--image goes with a task definition's file; $task_definition runs as it is registered.")
  fi
  [[ -n $service || -n $subnets ]] || wrong+=("--service (to take subnets from) or --subnets is missing.")
  [[ -n $service || -n $security_groups ]] || wrong+=("--security-groups is missing.")
  [[ -z $assign_public_ip || $assign_public_ip == ENABLED || $assign_public_ip == DISABLED ]] || wrong+=("--assign-public-ip is ENABLED or DISABLED.")
  timeout=$(seconds_of "$timeout_text")
  [[ -n $timeout && $timeout -ge 20 && $timeout -le 86400 ]] || wrong+=("--timeout is a time from 20s to 24h, such as 30m or 1h30m, not $timeout_text.")
  region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
  [[ -n $region ]] || wrong+=("No region: set AWS_REGION.")
  [[ ${#wrong[@]} == 0 ]] || bad_input "$(printf '%s\n' "${wrong[@]}")"
  check_credentials
}

# usage: seconds_of 1h30m: seconds; nothing where it isn't a time.
seconds_of() {
  local rest=$1 total=0
  while [[ $rest =~ ^([0-9]{1,6})([hms])(.*)$ ]]; do
    case ${BASH_REMATCH[2]} in
      h) total=$((total + 10#${BASH_REMATCH[1]} * 3600)) ;;
      m) total=$((total + 10#${BASH_REMATCH[1]} * 60)) ;;
      s) total=$((total + 10#${BASH_REMATCH[1]})) ;;
    esac
    rest=${BASH_REMATCH[3]}
  done
  [[ -n $rest ]] || printf '%d' "$total"
}

# Credentials that end before the time limit would leave the task without its gate.
check_credentials() {
  local expires
  if [[ -n ${AWS_CREDENTIAL_EXPIRATION:-} ]]; then
    expires=$(jq -n --arg time "$AWS_CREDENTIAL_EXPIRATION" '$time | sub("\\.[0-9]+"; "") | sub("[+]00:?00$"; "Z") | fromdateiso8601' 2>/dev/null || true)
    [[ -n $expires ]] || warn "AWS_CREDENTIAL_EXPIRATION isn't a time such as 2026-01-31T12:00:00Z, so it isn't checked."
    [[ -z $expires ]] || (($(date +%s) + timeout < expires)) \
      || bad_input "The AWS credentials expire at $AWS_CREDENTIAL_EXPIRATION, before the time limit of $timeout_text: ask for a longer session (role-duration-seconds) or lower --timeout."
  elif ((timeout > 3000)) && [[ -n ${GITHUB_ACTIONS:-} ]]; then
    warn "The time limit is above 50 minutes: see that the role's session lasts longer (role-duration-seconds; an hour unless told)."
  fi
}

hash() { { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-64; }

# Who asks: the same in every attempt of one job. A laptop has no job: its user is the job.
identify() {
  local run=${GITHUB_RUN_ID:-${CI_PIPELINE_ID:-${BUILD_TAG:-}}} job
  job="${GITHUB_REPOSITORY:-}|$run|${GITHUB_JOB:-${CI_JOB_NAME:-}}|${GITHUB_ACTION:-}"
  [[ -n $run ]] || job="$(id -un)@$(uname -n)"
  started_by=$(printf '%s' "$job|$cluster" | hash)
  started_by=lockkeeper-${started_by:0:24}
}
