package dev.lockkeeper.report;

/** Takes the password out of {@code scheme://user:password@host}. */
final class UrlPasswords {
    private static final String SCHEME_END = "://";
    private static final String ENDS = "'\"<>`";

    private UrlPasswords() {}

    static String masked(String text) {
        int found = text.indexOf(SCHEME_END);
        if (found < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        while (found >= 0) {
            int start = found + SCHEME_END.length();
            int at = start;
            int colon = -1;
            int sign = -1;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && ENDS.indexOf(text.charAt(at)) < 0
                    && !(sign >= 0 && text.charAt(at) == '?')) {
                colon = text.charAt(at) == ':' && colon < 0 ? at : colon;
                sign = text.charAt(at) == '@' ? at : sign;
                at++;
            }
            if (colon >= 0 && sign > colon + 1 && !isPort(text, colon + 1, sign)) {
                out.append(text, copied, colon + 1).append(Redactor.HIDDEN);
                copied = sign;
            }
            found = text.indexOf(SCHEME_END, at);
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    /** {@code https://host:443/path@version} has no password. */
    private static boolean isPort(String text, int from, int to) {
        int at = from;
        while (at < to && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at > from && at < to && text.charAt(at) == '/';
    }
}
