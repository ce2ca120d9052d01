"""An emulated Fargate: ECS tasks run as containers of the local Docker engine. moto emulates everything else."""
