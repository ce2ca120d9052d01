# Task definitions as values: filled from the environment, checked, compared.

# The values for placeholders: the environment, and what is known without it. Read here, because other users of the
# machine can see the arguments of a program.
def environment($region):
  { CPU_ARCHITECTURE: "X86_64", AWS_REGION: $region } + ($ENV | with_entries(select(.value != "")));

# The placeholders without a value.
def missing($values):
  [.. | strings | scan("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}")[0]] | unique | map(select(($values[.] // "") == ""));

def filled($values):
  walk(
    if type == "string" then gsub("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\\}"; $values[.name] // "") else . end);

def pinned($container; $image):
  .containerDefinitions |= map(if .name == $container then .image = $image else . end);

def container($name): first(.containerDefinitions[]? | select(.name == $name)) // null;

# What is wrong with the container's log, as sentences.
def log_problems($name):
  if .logConfiguration.logDriver != "awslogs" then
    "Container \($name) must log by awslogs (logConfiguration.logDriver): the log is how the gate knows what happened."
  else
    (.logConfiguration.options // {}) as $options
    | ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")
    | select(($options[.] // "") == "")
    | "Container \($name) lacks logConfiguration.options.\(.)."
  end;

# What is wrong with the container, as sentences.
def container_problems($name):
  (if (.image // "" | test("@sha256:[0-9a-f]{64}$") | not) then
     "The image \(.image) of container \($name) isn't named by digest (repository@sha256:...): "
     + "a tag may run another image than the one that was built."
   else empty end),
  log_problems($name),
  (if .restartPolicy.enabled == true then
     "Container \($name) has a restartPolicy: it would run a failed migration again in place."
   else empty end),
  (if .essential == false then
     "Container \($name) isn't essential: the task would keep running after the migration."
   else empty end);

# Why the gate refuses to run it, as sentences; empty if it can be run.
def problems($container):
  [ (if container($container) == null then
       "The task definition has no container \($container) (it has: "
       + "\([.containerDefinitions[]?.name] | join(", "))); name it by --container."
     else container($container) | container_problems($container) end),
    (if (.networkMode // "awsvpc") != "awsvpc" then
       "networkMode must be awsvpc on Fargate, not \(.networkMode)."
     else empty end),
    (if (.requiresCompatibilities // ["FARGATE"] | index("FARGATE")) == null then
       "requiresCompatibilities must name FARGATE."
     else empty end) ];

# Without empty lists, order, and what the service adds: two definitions that ask for the same are equal.
def comparable:
  del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy,
    .deregisteredAt, .tags)
  | .containerDefinitions |= map(
      .essential = (if .essential == null then true else .essential end)
      | (if .cpu == 0 then del(.cpu) else . end)
      | .environment |= (. // [] | sort_by(.name))
      | .secrets |= (. // [] | sort_by(.name)))
  | walk(
      if type == "object" then with_entries(select(.value != null and .value != [] and .value != {})) else . end)
  | .cpu |= (. // "" | tostring) | .memory |= (. // "" | tostring);
