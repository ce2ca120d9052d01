# shellcheck shell=bash
# All global variables of the gate. Each has one meaning for the whole run; what only one function needs is local there.
# shellcheck disable=SC2034  # the other files use them

# --- Given: the options, as they were written. read_options sets them.

cluster=''                            # --cluster
task_definition=''                    # --task-definition: a file, a family or an ARN
image=''                              # --image, by digest; empty for a registered definition
container=lockkeeper                  # --container: the migration's container
service=''                            # --service: the app's service
subnets=''                            # --subnets, separated by commas
security_groups=''                    # --security-groups, separated by commas
assign_public_ip=''                   # --assign-public-ip
timeout=30m                           # --timeout, as text
snapshot=''                           # --snapshot: an RDS instance, or cluster:NAME
summary=${GITHUB_STEP_SUMMARY:-}      # --summary: the file for the Markdown summary
command='[]'                          # what follows --, as a JSON list of words

# --- Decided: what follows from the options, before the task runs.

work=''                               # folder of temporary files; main creates it
timeout_seconds=''                    # --timeout in seconds
ends_at=''                            # the time limit, on the clock $SECONDS
region=''                             # the AWS region
started_by=''                         # startedBy of the task: the same in every attempt of a job
definition=''                         # ARN of the task definition that runs
network=''                            # the task's awsvpcConfiguration, as JSON
stop_token=''                         # what ends GitHub's ::stop-commands::; empty if it isn't in force
missing_seconds=${GATE_TEST_MISSING_SECONDS:-60}  # how long ECS may not know the task that it started
blind_seconds=${GATE_TEST_BLIND_SECONDS:-300}     # how long reading the task's state may fail

# --- Running: the task, and the current call of the AWS CLI.

starting=''                           # "yes" from the first RunTask request until its answer is known
task=''                               # ARN of the task; empty until it is known
ran=''                                # "yes" if the task was ever seen to run
seen_at=0                             # when ECS last described the task, on the clock $SECONDS
timed_out=''                          # "yes" if the gate stopped the task at the time limit
child=''                              # process of the last call of the AWS CLI

# --- Heard: what AWS and the log said.

complaint=''                          # error message of the last call; empty if it succeeded
lost=''                               # "yes" if the answer to a call was lost, so the call may have had its effect
warnings=()                           # sentences that the summary shows
log_group='' log_region='' log_stream=''  # the container's log in CloudWatch
log_token=''                          # page of the log to read next
log_seen=''                           # "yes" if the log had any line
log_trouble=''                        # why the log can't be read; empty if it can
page_size=0                           # how many lines the last page of the log had
