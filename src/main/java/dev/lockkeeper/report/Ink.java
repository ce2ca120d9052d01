package dev.lockkeeper.report;

/** Colour if a terminal shows it, else plain text. */
record Ink(boolean colour) {

    String good(String text) {
        return painted(text, "32");
    }

    String warning(String text) {
        return painted(text, "33");
    }

    String bad(String text) {
        return painted(text, "31;1");
    }

    private String painted(String text, String code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
