package dev.lockkeeper.differential;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lockkeeper.harness.ChangelogFolder;
import dev.lockkeeper.harness.Environment;
import dev.lockkeeper.harness.Finished;
import dev.lockkeeper.harness.Program;
import dev.lockkeeper.harness.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;

/** One of the two that are compared: Lockkeeper or plain Liquibase. */
interface Side {
    /** How a run ended: null or what went wrong. */
    record End(boolean done, boolean refused, String words) {}

    /** Applies what is pending. */
    End update(TestDatabase database, Pass pass) throws Exception;

    /** What an update would run: {@code filename::id::author}. */
    List<String> pending(TestDatabase database, Pass pass) throws Exception;

    /** The program, through its front door. */
    record Lockkeeper(Path folder, String root) implements Side {
        @Override
        public End update(TestDatabase database, Pass pass) {
            Finished finished = Program.run(environment(database, pass));
            return new End(finished.code() == 0, finished.code() == 6, finished.text("happened"));
        }

        @Override
        public List<String> pending(TestDatabase database, Pass pass) throws IOException {
            // The last line of the log has only the first of a long list.
            Path output = Files.createTempFile("pending", ".json");
            try {
                Program.run(environment(database, pass).with("LOCKKEEPER_OUTPUT", output.toString()), "status")
                        .exits(0);
                JsonObject result =
                        JsonParser.parseString(Files.readString(output)).getAsJsonObject();
                return result.getAsJsonArray("pending").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(Lockkeeper::id)
                        .toList();
            } finally {
                Files.delete(output);
            }
        }

        private static String id(JsonObject pending) {
            return List.of("file", "id", "author").stream()
                    .map(field -> pending.get(field).getAsString())
                    .collect(Collectors.joining("::"));
        }

        private Environment environment(TestDatabase database, Pass pass) {
            return new ChangelogFolder(folder)
                    .in(database.environment(), root)
                    .with("LOCKKEEPER_CONTEXTS", pass.contexts())
                    .with("LOCKKEEPER_LABELS", pass.labels())
                    .with(
                            "LOCKKEEPER_PARAMETERS",
                            pass.parameters().entrySet().stream()
                                    .map(one -> one.getKey() + "=" + one.getValue())
                                    .collect(Collectors.joining(",")));
        }
    }

    /** Liquibase, in this process. */
    record PlainLiquibase(Path folder, String root) implements Side {
        @Override
        public End update(TestDatabase database, Pass pass) throws Exception {
            try (Connection connection = database.connect()) {
                PlainLoader.plain().update(request(pass), connection);
                return new End(true, false, "");
            } catch (Exception e) {
                String words = causes(e);
                return new End(false, words.contains("ValidationFailedException"), words);
            }
        }

        @Override
        public List<String> pending(TestDatabase database, Pass pass) throws Exception {
            try (Connection connection = database.connect()) {
                return PlainLoader.plain().pending(request(pass), connection);
            }
        }

        private Plain.Request request(Pass pass) {
            return new Plain.Request(folder, root, pass.contexts(), pass.labels(), pass.parameters());
        }

        private static String causes(Throwable thrown) {
            StringBuilder words = new StringBuilder();
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                words.append(cause).append('\n');
            }
            return words.toString();
        }
    }
}
