package dev.lockkeeper.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The image's Java: jlinked from the JDK that runs this, without what only screens, sound and pictures need. */
final class Runtime {
    /** What the app, Liquibase (java.desktop for java.beans), pgjdbc and the AWS SDK need. */
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.desktop",
            "java.logging",
            "java.management",
            "java.naming",
            "java.sql",
            "java.xml",
            "jdk.net",
            "jdk.unsupported");

    /** Native parts of java.desktop. */
    private static final Pattern DESKTOP_LIBRARY =
            Pattern.compile("lib(awt.*|fontmanager|freetype|javajpeg|jawt|jsound|lcms|mlib_image|splashscreen)\\.so");

    /** java.beans looks for this annotation on every class. */
    private static final Set<String> NEEDED = Set.of("javax/swing/SwingContainer.class");

    private Runtime() {}

    static void link(Path folder, Path work) throws IOException, InterruptedException {
        Path excluded = Files.write(work.resolve("java.desktop.excluded"), excluded());
        Processes.run(
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--compress",
                        "zip-0",
                        "--exclude-resources=@" + excluded,
                        "--output",
                        folder.toString()));
        Files.delete(excluded);
        for (String idle : List.of("legal", "lib/classlist", "lib/jexec", "lib/jrt-fs.jar")) {
            SlimImage.delete(folder.resolve(idle));
        }
        strip(folder);
    }

    private static void strip(Path folder) throws IOException, InterruptedException {
        try (Stream<Path> all = Files.walk(folder.resolve("lib"))) {
            for (Path library :
                    all.filter(file -> file.toString().endsWith(".so")).toList()) {
                if (DESKTOP_LIBRARY.matcher(library.getFileName().toString()).matches()) {
                    Files.delete(library);
                } else {
                    Processes.run(Map.of(), List.of("strip", "--strip-unneeded", library.toString()));
                }
            }
        }
    }

    /**
     * All of java.desktop but java.beans, which is ten of its megabytes; jlink insists on something in every package, and
     * on a class where the module exports it, and gets the smallest.
     */
    private static List<String> excluded() throws IOException {
        Set<String> exported = exported();
        List<String> excluded = new ArrayList<>();
        FileSystem modules = FileSystems.getFileSystem(URI.create("jrt:/"));
        Path module = modules.getPath("modules", "java.desktop");
        try (Stream<Path> all = Files.walk(module)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong(Runtime::size).thenComparing(Path::toString))
                    .toList();
            Set<String> present = new HashSet<>();
            for (Path file : files) {
                String name = module.relativize(file).toString();
                int slash = name.lastIndexOf('/');
                String folder = slash < 0 ? "" : name.substring(0, slash);
                boolean kept = slash < 0
                        || folder.startsWith("java/beans")
                        || folder.startsWith("com/sun/beans")
                        || NEEDED.contains(name)
                        || ((name.endsWith(".class") || !exported.contains(folder)) && present.add(folder));
                if (!kept) {
                    excluded.add("/java.desktop/" + name);
                }
            }
        }
        return excluded;
    }

    private static Set<String> exported() {
        Set<String> packages = new HashSet<>();
        var descriptor =
                ModuleLayer.boot().findModule("java.desktop").orElseThrow().getDescriptor();
        descriptor.exports().forEach(one -> packages.add(one.source().replace('.', '/')));
        descriptor.opens().forEach(one -> packages.add(one.source().replace('.', '/')));
        return packages;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
