package dev.lockkeeper.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/** A run that ended: its exit code and all it wrote. */
public record Finished(int code, String output) {

    /** Fails with the whole output if the code is different; no output may ever show the password. */
    public Finished exits(int expected) {
        assertThat(output).doesNotContain(TestDatabase.PASSWORD).doesNotContain("s3cr:t");
        assertThat(code).as(output).isEqualTo(expected);
        if (!output.contains("\"level\":\"debug\"")) {
            assertThat(output).doesNotContain("\tat ");
        }
        return this;
    }

    /** Every line as JSON, of one event kind. */
    public List<JsonObject> events(String name) {
        return output.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line ->
                        line.has("event") && line.get("event").getAsString().equals(name))
                .toList();
    }

    /** The last line. */
    public JsonObject result() {
        List<JsonObject> ends = events("run.finished");
        assertThat(ends).as(output).hasSize(1);
        return ends.get(0);
    }

    public String text(String field) {
        return result().get(field).getAsString();
    }

    /** Asserts exit code, and that what happened names every one of the words. */
    public Finished says(String... words) {
        assertThat(text("happened") + "\n" + text("whatNow")).contains(words);
        return this;
    }

    public Finished untouched() {
        assertThat(text("databaseTouched")).isEqualTo("no");
        return this;
    }
}
