# The verdict on a task. Nothing else decides: this reads what ECS and the log say, and returns a value.
# src/test/ecs/test_verdict.py tests it row by row.
#
# in:  { task: the task as DescribeTasks returns it, or null; container: the name of our container;
#        finished: the log's event run.finished, or null; timedOut: whether the gate stopped the task at its time limit;
#        limit: that limit as text; ran: whether the task was ever seen to run }
# out: { exitCode, outcome, touched: no|yes|unknown, happened, whatNow, warnings: [], again: null|"passing"|"rotated" }

# The container's own exit codes: the table in README.md, except 143, which says only that something stopped it.
def meanings:
  { "0": "Done.",
    "1": "A change set failed.",
    "2": "Usage, settings or changelog are wrong.",
    "4": "The database can't be used.",
    "5": "Another runner held the lock for too long.",
    "6": "The schema's state doesn't allow it.",
    "7": "A lock on a table wasn't granted.",
    "8": "The deadline passed.",
    "10": "Something is pending.",
    "11": "The connection was lost and not regained.",
    "70": "A defect in Lockkeeper." };

def own: tostring as $code | meanings | has($code);

def meaning: meanings[tostring];

# The report, or null. The log may contain lines of other programs, so each field is checked.
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

# Why a task never started, from the reason that ECS gives: whether a new task may start, and what to do.
def start_trouble($said):
  if $said | test("Timeout waiting for (network interface|.*storage).* provisioning"; "i") then
    ["passing",
     "Fargate couldn't give the task its network interface or storage in time; a new task usually gets it."]
  elif $said | test("logger args|[Ll]og group does not exist|log stream") then
    [null,
     "The log group is missing, or the execution role may not write to it: create it (ecs/stack.yaml does) "
     + "and allow logs:CreateLogStream and logs:PutLogEvents."]
  elif $said | test("did not contain json key") then
    [null,
     "The secret doesn't have the JSON key that valueFrom names: correct the key, "
     + "and keep the trailing colons (arn:...:key::)."]
  elif $said | test("ResourceNotFoundException.*secret|find the specified secret") then
    [null,
     "There is no secret with that ARN: check DATABASE_SECRET_ARN, its region and the six characters at its end."]
  elif $said | test("secret|asm|ssm|SecretsManager|kms|KMS") then
    [null,
     "Allow the execution role secretsmanager:GetSecretValue on the secret (and kms:Decrypt for a customer key), "
     + "and check that the subnet reaches Secrets Manager (NAT or an endpoint)."]
  elif $said | test("CannotPull|pull image|registry auth|ecr"; "i") then
    [null,
     "Check that the digest exists in this repository and region, that its architecture is the task's, that the "
     + "execution role may pull it, and that the subnet reaches ECR (NAT, or endpoints ecr.api, ecr.dkr and s3)."]
  else [null, "See the reason; ECS says no more."] end;

# The reasons that ECS gives for the task and its containers.
def reasons($task):
  [$task.stoppedReason, ($task.containers[]?.reason)]
  | map(select(. != null and . != "")) | unique | join("; ") | sub("[.\\s]+$"; "");

def out_of_memory: .reason // "" | test("OutOfMemory");

# The containers other than ours that ended by themselves and badly.
def failed_others($task; $ours):
  [$task.containers[]? | select(.name != $ours.name and .exitCode != null and .exitCode != 0)];

