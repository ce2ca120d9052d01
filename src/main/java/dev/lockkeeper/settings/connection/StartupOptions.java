package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's command-line options in the parameter {@code options}: {@code -c name=value}, {@code -cname=value},
 * {@code --name=value}, separated by spaces that no backslash escapes
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS).
 */
final class StartupOptions {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\\\\]|\\\\.)+", Pattern.DOTALL);

    private StartupOptions() {}

    /** A server setting. */
    record Option(String name, String value) {}

    /**
     * The settings in their order, names in lower case.
     *
     * @param others gets the parts that don't set anything by name
     */
    static List<Option> parse(String text, List<String> others) {
        List<Option> options = new ArrayList<>();
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean spaced = word.equals("-c") && i + 1 < words.size();
            String setting = spaced ? words.get(++i) : word.replaceFirst("^(?:-c|--)", "");
            int equals = setting.indexOf('=');
            if (equals > 0 && (spaced || word.startsWith("-c") || word.startsWith("--"))) {
                String name = setting.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
                options.add(new Option(name, setting.substring(equals + 1)));
            } else {
                others.add(word);
            }
        }
        return options;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group().replaceAll("(?s)\\\\(.)", "$1"));
        }
        return words;
    }
}
