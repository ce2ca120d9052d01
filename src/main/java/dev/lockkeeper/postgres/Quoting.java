package dev.lockkeeper.postgres;

/** Names in SQL that we write. */
public final class Quoting {
    private Quoting() {}

    /** The name as a person would write it: quoted only where it must be. */
    public static String shown(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : identifier(name);
    }

    /** The name in double quotes, as it is; pgjdbc's own quoting refuses names that hold a quote. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
