package dev.lockkeeper.postgres.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the host name of an Amazon RDS database says about it.
 *
 * @param region the AWS region, such as {@code eu-central-1}
 * @param proxy whether this is an RDS Proxy, whose certificate Amazon's public roots have signed
 */
public record RdsHost(String region, boolean proxy) {
    /**
     * {@code db.abc123.eu-central-1.rds.amazonaws.com}, and in China also
     * {@code db.abc123.rds.cn-north-1.amazonaws.com.cn}. The label before the region is the account's. That of an RDS
     * Proxy starts with {@code proxy-}; a database's own name, further left, may do so too.
     */
    private static final Pattern HOST = Pattern.compile("""
            (?:(?:.+\\.)?(?<account>[^.]+)\\.)?\
            (?:(?<region>[^.]+)\\.rds\\.amazonaws\\.com(?:\\.cn)?\
            |rds\\.(?<chinese>cn-[^.]+)\\.amazonaws\\.com\\.cn)""");

    /** Reads a host name, in any case and with or without the trailing dot; empty if it isn't an RDS host. */
    public static Optional<RdsHost> parse(String host) {
        Matcher matcher = HOST.matcher(withoutTrailingDot(host).toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String region = matcher.group("region") == null ? matcher.group("chinese") : matcher.group("region");
        String account = matcher.group("account");
        return Optional.of(new RdsHost(region, account != null && account.startsWith("proxy-")));
    }

    /** The name as certificates carry it: DNS allows a trailing dot, they don't. */
    static String withoutTrailingDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
