# shellcheck shell=bash
# A snapshot of the database before anything runs: what a change can't roll back, this can.

take_snapshot() {
  local name=${snapshot#cluster:} kind=instance id
  [[ $snapshot != cluster:* ]] || kind=cluster
  id=$(printf 'lockkeeper-%s-%s' "$name" "$(date -u +%Y%m%d-%H%M%S)")
  say "Taking snapshot $id of $name."
  case $kind in
    instance) set -- create-db-snapshot --db-instance-identifier "$name" --db-snapshot-identifier "$id" ;;
    cluster) set -- create-db-cluster-snapshot --db-cluster-identifier "$name" --db-cluster-snapshot-identifier "$id" ;;
  esac
  ask_patiently "$work/snapshot.json" rds "$@" --tags Key=lockkeeper,Value=before-migration \
    || cannot_start "No snapshot of $name: $complaint$([[ $complaint != *luster* ]] || printf ' (For Aurora: --snapshot cluster:NAME.)')"
  await_snapshot "$kind" "$id"
  say "Snapshot $id is available."
}

await_snapshot() {
  local status=''
  while [[ $status != available ]]; do
    ((SECONDS < ends_at)) || cannot_start "The snapshot $2 wasn't available within the time limit of $timeout_text (it is $status)."
    pause 5
    case $1 in
      instance) set -- "$1" "$2" describe-db-snapshots --db-snapshot-identifier "$2" ;;
      cluster) set -- "$1" "$2" describe-db-cluster-snapshots --db-cluster-snapshot-identifier "$2" ;;
    esac
    ask_patiently "$work/snapshot.json" rds "${@:3}" || cannot_start "The snapshot $2 can't be looked at: $complaint"
    status=$(jq -r '(.DBSnapshots // .DBClusterSnapshots)[0].Status' "$work/snapshot.json")
    [[ $status != failed ]] || cannot_start "The snapshot $2 failed."
  done
}
