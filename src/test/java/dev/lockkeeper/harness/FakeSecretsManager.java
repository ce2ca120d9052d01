package dev.lockkeeper.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers GetSecretValue as Secrets Manager documents it
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html), on loopback.
 */
public final class FakeSecretsManager implements AutoCloseable {
    private final HttpServer server;
    private static final String CURRENT = "AWSCURRENT";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public FakeSecretsManager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject request = JsonParser.parseString(body).getAsJsonObject();
            String stage =
                    request.has("VersionStage") ? request.get("VersionStage").getAsString() : CURRENT;
            String key = request.get("SecretId").getAsString() + " " + stage;
            asked.add(stage);
            String answer = answers.getOrDefault(key, error("ResourceNotFoundException"));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private static String error(String type) {
        return "{\"__type\":\"" + type + "\",\"message\":\"refused\"}";
    }

    public FakeSecretsManager denies(String id) {
        answers.put(id + " " + CURRENT, error("AccessDeniedException"));
        return this;
    }

    public FakeSecretsManager has(String id, String text) {
        return has(id, CURRENT, text);
    }

    /** A version of a secret, by its staging label. */
    public FakeSecretsManager has(String id, String stage, String text) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ARN", id);
        answer.addProperty("Name", id);
        answer.addProperty("SecretString", text);
        answers.put(id + " " + stage, answer.toString());
        return this;
    }

    public FakeSecretsManager hasBinary(String id) {
        answers.put(id + " " + CURRENT, "{\"Name\":\"" + id + "\",\"SecretBinary\":\"AAEC\"}");
        return this;
    }

    /** The staging labels asked for so far. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The environment that asks this server. */
    public Environment in(Environment environment) {
        return environment
                .with(
                        "AWS_ENDPOINT_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .with("AWS_REGION", "eu-central-1")
                .with("AWS_ACCESS_KEY_ID", "AKIATEST")
                .with("AWS_SECRET_ACCESS_KEY", "not-a-secret");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
