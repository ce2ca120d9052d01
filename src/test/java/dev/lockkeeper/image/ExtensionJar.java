package dev.lockkeeper.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A jar as a team would make it: a custom change of Liquibase's. */
final class ExtensionJar {
    private static final String SOURCE = """
            package ours;

            import liquibase.change.custom.CustomSqlChange;
            import liquibase.database.Database;
            import liquibase.exception.ValidationErrors;
            import liquibase.resource.ResourceAccessor;
            import liquibase.statement.SqlStatement;
            import liquibase.statement.core.RawSqlStatement;

            public class CreateExtra implements CustomSqlChange {
                public SqlStatement[] generateStatements(Database database) {
                    return new SqlStatement[] {new RawSqlStatement("CREATE TABLE extra (x int)")};
                }
                public String getConfirmationMessage() { return "made"; }
                public void setUp() {}
                public void setFileOpener(ResourceAccessor accessor) {}
                public ValidationErrors validate(Database database) { return new ValidationErrors(); }
            }
            """;

    private ExtensionJar() {}

    static void write(Path jar, Path work) throws IOException {
        Path source = Files.createDirectories(work.resolve("ours")).resolve("CreateExtra.java");
        Files.writeString(source, SOURCE);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        null,
                        "--release",
                        "17",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        work.toString(),
                        source.toString());
        if (result != 0) {
            throw new IllegalStateException("the extension doesn't compile");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("ours/CreateExtra.class"));
            Files.copy(work.resolve("ours/CreateExtra.class"), out);
        }
    }
}
