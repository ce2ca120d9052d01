package dev.lockkeeper.changelog.apply;

import dev.lockkeeper.changelog.Causes;
import java.util.stream.Stream;

/** Errors that a library wrapped in an exception, as if the statement had failed by itself. */
final class Fatal {
    private Fatal() {}

    /** Throws the JVM's own error, if there is one behind this exception. */
    static void rethrow(Exception thrown) {
        Stream.of(VirtualMachineError.class, LinkageError.class)
                .flatMap(type -> Causes.first(type, thrown).stream())
                .findFirst()
                .ifPresent(error -> {
                    throw error;
                });
    }
}
