import org.flywaydb.core.Flyway;

/** Flyway through its API. Arguments: the JDBC URL and the folder of SQL files. */
public final class FlywayPeer {
    public static void main(String[] arguments) {
        Flyway.configure()
                .dataSource(arguments[0], "postgres", "x")
                .locations("filesystem:" + arguments[1])
                .load()
                .migrate();
    }
}
