# One raw line of the container's log → the line that is shown, if any. A line that isn't an event of Lockkeeper's is
# shown unchanged, without control characters.
#
# Change sets have their short names here. The log arrives line by line, so it isn't known yet whether two names will
# look alike. The summary knows, and the stored log has the full names.

include "words";

# Events that are not shown. A change set gets one line, when it ends; until then progress and lock.waiting name it.
def silent: ["changeset.started"];

def plain: gsub("[\\x00-\\x08\\x0b-\\x1f\\x7f]"; "");
def indented: split("\n") | join("\n    ");
def comma(f): if . == null or . == false then "" else ", \(f)" end;

def applied:
  (if .execType == "MARK_RAN" then "marked as ran, not run: " else "applied " end)
  + "\(.changeSet | short_name) in \(.durationMs | duration)"
  + (if (.rows // 0) > 0 then ", \(.rows | counted_rows)" else "" end)
  + (if .remark then ": \(.remark)" else "" end);

def failed:
  "failed \(.changeSet | short_name)\(if .sourceFile then " at \(.sourceFile):\(.sourceLine)" else "" end)\(if .sqlState then " (SQLSTATE \(.sqlState))" else "" end): \(.message)";

def waiting:
  (if .changeSet then "\(.changeSet | short_name): " else "" end)
  + "waiting for \(.what): \([.blockers[]? | .text] | join("; "))";

def progress:
  "\(.changeSet | short_name): \(.elapsedMs | duration)"
  + (.phase | comma(.)) + (.percent | comma("\(.) %")) + (.rows | comma(counted_rows));

def sentence:
  if .event == "run.started" then "\(.command), Lockkeeper \(.version), changelog \(.changelog)"
  elif .event == "connected" then "connected to \(.address) as \(.user), \(.server)"
  elif .event == "state" then "state: \(.message // .state)"
  elif .event == "changeset.applied" then applied
  elif .event == "changeset.skipped" then "skipped \(.changeSet | short_name): \(.reason)"
  elif .event == "changeset.failed" then failed
  elif .event == "changeset.retried" then
    "\(.changeSet | short_name): attempt \(.attempt) of \(.attempts) was rolled back: \(.message)"
  elif .event == "changeset.pending" then "pending: \(.changeSet | short_name)"
  elif .event == "lock.waiting" then waiting
  elif .event == "progress" then progress
  elif .event == "notice" then "\(.severity // "NOTICE"): \(.message)"
  elif .event == "finding" then "\(.where): \(.message)"
  elif .event == "connection.lost" then "connection lost: \(.message)"
  elif .event == "message" or .event == "log" then .message // tojson
  elif .event == "run.finished" then "\(.outcome): \(.happened)"
  else .message // tojson end;

def level: if . == "error" then "ERROR " elif . == "warn" then "WARN  " else "" end;

# Other programs may write to the log as well: whatever a line holds, it is shown and nothing fails.
. as $line
| try (
    (try fromjson catch null) as $event
    | if ($event | type) != "object" then $line | plain
      elif $event._aws then empty
      elif ($event.event // "") == "" then $line | plain
      elif (silent | index([$event.event])) != null then empty
      else
        ($event.time // "" | tostring | .[11:19]) as $time
        | "\($time)  \($event.level | level)\($event | sentence | tostring | plain | indented)"
      end
  ) catch ($line | plain)
