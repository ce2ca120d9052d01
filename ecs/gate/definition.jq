# Task definitions as values: filled from the environment, checked, compared.

# What may stand in ${}: the environment, with what can be known otherwise. Read here, since an argument is seen by others.
def environment($region): { CPU_ARCHITECTURE: "X86_64", AWS_REGION: $region } + ($ENV | with_entries(select(.value != "")));

# What stands in ${} and has no value.
def missing($values):
  [.. | strings | scan("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}")[0]] | unique | map(select(($values[.] // "") == ""));

def filled($values):
  walk(if type == "string" then gsub("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\\}"; $values[.name] // "") else . end);

def pinned($container; $image):
  .containerDefinitions |= map(if .name == $container then .image = $image else . end);

def container($name): first(.containerDefinitions[]? | select(.name == $name)) // null;

# Sentences that say what is wrong with it; none where it can be run.
def problems($container; $image):
  container($container) as $ours
  | [ if $ours == null then
        "The task definition has no container \($container) (it has: \([.containerDefinitions[]?.name] | join(", "))); name it by --container."
      else
        (if ($ours.image // "" | test("@sha256:[0-9a-f]{64}$") | not) then
           "The image \($ours.image) of container \($container) isn't named by digest (repository@sha256:...): a tag may run another image than the one that was built."
         else empty end),
        (if $ours.logConfiguration.logDriver != "awslogs" then
           "Container \($container) must log by awslogs (logConfiguration.logDriver): the log is how the gate knows what happened."
         else empty end),
        (if $ours.logConfiguration.logDriver == "awslogs" then
           ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")
           | select(. as $option | ($ours.logConfiguration.options[$option] // "") == "")
           | "Container \($container) lacks logConfiguration.options.\(.)."
         else empty end),
        (if $ours.restartPolicy.enabled == true then
           "Container \($container) has a restartPolicy: it would run a failed migration again in place."
         else empty end),
        (if $ours.essential == false then
           "Container \($container) isn't essential: the task would go on when the migration has ended."
         else empty end)
      end,
      (if (.networkMode // "awsvpc") != "awsvpc" then "networkMode must be awsvpc on Fargate, not \(.networkMode)." else empty end),
      (if (.requiresCompatibilities // ["FARGATE"] | index("FARGATE")) == null then "requiresCompatibilities must name FARGATE." else empty end) ];

# Without what the service adds, empty lists and order: two definitions that ask for the same are equal.
def comparable:
  del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt, .tags)
  | .containerDefinitions |= map(
      .essential = (if .essential == null then true else .essential end)
      | (if .cpu == 0 then del(.cpu) else . end)
      | .environment |= (. // [] | sort_by(.name))
      | .secrets |= (. // [] | sort_by(.name)))
  | walk(if type == "object" then with_entries(select(.value != null and .value != [] and .value != {})) else . end)
  | .cpu |= (. // "" | tostring) | .memory |= (. // "" | tostring);
