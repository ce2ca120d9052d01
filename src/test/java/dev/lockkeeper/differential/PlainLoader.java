package dev.lockkeeper.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Liquibase with nothing of ours beside it, in this process: its own lock service, its own settings, its own connection. A
 * command takes a tenth of the time that its command line needs.
 */
final class PlainLoader extends URLClassLoader {
    /** One class of every library that Liquibase needs; the jar it is in goes onto the class path. */
    private static final List<String> NEEDED = List.of(
            "liquibase.Liquibase",
            "com.opencsv.CSVReader",
            "org.yaml.snakeyaml.Yaml",
            "org.apache.commons.io.IOUtils",
            "org.apache.commons.lang3.StringUtils",
            "org.apache.commons.collections4.IterableUtils");

    private static final Plain SHARED = load();

    private PlainLoader() {
        super(
                NEEDED.stream().map(PlainLoader::origin).distinct().toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
    }

    /** Plain Liquibase, of the release that we are built with. */
    static Plain plain() {
        return SHARED;
    }

    private static Plain load() {
        try {
            return (Plain) new PlainLoader()
                    .loadClass(PlainLiquibaseInside.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.equals(Plain.class.getName()) || name.startsWith(Plain.class.getName() + "$")) {
            return Class.forName(name);
        }
        return name.startsWith(PlainLoader.class.getPackageName()) ? ours(name) : super.findClass(name);
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
        try (InputStream file = resource(name).openStream()) {
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String className) throws ClassNotFoundException {
        URL found = PlainLoader.class.getClassLoader().getResource(className.replace('.', '/') + ".class");
        if (found == null) {
            throw new ClassNotFoundException(className);
        }
        return found;
    }

    private static URL origin(String className) {
        try {
            String file = resource(className).getPath();
            return URI.create(file.substring(0, file.indexOf('!'))).toURL();
        } catch (ClassNotFoundException | IOException e) {
            throw new IllegalStateException("Plain Liquibase needs " + className, e);
        }
    }
}
