package dev.lockkeeper.report;

import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a map as one line of JSON, cut so that the log driver, which splits lines over 16 KB, leaves it whole. */
final class JsonLine {
    private static final int MOST_BYTES = 15_000;
    private static final int MOST_ITEMS = 50;
    private static final int LONGEST_TEXT = 4_000;
    private static final int SMALLER = 8;

    private final Redactor redactor;
    private final int longestText;
    private final int mostItems;

    private JsonLine(Redactor redactor, int longestText, int mostItems) {
        this.redactor = redactor;
        this.longestText = longestText;
        this.mostItems = mostItems;
    }

    /**
     * The map as JSON, under 16 KB: long texts and lists are cut further and further until it fits. Secrets are taken
     * out before, so that a cut can't leave a piece of one, and only from values, so that it stays JSON.
     */
    static String bounded(Map<String, ?> fields, Redactor redactor) {
        for (int cut = 1; ; cut *= SMALLER) {
            String line = new JsonLine(redactor, LONGEST_TEXT / cut, Math.max(1, MOST_ITEMS / cut)).write(fields);
            if (line.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES || cut > LONGEST_TEXT) {
                return line;
            }
        }
    }

    /** The map as JSON, whole. */
    static String whole(Map<String, ?> fields, Redactor redactor) {
        return new JsonLine(redactor, Integer.MAX_VALUE, Integer.MAX_VALUE).write(fields);
    }

    /** A text as it looks inside JSON's quotes. */
    static String escaped(String text) {
        String quoted = new JsonPrimitive(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private String write(Map<String, ?> fields) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setHtmlSafe(false);
            value(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter doesn't fail", e);
        }
        return text.toString();
    }

    private void value(JsonWriter json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.name(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.endObject();
        } else if (value instanceof List<?> list) {
            json.beginArray();
            for (Object item : list.subList(0, Math.min(list.size(), mostItems))) {
                value(json, item);
            }
            json.endArray();
        } else if (value instanceof Number number) {
            json.value(number);
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else if (value instanceof Fields.Word word) {
            json.value(word.text());
        } else if (value == null) {
            json.nullValue();
        } else {
            json.value(cut(redactor.redacted(value.toString()), longestText));
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
