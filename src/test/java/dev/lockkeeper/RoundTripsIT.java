package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.harness.DatabaseCase;
import dev.lockkeeper.harness.FaultyProxy;
import dev.lockkeeper.harness.PostgresServer;
import dev.lockkeeper.harness.Program;
import org.junit.jupiter.api.Test;

/** How often a run waits for the network: this is its cost if the database is a millisecond away. */
class RoundTripsIT extends DatabaseCase {
    /** Start-up packet with TLS refused, and the exchange of SCRAM; pgjdbc's, not ours. */
    private static final int LOGIN = 4;

    private int roundTrips() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port())) {
            Program.run(proxy.in(environment())).exits(0);
            return proxy.roundTrips();
        }
    }

    @Test
    void a_change_set_costs_five_and_nothing_to_do_twelve() throws Exception {
        changelog.changeSet("0", "SELECT 0;");
        roundTrips();
        changelog.changeSet("1", "SELECT 1;");
        int one = roundTrips();
        for (int i = 2; i <= 22; i++) {
            changelog.changeSet(String.valueOf(i), "CREATE TABLE t" + i + " (x int);");
        }
        int many = roundTrips();
        int nothing = roundTrips();
        System.out.println(
                "round trips: nothing to do " + nothing + ", one change set " + one + ", 21 change sets " + many);
        assertThat((many - one) / 20.0).isLessThanOrEqualTo(5);
        assertThat(nothing - LOGIN).isLessThanOrEqualTo(12);
    }
}
