package dev.lockkeeper;

public final class Lockkeeper {
    private Lockkeeper() {}

    public static void main(String[] arguments) {
        System.exit(arguments.length);
    }
}
