# The verdict → the summary of the run in Markdown.
#
# Arguments: $log, the log's events; $task, $finished and $registered, each in a list: the task, its last event
# run.finished, its task definition; $container, $command, $image, $region, $cluster, $log_group and $log_stream.

include "words";

def code: tostring | gsub("[`\r\n]"; " ") | "`\(.)`";
def cell: tostring | gsub("[|\r\n]"; " ") | gsub("<"; "&lt;");
def fenced: gsub("```"; "'''") | "```\n\(.)\n```";
def uri: @uri | gsub("%"; "$25");

def change_sets: select(type == "object" and has("file") and has("id"));

# usage: called($names): the name of a change set; $names is the result of names() in words.jq.
def called($names): $names[full_name] // short_name;

def headline($command):
  if .exitCode == 0 then "## Lockkeeper: \($command | code), done"
  else "## Lockkeeper: \($command | code), \(.outcome) (exit code \(.exitCode))" end;

def failure($failed; $names):
  if $failed == null then empty
  else
    "",
    "### Failed: \($failed.changeSet | called($names) | code)"
      + (if $failed.sqlState then ", SQLSTATE \($failed.sqlState)" else "" end)
      + (if $failed.sourceFile then ", at \("\($failed.sourceFile):\($failed.sourceLine)" | code)" else "" end),
    "",
    ($failed.message // "" | fenced),
    (if $failed.statement then $failed.statement | fenced else empty end)
  end;

def row($names):
  (if (.rows // 0) == 0 then "" else .rows | cell end) as $rows
  | "| \(called($names) | cell) | \(.durationMs // 0 | duration) | \($rows) |";

def applied_table($applied; $names):
  if $applied == [] then empty
  else
    "", "| applied | took | rows |", "|---|---|---|",
    ($applied[:200][] | row($names)),
    (if ($applied | length) > 200 then "| and \(($applied | length) - 200) more | | |" else empty end)
  end;

# usage: listed(WORD; $total; $names): a list of change sets on one line, cut at 50.
def listed($word; $total; $names):
  if length == 0 then empty
  else
    (.[:50] | map(called($names) | code) | join(", ")) as $list
    | "", "\($word): \($list)\(if $total > 50 then " and more" else "" end)"
  end;

def state($run):
  if $run.stateAfter then "", "State: \($run.stateBefore // "?") → \($run.stateAfter)" else empty end;

def links($task):
  "https://\($region).console.aws.amazon.com" as $console
  | "\($log_group | uri)/log-events/\($log_stream | uri)" as $stream
  | if $task == "" then ""
    else
      "[Task \($task)](\($console)/ecs/v2/clusters/\($cluster | split("/")[-1])/tasks/\($task)?region=\($region)) · "
      + "[log](\($console)/cloudwatch/home?region=\($region)#logsV2:log-groups/log-group/\($stream)) · "
    end;

def main:
  . as $verdict
  | ($finished[0] // {}) as $run
  | (first($registered[0].containerDefinitions[]? | select(.name == $container)) // {}) as $ours
  | ([$command, $ours.command // [], ["migrate"]] | map(select(. != [])) | first | join(" ")) as $words
  | [$log[] | select(.event == "changeset.applied") | (.changeSet | change_sets) + { durationMs, rows }] as $applied
  | ([$log[] | select(.event == "changeset.failed" and (.changeSet | change_sets))] | last) as $failed
  | ($run.skipped // [] | map(change_sets)) as $skipped
  | ($run.pending // [] | map(change_sets)) as $pending
  | names($applied + $skipped + $pending + [$failed.changeSet | change_sets]) as $names
  | [ headline($words),
      "",
      (.happened | if test("[][()!@*_`<>#\n]") then fenced else . end),
      "",
      "Database touched: **\(.touched)**.\(if .whatNow != "" then " \(.whatNow | cell)" else "" end)",
      (.warnings[] | "", "> Warning: \(cell)"),
      failure($failed; $names),
      applied_table($applied; $names),
      ($skipped | listed("Skipped"; length; $names)),
      ($pending | listed("Pending"; $run.pendingCount // length; $names)),
      state($run),
      "",
      links($task[0].taskArn // "" | split("/")[-1] // "")
        + "image \([$ours.image, $image, "unknown"] | map(select(. != null and . != "")) | first | code)",
      "" ]
  | join("\n");

main
