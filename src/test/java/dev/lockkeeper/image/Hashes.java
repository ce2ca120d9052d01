package dev.lockkeeper.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an AOT cache was made with: SHA-256 of every jar, of the runtime and of the cache itself, in the form of
 * sha256sum. The JVM doesn't check the jars: with a changed one it would run the old classes.
 */
final class Hashes {
    private Hashes() {}

    static void write(Stage stage) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : bound(stage)) {
            lines.add(sha256(file) + "  /" + stage.root().relativize(file));
        }
        Files.write(stage.hashes(), lines);
    }

    /** The differences between what is written and what is there; none is what they should be. */
    static List<String> differences(Stage stage) throws IOException {
        List<String> written = Files.readAllLines(stage.hashes());
        List<String> differences = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (String line : written) {
            String name = line.split("  ", 2)[1];
            named.add(name);
            Path file = stage.root().resolve(name.substring(1));
            if (!Files.exists(file)) {
                differences.add(name + " is missing");
            } else if (!sha256(file).equals(line.split("  ", 2)[0])) {
                differences.add(name + " isn't what the AOT cache was made with");
            }
        }
        for (Path file : bound(stage)) {
            String name = "/" + stage.root().relativize(file);
            if (!named.contains(name)) {
                differences.add(name + " wasn't there when the AOT cache was made");
            }
        }
        return differences;
    }

    private static List<Path> bound(Stage stage) throws IOException {
        try (Stream<Path> all = Files.walk(stage.root())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".jar")
                            || file.endsWith("lib/modules")
                            || file.endsWith("libjvm.so")
                            || file.equals(stage.cache()))
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
