# shellcheck shell=bash
# A snapshot of the database, taken before anything runs. It can restore what a change set can't roll back.

take_snapshot() {
  local name=${snapshot#cluster:} kind=instance id hint=''
  [[ $snapshot != cluster:* ]] || kind=cluster
  id=lockkeeper-$name-$(date -u +%Y%m%d-%H%M%S)
  say "Taking snapshot $id of $name."
  case $kind in
    instance) set -- create-db-snapshot --db-instance-identifier "$name" --db-snapshot-identifier "$id" ;;
    cluster) set -- create-db-cluster-snapshot --db-cluster-identifier "$name" --db-cluster-snapshot-identifier "$id" ;;
  esac
  if ! ask_patiently "$work/snapshot.json" rds "$@" --tags Key=lockkeeper,Value=before-migration; then
    [[ $complaint != *luster* ]] || hint=' (For Aurora: --snapshot cluster:NAME.)'
    end_never_started "No snapshot of $name: $complaint$hint"
  fi
  await_snapshot "$kind" "$id"
  say "Snapshot $id is available."
}

# usage: await_snapshot KIND ID
await_snapshot() {
  local kind=$1 id=$2 status='' call
  case $kind in
    instance) call=(describe-db-snapshots --db-snapshot-identifier "$id") ;;
    cluster) call=(describe-db-cluster-snapshots --db-cluster-snapshot-identifier "$id") ;;
  esac
  while [[ $status != available ]]; do
    ((SECONDS < ends_at)) \
      || end_never_started "The snapshot $id wasn't available within the time limit of $timeout (it is $status)."
    pause 5
    ask_patiently "$work/snapshot.json" rds "${call[@]}" \
      || end_never_started "The snapshot $id can't be read: $complaint"
    status=$(jq -r '(.DBSnapshots // .DBClusterSnapshots)[0].Status' "$work/snapshot.json")
    [[ $status != failed ]] || end_never_started "The snapshot $id failed."
  done
}
