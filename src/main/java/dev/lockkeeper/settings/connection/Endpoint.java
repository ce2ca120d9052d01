package dev.lockkeeper.settings.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server: its name or address, and its port.
 *
 * @param host without the brackets that an IPv6 address has in a URL
 * @param port 1 to 65,535
 */
public record Endpoint(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?<host>.*?)(?::(?<port>\\d+))?", Pattern.DOTALL);

    /**
     * Reads {@code NAME} or {@code NAME:PORT}; without a port it is 5432.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Endpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches() || matcher.group("host").isEmpty()) {
            throw new IllegalArgumentException("isn't a server's name: write NAME or NAME:PORT");
        }
        String port = matcher.group("port");
        return new Endpoint(host(matcher.group("host")), port == null ? Port.DEFAULT : Port.parse(port));
    }

    /**
     * Reads the name or address of one server that is reached by TCP.
     *
     * @throws IllegalArgumentException if the text names several servers or a Unix socket; the text isn't quoted
     */
    public static String host(String text) {
        String host = text.strip();
        if (host.contains(",")) {
            throw new IllegalArgumentException(
                    "names several hosts, and Lockkeeper connects to one: name the one to write to");
        }
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new IllegalArgumentException(
                    "names a Unix socket, and Lockkeeper connects over TCP: name the server's host");
        }
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@code host:port}, with an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
