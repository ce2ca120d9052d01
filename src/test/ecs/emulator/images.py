"""Image pull: always asks the registry, as Fargate does, which caches nothing."""

import re

from docker import DockerClient
from docker.errors import APIError, ImageNotFound, NotFound
from docker.models.images import Image

from emulator.start_failure import StartFailure

ECR = re.compile(r"^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/")
UNKNOWN = re.compile(r"manifest unknown|not found|repository does not exist", re.IGNORECASE)


class Images:
    """`registry` replaces ECR: images of ECR repositories are pulled from it."""

    def __init__(self, docker: DockerClient, registry: str) -> None:
        self._docker = docker
        self._registry = registry

    def pull(self, image: str, container: str) -> tuple[Image, str | None]:
        """The image and its digest in the registry."""
        reference = ECR.sub(f"{self._registry}/", image)
        try:
            pulled = self._docker.images.pull(reference)
        except (APIError, ImageNotFound, NotFound) as error:
            raise _cannot_pull(image, error, container) from error
        repository = re.sub(r"(@sha256:\w+|:[^:/]+)$", "", reference)
        digests = [each for each in pulled.attrs.get("RepoDigests", []) if each.startswith(f"{repository}@")]
        return pulled, digests[0].partition("@")[2] if digests else None


def _cannot_pull(image: str, error: APIError, container: str) -> StartFailure:
    said = error.explanation or str(error)
    cause = f"{image}: not found" if UNKNOWN.search(said) else said
    retried = "CannotPullContainerError: pull image manifest has been retried 1 time(s)"
    return StartFailure(f"{retried}: failed to resolve ref {image}: {cause}", container)
