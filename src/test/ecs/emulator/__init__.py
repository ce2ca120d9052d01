"""A Fargate of one's own: ECS tasks that run as containers of the local Docker engine, everything else by moto."""
