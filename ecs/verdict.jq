# The verdict on a task, from what ECS and the log say of it: nothing else decides. Tested by src/test/ecs/test_verdict.py.
#
# in:  { task: DescribeTasks' answer or null, container: our container's name, finished: the log's run.finished or null,
#        timedOut: whether the gate stopped it for its time limit, limit: that limit as text }
# out: { exitCode, outcome, touched: no|yes|unknown, happened, whatNow, warnings: [], again: null|"passing"|"rotated" }

# The container's own table (design: exit codes), except 143, which says only that something stopped it.
def own: [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 70];

def meaning:
  { "1": "A change set failed.", "2": "Usage, settings or changelog are wrong.", "4": "The database can't be used.",
    "5": "Another runner held the lock for too long.", "6": "The schema's state forbids it.",
    "7": "A lock on a table wasn't granted.", "8": "The deadline passed.", "9": "The rehearsal found something.",
    "10": "Something is pending.", "11": "The connection was lost and not regained.", "70": "A defect of Lockkeeper's." }[tostring]
  // "Done.";

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
  elif $said | test("secret|asm|ssm|SecretsManager|kms|KMS") then
    [null, "The execution role must be allowed secretsmanager:GetSecretValue on the secret (and kms:Decrypt with a key of your own), and the subnet must reach Secrets Manager (NAT or an endpoint)."]
  elif $said | test("CannotPull|pull image|registry auth|ecr"; "i") then
    [null, "Is the digest in this repository and region, does its architecture fit, may the execution role pull it, and does the subnet reach ECR (NAT, or endpoints ecr.api, ecr.dkr and s3)?"]
  else [null, "See the reason; ECS says no more."] end;

def other_words($task): [$task.stoppedReason, ($task.containers[]?.reason)] | map(select(. != null and . != "")) | unique | join("; ");

# Who or what ended it, where it didn't end by itself.
def killer($task; $ours):
  if ($ours.reason // "" | test("OutOfMemory")) then "out of memory"
  elif $task.stopCode == "UserInitiated" then "somebody"
  elif ($task.stopCode // "") | test("^(SpotInterruption|TerminationNotice|InfrastructureHealth)$") then "the platform"
  elif ($task.stopCode // "") | test("^ServiceScheduler") then "the service scheduler"
  elif [$task.containers[]? | select(.name != $ours.name and .exitCode != null and .exitCode != 0)] | length > 0 then "another container"
  else "unknown" end;

def killed($task; $ours; $touched):
  killer($task; $ours) as $who
  | (if $ours.exitCode == null then "without an exit code" else "with exit code \($ours.exitCode)" end) as $how
  | [$task.containers[]? | select(.name != $ours.name) | "\(.name) (exit code \(.exitCode // "none"))"] as $others
  | { "out of memory": ["The container was killed for want of memory.", "Raise memory in the task definition, then run again."],
      "somebody": ["The task was stopped by somebody or something: \($task.stoppedReason // "no reason given").", "Run again when that is settled."],
      "the platform": ["Fargate took the task away (\($task.stopCode)): \($task.stoppedReason // "no reason given").", "Run again."],
      "the service scheduler": ["A service's scheduler stopped the task: \($task.stoppedReason // "no reason given").", "Run the migration as a task of its own, not in a service."],
      "another container": ["Another container of the task ended first: \($others | join(", ")); ours was ended \($how).", "Make that container non-essential, or mend it, then run again."],
      "unknown": ["The container was ended \($how); ECS says: \(other_words($task) | if . == "" then "nothing" else . end).", "See the log, then run again."] }[$who] as $words
  | verdict(66; "killed"; $touched; $words[0]; $words[1]
      + " What was in a transaction has been rolled back; status shows where the schema is.");

def judged:
  . as $in
  | ($in.task // {}) as $task
  | (first($task.containers[]? | select(.name == $in.container)) // {name: $in.container}) as $ours
  | ($in.finished.databaseTouched // "unknown") as $touched
  | $ours.exitCode as $code
  | if $in.task == null or $task.lastStatus != "STOPPED" then
      verdict(68; "unknown"; "unknown"; "What became of the task isn't known."; "Look at it in the console before anything is deployed.")
    elif $code == 0 then
      verdict(0; $in.finished.outcome // "done"; $in.finished.databaseTouched // "unknown"; $in.finished.happened // "Done."; "")
    elif $code != null and (own | index($code)) != null then
      verdict($code; $in.finished.outcome // "failed"; $touched; $in.finished.happened // ($code | meaning); $in.finished.whatNow // "See the log.")
      # The password was refused: a new task is given the rotated secret.
      | if $code == 4 and $in.finished.sqlState == "28P01" then .again = "rotated" else . end
    elif $in.timedOut then
      verdict(67; "timed-out"; (if $task.startedAt == null and $ours.runtimeId == null then "no" else $touched end);
        "The time limit of \($in.limit) passed, and the task was stopped.";
        "What was in a transaction has been rolled back; raise --timeout if the change needs longer.")
    elif $code == null and $task.startedAt == null and $ours.runtimeId == null then
      other_words($task) as $said
      | start_trouble($said) as $trouble
      | if $task.stopCode == "UserInitiated" then
          verdict(65; "never-started"; "no"; "The task was stopped before it started: \($said)."; "Run again when that is settled.")
        else
          verdict(65; "never-started"; "no"; "The task never started: \($said)."; $trouble[1]) | .again = $trouble[0]
        end
    elif $code == 3 and ($ours.reason // "" | test("OutOfMemory") | not) then
      verdict(66; "killed"; $touched; "The program ran out of heap and ended itself (exit code 3).";
        "Raise memory in the task definition, then run again. What was in a transaction has been rolled back.")
    else killed($task; $ours; $touched) end
  | .warnings = [ $task.containers[]? | select(.name != $in.container and .exitCode != null and .exitCode != 0)
      | "Container \(.name) ended with exit code \(.exitCode)\(if .reason then ": \(.reason)" else "" end)." ];

judged