# What ended the task.
def killer($task; $ours):
  if $ours | out_of_memory then "out of memory"
  elif $task.stopCode == "UserInitiated" then "a person"
  elif ($task.stopCode // "") | test("^(SpotInterruption|TerminationNotice|InfrastructureHealth)$") then "the platform"
  elif ($task.stopCode // "") | test("^ServiceScheduler") then "the service scheduler"
  elif failed_others($task; $ours) != [] then "another container"
  else "unknown" end;

# Adds what the program reported before it was ended. A change set outside a transaction may have left something.
def with_report($report):
  if $report.happened then .happened += " It said: \($report.happened)" | .whatNow += " \($report.whatNow // "")"
  else .whatNow += " What was in a transaction has been rolled back; status shows the schema's state." end;

def killed($task; $ours; $report):
  (if $ours.exitCode == null then "without an exit code" else "with exit code \($ours.exitCode)" end) as $how
  | ($task.stoppedReason // "no reason given") as $reason
  | [$task.containers[]? | select(.name != $ours.name) | "\(.name) (exit code \(.exitCode // "none"))"] as $others
  | { "out of memory": [
        "The container ran out of memory and was killed.",
        "Raise memory in the task definition, then run again."],
      "a person": [
        "Somebody or something stopped the task: \($reason).",
        "Clear that up, then run again."],
      "the platform": [
        "Fargate took the task away (\($task.stopCode)): \($reason).",
        "Run again."],
      "the service scheduler": [
        "A service's scheduler stopped the task: \($reason).",
        "Run the migration as a task of its own, not in a service."],
      "another container": [
        "Another container of the task ended first: \($others | join(", ")); then ours was ended \($how).",
        "Make that container non-essential, or fix it, then run again."],
      "unknown": [
        "The container was ended \($how); ECS says: \(reasons($task) | if . == "" then "nothing" else . end).",
        "See the log, then run again."] }[killer($task; $ours)] as $words
  | verdict(66; "killed"; $report.touched // "unknown"; $words[0]; $words[1]) | with_report($report);

# The task never started: nothing was touched.
def never_started($task):
  reasons($task) as $said
  | start_trouble($said) as $trouble
  | if $task.stopCode == "UserInitiated" then
      verdict(65; "never-started"; "no"; "The task was stopped before it started: \($said).";
        "Clear that up, then run again.")
    else
      verdict(65; "never-started"; "no"; "The task never started: \($said)."; $trouble[1]) | .again = $trouble[0]
    end;

# The container exited with one of its own codes other than 0.
def reported($code; $report):
  if $report == null then
    verdict($code; "failed"; "unknown";
      "The container ended with exit code \($code) and no report was read. The code means: \($code | meaning) "
      + "The container may also have been unable to start."; "See the log.")
  else
    verdict($code; $report.outcome // "failed"; $report.touched; $report.happened // ($code | meaning);
      $report.whatNow // "See the log.")
    # The password was refused: a new task gets the rotated secret.
    | if $code == 4 and $report.sqlState == "28P01" then .again = "rotated" else . end
  end;

def judged($in; $task; $ours; $report):
  ($report.touched // "unknown") as $touched
  | $ours.exitCode as $code
  | ($task.startedAt == null and $ours.runtimeId == null and ($in.ran | not) and $report == null) as $never
  | if $in.task == null or $task.lastStatus != "STOPPED" then
      verdict(68; "unknown"; "unknown"; "The task's outcome isn't known.";
        "Check it in the console before you deploy anything.")
    elif $code == 0 and ($report.exitCode // 0) != 0 then
      verdict(68; "unknown"; $touched;
        "The container ended with exit code 0, but its report says \($report.exitCode): \($report.happened // "")";
        "Check the log before you deploy anything.")
    elif $code == 0 then
      verdict(0; $report.outcome // "done"; $touched;
        $report.happened // "Done, according to the exit code; no report was read."; "")
    elif $code != null and ($code | own) then reported($code; $report)
    elif $in.timedOut then
      verdict(67; "timed-out"; (if $never then "no" else $touched end);
        "The time limit of \($in.limit) passed, and the task was stopped.";
        "Raise --timeout if the change needs longer.")
      | if $never then . else with_report($report) end
    elif $code == null and $never then never_started($task)
    elif $code == 3 and ($ours | out_of_memory | not) then
      # Java's own code for an OutOfMemoryError.
      verdict(66; "killed"; $touched; "The program ran out of heap and ended itself (exit code 3).";
        "Raise memory in the task definition, then run again.")
      | with_report($report)
    else killed($task; $ours; $report) end;

. as $in
| ($in.task // {}) as $task
| (first($task.containers[]? | select(.name == $in.container)) // { name: $in.container }) as $ours
| ($in.finished | report) as $report
| judged($in; $task; $ours; $report)
| .happened |= gsub("[\\x00-\\x08\\x0b-\\x1f\\x7f]"; "")
| .warnings = [ failed_others($task; { name: $in.container })[]
    | "Container \(.name) ended with exit code \(.exitCode)\(if .reason then ": \(.reason)" else "" end)." ]
