# The verdict on a task, from what ECS and the log say of it: nothing else decides. Tested by src/test/ecs/test_verdict.py.
#
# in:  { task: DescribeTasks' answer or null, container: our container's name, finished: the log's run.finished or null,
#        timedOut: whether the gate stopped it for its time limit, limit: that limit as text,
#        ran: whether it was ever seen to run }
# out: { exitCode, outcome, touched: no|yes|unknown, happened, whatNow, warnings: [], again: null|"passing"|"rotated" }

# The container's own table (design: exit codes), except 143, which says only that something stopped it.
def own: [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 70];

def meaning:
  { "1": "A change set failed.", "2": "Usage, settings or changelog are wrong.", "4": "The database can't be used.",
    "5": "Another runner held the lock for too long.", "6": "The schema's state forbids it.",
    "7": "A lock on a table wasn't granted.", "8": "The deadline passed.", "9": "The rehearsal found something.",
    "10": "Something is pending.", "11": "The connection was lost and not regained.", "70": "A defect of Lockkeeper's." }[tostring]
  // "Done.";

# The report as far as it is one: the log may hold lines of other programs.
def report:
  if type != "object" then null
  else
    { exitCode: ((.exitCode | numbers) // null),
      outcome: ((.outcome | strings | select(test("^[a-z-]{1,40}$"))) // null),
      happened: ((.happened | strings) // null),
      whatNow: ((.whatNow | strings) // null),
      sqlState: ((.sqlState | strings) // null),
      touched: ((.databaseTouched | strings | select(. == "yes" or . == "no")) // "unknown") }
  end;

def verdict($code; $outcome; $touched; $happened; $whatNow):
  { exitCode: $code, outcome: $outcome, touched: $touched, happened: $happened, whatNow: $whatNow, again: null };

# Why a task never started, by what ECS says of it.
def start_trouble($said):
  if $said | test("Timeout waiting for (network interface|.*storage).* provisioning"; "i") then
    ["passing", "Fargate couldn't give the task its network interface or storage in time; a new task usually gets it."]
  elif $said | test("logger args|[Ll]og group does not exist|log stream") then
    [null, "The log group is missing, or the execution role may not write to it: create it (ecs/stack.yaml does) and allow logs:CreateLogStream and logs:PutLogEvents."]
  elif $said | test("did not contain json key") then
    [null, "The secret hasn't the JSON key that valueFrom names: correct the key, and keep the trailing colons (arn:...:key::)."]
  elif $said | test("ResourceNotFoundException.*secret|find the specified secret") then
    [null, "There is no secret of that ARN: see DATABASE_SECRET_ARN, its region and the six characters at its end."]
  elif $said | test("secret|asm|ssm|SecretsManager|kms|KMS") then
    [null, "The execution role must be allowed secretsmanager:GetSecretValue on the secret (and kms:Decrypt with a key of your own), and the subnet must reach Secrets Manager (NAT or an endpoint)."]
  elif $said | test("CannotPull|pull image|registry auth|ecr"; "i") then
    [null, "Is the digest in this repository and region, does its architecture fit, may the execution role pull it, and does the subnet reach ECR (NAT, or endpoints ecr.api, ecr.dkr and s3)?"]
  else [null, "See the reason; ECS says no more."] end;

def other_words($task): [$task.stoppedReason, ($task.containers[]?.reason)] | map(select(. != null and . != "")) | unique | join("; ") | sub("[.\\s]+$"; "");

# Who or what ended it, where it didn't end by itself.
def killer($task; $ours):
  if ($ours.reason // "" | test("OutOfMemory")) then "out of memory"
  elif $task.stopCode == "UserInitiated" then "somebody"
  elif ($task.stopCode // "") | test("^(SpotInterruption|TerminationNotice|InfrastructureHealth)$") then "the platform"
  elif ($task.stopCode // "") | test("^ServiceScheduler") then "the service scheduler"
  elif [$task.containers[]? | select(.name != $ours.name and .exitCode != null and .exitCode != 0)] | length > 0 then "another container"
  else "unknown" end;

# What the program itself could say before it was ended; a change that isn't transactional may have left something.
def with_report($report):
  if $report.happened then .happened += " It said: \($report.happened)" | .whatNow += " \($report.whatNow // "")"
  else .whatNow += " What was in a transaction has been rolled back; status shows where the schema is." end;

def killed($task; $ours; $report):
  killer($task; $ours) as $who
  | (if $ours.exitCode == null then "without an exit code" else "with exit code \($ours.exitCode)" end) as $how
  | [$task.containers[]? | select(.name != $ours.name) | "\(.name) (exit code \(.exitCode // "none"))"] as $others
  | { "out of memory": ["The container was killed for want of memory.", "Raise memory in the task definition, then run again."],
      "somebody": ["The task was stopped by somebody or something: \($task.stoppedReason // "no reason given").", "Run again when that is settled."],
      "the platform": ["Fargate took the task away (\($task.stopCode)): \($task.stoppedReason // "no reason given").", "Run again."],
      "the service scheduler": ["A service's scheduler stopped the task: \($task.stoppedReason // "no reason given").", "Run the migration as a task of its own, not in a service."],
      "another container": ["Another container of the task ended first: \($others | join(", ")); ours was ended \($how).", "Make that container non-essential, or mend it, then run again."],
      "unknown": ["The container was ended \($how); ECS says: \(other_words($task) | if . == "" then "nothing" else . end).", "See the log, then run again."] }[$who] as $words
  | verdict(66; "killed"; $report.touched // "unknown"; $words[0]; $words[1]) | with_report($report);

def judged:
  . as $in
  | ($in.task // {}) as $task
  | (first($task.containers[]? | select(.name == $in.container)) // {name: $in.container}) as $ours
  | ($in.finished | report) as $report
  | ($report.touched // "unknown") as $touched
  | $ours.exitCode as $code
  | ($task.startedAt == null and $ours.runtimeId == null and ($in.ran | not) and $report == null) as $never
  | if $in.task == null or $task.lastStatus != "STOPPED" then
      verdict(68; "unknown"; "unknown"; "What became of the task isn't known."; "Look at it in the console before anything is deployed.")
    elif $code == 0 and ($report.exitCode // 0) != 0 then
      verdict(68; "unknown"; $touched; "The container ended with exit code 0, and its report says \($report.exitCode): \($report.happened // "")"; "Look at the log before anything is deployed.")
    elif $code == 0 then
      verdict(0; $report.outcome // "done"; $touched; $report.happened // "Done, by the exit code; no report was read."; "")
    elif $code != null and (own | index($code)) != null and $report == null then
      verdict($code; "failed"; "unknown"; "The container ended with exit code \($code) and no report was read. By its table: \($code | meaning) It may also have been unable to start."; "See the log.")
    elif $code != null and (own | index($code)) != null then
      verdict($code; $report.outcome // "failed"; $touched; $report.happened // ($code | meaning); $report.whatNow // "See the log.")
      # The password was refused: a new task is given the rotated secret.
      | if $code == 4 and $report.sqlState == "28P01" then .again = "rotated" else . end
    elif $in.timedOut then
      verdict(67; "timed-out"; (if $never then "no" else $touched end);
        "The time limit of \($in.limit) passed, and the task was stopped."; "Raise --timeout if the change needs longer.")
      | if $never then . else with_report($report) end
    elif $code == null and $never then
      other_words($task) as $said
      | start_trouble($said) as $trouble
      | if $task.stopCode == "UserInitiated" then
          verdict(65; "never-started"; "no"; "The task was stopped before it started: \($said)."; "Run again when that is settled.")
        else
          verdict(65; "never-started"; "no"; "The task never started: \($said)."; $trouble[1]) | .again = $trouble[0]
        end
    elif $code == 3 and ($ours.reason // "" | test("OutOfMemory") | not) then
      verdict(66; "killed"; $touched; "The program ran out of heap and ended itself (exit code 3).";
        "Raise memory in the task definition, then run again.") | with_report($report)
    else killed($task; $ours; $report) end
  | .happened |= gsub("[\\x00-\\x08\\x0b-\\x1f\\x7f]"; "")
  | .warnings = [ $task.containers[]? | select(.name != $in.container and .exitCode != null and .exitCode != 0)
      | "Container \(.name) ended with exit code \(.exitCode)\(if .reason then ": \(.reason)" else "" end)." ];

judged
