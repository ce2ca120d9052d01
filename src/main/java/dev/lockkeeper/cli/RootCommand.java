package dev.lockkeeper.cli;

import picocli.CommandLine.Command;

/** The program itself; without a command it migrates. */
@Command(
        name = "lockkeeper",
        description = "Carries a PostgreSQL database from where it is to the changelog's level.",
        footer = {
            "",
            "Without a command, migrate. Every option can be set by the variable that stands beside it; an option wins."
        })
final class RootCommand {}
