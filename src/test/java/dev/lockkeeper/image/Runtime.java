package dev.lockkeeper.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The image's Java: jlinked from the JDK that runs this, without what only screens, sound, pictures and XSLT need. */
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
        Path excluded = Files.write(work.resolve("excluded"), excluded());
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

    /** All of java.desktop but java.beans, which is ten of its megabytes, and the compiler of XSLT. */
    private static List<String> excluded() throws IOException {
        List<String> excluded = new ArrayList<>();
        excluded.addAll(excluded(
                "java.desktop", folder -> !folder.startsWith("java/beans") && !folder.startsWith("com/sun/beans")));
        excluded.addAll(excluded(
                "java.xml",
                folder -> folder.startsWith("com/sun/org/apache/bcel")
                        || folder.startsWith("com/sun/org/apache/xalan/internal/xsltc/compiler")));
        return excluded;
    }

    /** jlink requires a file in every package, a class if the module exports the package; it gets the smallest. */
    private static List<String> excluded(String name, Predicate<String> idle) throws IOException {
        Set<String> exported = exported(name);
        List<String> excluded = new ArrayList<>();
        Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", name);
        try (Stream<Path> all = Files.walk(module)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong(Runtime::size).thenComparing(Path::toString))
                    .toList();
            Set<String> present = new HashSet<>();
            for (Path file : files) {
                String resource = module.relativize(file).toString();
                int slash = resource.lastIndexOf('/');
                String folder = slash < 0 ? "" : resource.substring(0, slash);
                boolean kept = slash < 0
                        || !idle.test(folder)
                        || NEEDED.contains(resource)
                        || ((resource.endsWith(".class") || !exported.contains(folder)) && present.add(folder));
                if (!kept) {
                    excluded.add("/" + name + "/" + resource);
                }
            }
        }
        return excluded;
    }

    private static Set<String> exported(String module) {
        Set<String> packages = new HashSet<>();
        var descriptor = ModuleLayer.boot().findModule(module).orElseThrow().getDescriptor();
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
