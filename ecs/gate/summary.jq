# The Markdown summary of a run. in: verdict.jq's answer with { task, finished, log: [events], command, image, region, cluster,
# logGroup, logStream, environment: how to name the run }

def code: gsub("[`\r\n]"; " ") | "`\(.)`";
def cell: tostring | gsub("[|\r\n]"; " ") | gsub("<"; "&lt;");
def name: "\(.file)::\(.id)::\(.author)";
def fenced: gsub("```"; "'''") | "```\n\(.)\n```";
def seconds: if . < 1000 then "\(.) ms" else "\(. / 100 | floor / 10) s" end;
def uri: @uri | gsub("%"; "$25");

(.task.taskArn // "" | split("/")[-1]) as $id
| (.finished // {}) as $run
| ([.log[] | select(.event == "changeset.failed")] | last) as $failure
| [.log[] | select(.event == "changeset.applied") | .changeSet + {durationMs, rows}] as $applied
| [ "## Lockkeeper: \(.command | code), \(if .exitCode == 0 then "done" else .outcome + " (exit code \(.exitCode))" end)",
    "",
    (.happened | if test("[][()!@*_`<>#\n]") then fenced else . end),
    "",
    "Database touched: **\(.touched)**.\(if .whatNow != "" then " \(.whatNow | cell)" else "" end)",
    (.warnings[] | "", "> Warning: \(cell)"),
    (if $failure then
      "", "### Failed: \($failure.changeSet | name | code)\(if $failure.sqlState then ", SQLSTATE \($failure.sqlState)" else "" end)", "",
      ($failure.message // "" | fenced), (if $failure.statement then ($failure.statement | fenced) else empty end)
     else empty end),
    (if ($applied | length) > 0 then
      "", "| applied | took | rows |", "|---|---|---|",
      ($applied[:200][] | "| \(name | cell) | \(.durationMs // 0 | seconds) | \(.rows // "" | cell) |"),
      (if ($applied | length) > 200 then "| and \(($applied | length) - 200) more | | |" else empty end)
     else empty end),
    (if ($run.skipped // [] | length) > 0 then "", "Skipped: \([$run.skipped[:50][] | name | code] | join(", "))" else empty end),
    (if ($run.pending // [] | length) > 0 then "", "Pending: \([$run.pending[:50][] | name | code] | join(", "))\(if $run.pendingCount > 50 then " and more" else "" end)" else empty end),
    (if $run.stateAfter then "", "State: \($run.stateBefore // "?") → \($run.stateAfter)" else empty end),
    "",
    (if $id != "" then
      "[Task \($id)](https://\(.region).console.aws.amazon.com/ecs/v2/clusters/\(.cluster)/tasks/\($id)?region=\(.region)) · "
      + "[log](https://\(.region).console.aws.amazon.com/cloudwatch/home?region=\(.region)#logsV2:log-groups/log-group/\(.logGroup | uri)/log-events/\(.logStream | uri)) · "
     else "" end) + "image \(.image | code)",
    "" ]
| join("\n")
