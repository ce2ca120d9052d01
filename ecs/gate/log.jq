# One line of the container's log (raw) → the line a person reads. Anything that isn't ours stays as it is, without control characters.

def name: "\(.file)::\(.id)::\(.author)";
def seconds: if . < 1000 then "\(.) ms" else "\(. / 100 | floor / 10) s" end;
def plain: gsub("[\\x00-\\x08\\x0b-\\x1f\\x7f]"; "");
def indented: split("\n") | join("\n    ");

def sentence:
  if .event == "run.started" then "\(.command), Lockkeeper \(.version), changelog \(.changelog)"
  elif .event == "connected" then "connected to \(.address) as \(.user), \(.server)"
  elif .event == "state" then "state: \(.message // .state)"
  elif .event == "changeset.started" then "\(.number) of \(.total): \(.changeSet | name)"
  elif .event == "changeset.applied" then "applied \(.changeSet | name) in \(.durationMs | seconds)\(if (.rows // 0) > 0 then ", \(.rows) rows" else "" end)"
  elif .event == "changeset.skipped" then "skipped \(.changeSet | name): \(.reason)"
  elif .event == "changeset.failed" then "failed \(.changeSet | name)\(if .sqlState then " (SQLSTATE \(.sqlState))" else "" end): \(.message)"
  elif .event == "changeset.retried" then "attempt \(.attempt) of \(.attempts) of \(.changeSet | name) gave way: \(.message)"
  elif .event == "changeset.pending" then "pending: \(.changeSet | name)"
  elif .event == "lock.waiting" then "waiting for \(.what): \([.blockers[]? | .text] | join("; "))"
  elif .event == "progress" then "\(.changeSet | name): \(.elapsedMs | seconds)\(if .phase then ", \(.phase)" else "" end)\(if .percent then ", \(.percent) %" else "" end)\(if .rows then ", \(.rows) rows" else "" end)"
  elif .event == "notice" then "\(.severity // "NOTICE"): \(.message)"
  elif .event == "finding" then "\(.where): \(.message)"
  elif .event == "connection.lost" then "connection lost: \(.message)"
  elif .event == "run.finished" then "\(.outcome): \(.happened)"
  else .message // tojson end;

# Whatever another program writes there, a line is shown and nothing fails.
. as $line
| try (
(try fromjson catch null) as $event
| if ($event | type) != "object" then $line | plain
  elif $event._aws then empty
  elif ($event.event // "") == "" then $line | plain
  else
    ($event.time // "" | tostring | .[11:19]) as $time
    | (if $event.level == "error" then "ERROR " elif $event.level == "warn" then "WARN  " else "" end) as $level
    | "\($time)  \($level)\($event | sentence | tostring | plain | indented)"
  end
) catch ($line | plain)
