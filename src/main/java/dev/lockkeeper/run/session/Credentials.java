package dev.lockkeeper.run.session;

import dev.lockkeeper.model.Failure;
import dev.lockkeeper.model.Refused;
import dev.lockkeeper.postgres.Logins;
import dev.lockkeeper.postgres.tls.RdsHost;
import dev.lockkeeper.run.Run;
import dev.lockkeeper.secrets.RdsToken;
import dev.lockkeeper.secrets.SecretsReader;
import dev.lockkeeper.settings.DatabaseSettings;
import dev.lockkeeper.settings.connection.ConnectionParts;
import dev.lockkeeper.settings.connection.ConnectionText;
import dev.lockkeeper.settings.connection.DatabaseTarget;
import dev.lockkeeper.settings.connection.Endpoint;
import dev.lockkeeper.settings.connection.Secret;
import dev.lockkeeper.settings.connection.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where to connect, and as which user. Secrets Manager is asked only if something is missing, or if the
 * server refused the password: then a rotation may be under way.
 *
 * <p>The watch thread logs in as well, for the monitor's connection. All fields are guarded by this object's lock.
 */
final class Credentials implements Logins {
    private final Run run;
    private final DatabaseSettings database;
    private @Nullable DatabaseTarget found;
    private boolean triedPending;

    Credentials(Run run, DatabaseSettings database) {
        this.run = run;
        this.database = database;
    }

    @Override
    public synchronized DatabaseTarget target() throws Failure {
        if (found == null) {
            found = complete(
                    database::target,
                    database.needsSecret() ? current(database.secretId().orElseThrow()) : ConnectionParts.NONE);
        }
        return found;
    }

    @Override
    public synchronized DatabaseTarget login() throws Failure {
        DatabaseTarget target = target();
        return iam() ? target.with(token(target)) : target;
    }

    private boolean iam() {
        return database.auth() == DatabaseSettings.Auth.IAM;
    }

    /**
     * Takes the secret's current version. If that is what was refused, takes the one that a rotation under way has
     * made: between two of the rotation's steps, the database already has that one.
     */
    @Override
    public synchronized boolean renew() throws Failure {
        if (database.secretId().isEmpty() || iam() || found == null) {
            return false;
        }
        String secretId = database.secretId().get();
        DatabaseTarget refused = found;
        DatabaseTarget current = complete(database::renewed, current(secretId));
        if (triedPending || !current.equals(refused)) {
            triedPending = false;
            found = current;
            return true;
        }
        Optional<String> pending = new SecretsReader(run.aws()).readPending(secretId);
        if (pending.isPresent()) {
            triedPending = true;
            found = complete(database::renewed, parsed(secretId, pending.get()));
        }
        return true;
    }

    /** Valid for 15 minutes, and only for logging in. The report hides the secret part of any such token. */
    private Secret token(DatabaseTarget target) throws Failure {
        Endpoint server = target.realServer();
        return Secret.of(new RdsToken(run.aws()).make(server.host(), server.port(), target.username(), region(server)));
    }

    private static Optional<String> region(Endpoint server) {
        return RdsHost.parse(server.host()).map(RdsHost::region);
    }

    /** A token must not travel in the clear, wherever it goes. */
    private DatabaseTarget encrypted(DatabaseTarget target) {
        boolean decided = target.tls().mode().isPresent()
                || target.tls().rootCertificates().isPresent()
                || region(target.realServer()).isPresent();
        return iam() && !decided ? target.with(SslMode.REQUIRE) : target;
    }

    private DatabaseTarget complete(Function<ConnectionParts, DatabaseTarget> how, ConnectionParts fromSecret)
            throws Failure {
        try {
            DatabaseTarget target = how.apply(fromSecret);
            // A password that is the user's name is no secret, and hiding it would show that it is one.
            target.password()
                    .map(Secret::reveal)
                    .filter(password -> !password.equals(target.username()))
                    .ifPresent(this::hide);
            return encrypted(target);
        } catch (IllegalArgumentException e) {
            throw new Failure(new Refused.BadInput(List.of(String.valueOf(e.getMessage())), "Complete the settings."));
        }
    }

    private ConnectionParts current(String secretId) throws Failure {
        return parsed(secretId, new SecretsReader(run.aws()).read(secretId));
    }

    private ConnectionParts parsed(String secretId, String payload) throws Failure {
        try {
            ConnectionText parsed = ConnectionText.parse(payload);
            if (found == null) {
                parsed.warnings().forEach(warning -> run.warn("the secret " + secretId + ": " + warning));
                database.overruled(parsed.parts())
                        .forEach(warning -> run.warn("the secret " + secretId + ": " + warning));
            }
            return parsed.parts();
        } catch (IllegalArgumentException e) {
            throw new Failure(new Refused.DatabaseUnusable(
                    "The secret " + secretId + " " + e.getMessage() + ".",
                    "Store a PostgreSQL URL in it, or JSON with username and password (and host, port, dbname)."));
        }
    }

    private void hide(String secret) {
        run.hide().accept(secret);
        run.hide().accept(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
}
