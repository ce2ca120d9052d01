package dev.lockkeeper.postgres.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdsHostTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            db.abc123.eu-central-1.rds.amazonaws.com,              eu-central-1,  false
            DB.Abc123.EU-Central-1.RDS.AmazonAWS.com,              eu-central-1,  false
            db.abc123.eu-central-1.rds.amazonaws.com.,             eu-central-1,  false
            x.cluster-abc.eu-west-1.rds.amazonaws.com,             eu-west-1,     false
            x.cluster-ro-abc.eu-west-1.rds.amazonaws.com,          eu-west-1,     false
            x.proxy-abc.eu-west-1.rds.amazonaws.com,               eu-west-1,     true
            ro.endpoint.proxy-abc.eu-west-1.rds.amazonaws.com,     eu-west-1,     true
            proxy-of-ours.abc123.eu-west-1.rds.amazonaws.com,      eu-west-1,     false
            db.abc123.us-gov-west-1.rds.amazonaws.com,             us-gov-west-1, false
            db.abc123.cn-north-1.rds.amazonaws.com.cn,             cn-north-1,    false
            db.abc123.rds.cn-north-1.amazonaws.com.cn,             cn-north-1,    false
            x.proxy-abc.rds.cn-northwest-1.amazonaws.com.cn,       cn-northwest-1, true
            db.eu-central-1.rds.amazonaws.com,                     eu-central-1,  false
            """)
    void the_name_gives_region_and_proxy(String host, String region, boolean proxy) {
        assertThat(RdsHost.parse(host)).contains(new RdsHost(region, proxy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil-rds.amazonaws.com.example.org",
                "db.abc123.eu-central-1.rds.amazonaws.com.example.org",
                "db.abc123.eu-central-1.rds.amazonaws.com.cn.example.org",
                "db.abc123.eu-central-1.evil-rds.amazonaws.com",
                "db.abc123.eu-central-1.rds-amazonaws.com",
                "db.abc123.eu-central-1.rds.amazonaws.community",
                "db.abc123.eu-central-1.rdsXamazonaws.com",
                "rds.eu-central-1.amazonaws.com",
                "rds.amazonaws.com",
                "localhost",
                "127.0.0.1",
                "::1",
                "."
            })
    void other_names_are_not_of_rds(String host) {
        assertThat(RdsHost.parse(host)).isEmpty();
    }
}
