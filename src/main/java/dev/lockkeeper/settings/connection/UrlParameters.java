package dev.lockkeeper.settings.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of a database URL's parameters: those of libpq
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS), of pgjdbc
 * (https://jdbc.postgresql.org/documentation/use/), Prisma, SQLAlchemy, Rails, node-postgres and Go's drivers, and the
 * server's settings, which Go's drivers take as parameters and the others within {@code options}. Parameters that
 * decide where objects are created are honoured or refused. The README has the same table, and a test compares the two.
 */
public final class UrlParameters {
    private static final Map<String, Verdict> VERDICTS = new TreeMap<>();
    private static final Map<Verdict, List<String>> NAMES = new TreeMap<>();

    /** What becomes of a parameter. */
    public enum Verdict {
        /** Does here what it does elsewhere. */
        HONOURED,
        /** Ends the run before anything is touched: ignored, it would lead to another place. */
        REFUSED,
        /** Ignored with a warning: somebody may count on it. */
        IGNORED,
        /** Ignored: tunes another program's driver or pool. */
        HARMLESS
    }

    static {
        add(Verdict.HONOURED, """
                host port dbname database user username password PGHOST PGPORT PGDBNAME
                sslmode ssl sslrootcert
                options search_path currentSchema schema_search_path schema role""");
        add(Verdict.REFUSED, """
                hostaddr service servicefile unix_sock cloudSqlInstance
                session_authorization default_tablespace temp_tablespaces default_table_access_method
                readOnly default_transaction_read_only transaction_read_only""");
        add(Verdict.IGNORED, """
                statement_timeout lock_timeout transaction_timeout idle_in_transaction_session_timeout
                TimeZone DateStyle IntervalStyle client_encoding encoding client_min_messages min_messages
                default_transaction_isolation default_transaction_deferrable session_replication_role row_security
                variables replication target_session_attrs targetServerType protocolVersion
                sslcert sslkey sslpassword sslpasswordcallback sslcrl sslcrldir sslidentity sslaccept sslcertmode sslinline
                sslfactory sslfactoryarg sslhostnameverifier requiressl
                ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version
                socketFactory socketFactoryArg authenticationPluginClassName requireAuth require_auth requirepeer
                channelBinding channel_binding passfile scram_client_key scram_server_key
                oauth_issuer oauth_client_id oauth_client_secret oauth_scope
                gssEncMode gsslib gssdelegation gssUseDefaultCreds krbsrvname krbspn kerberosServerName
                jaasApplicationName jaasLogin useSpnego sspiServiceClass""");
        add(Verdict.HARMLESS, """
                ApplicationName application_name fallback_application_name
                connectTimeout connect_timeout connectionTimeoutMillis loginTimeout socketTimeout socket_timeout
                sslResponseTimeout gssResponseTimeout cancelSignalTimeout queryTimeout query_timeout timeout command_timeout
                keepAlive keepAliveInitialDelayMillis keepalives keepalives_idle keepalives_interval keepalives_count
                tcpKeepAlive tcpNoDelay tcp_user_timeout sslcompression sslNegotiation sslsni sslkeylogfile
                loadBalanceHosts load_balance_hosts hostRecheckSeconds localSocketAddress
                connection_limit pool_timeout pgbouncer max_connection_lifetime max_idle_connection_lifetime
                single_use_connections statement_cache_size pool pool_size max min max_overflow pool_recycle pool_pre_ping
                idle_timeout idleTimeoutMillis checkout_timeout reaping_frequency pool_max_conns pool_min_conns
                pool_max_conn_lifetime pool_max_conn_lifetime_jitter pool_max_conn_idle_time pool_health_check_period
                default_query_exec_mode statement_cache_capacity description_cache_capacity binary_parameters
                disable_prepared_binary_result prepared_statements prepared_statement_cache_size statement_limit
                advisory_locks insert_returning async_fallback uselibpqcompat binary stream
                executemany_mode executemany_batch_page_size
                adaptiveFetch adaptiveFetchMaximum adaptiveFetchMinimum allowEncodingChanges assumeMinServerVersion
                autosave binaryTransfer binaryTransferDisable binaryTransferEnable classLoaderStrategy cleanupSavepoints
                connectExecutor connectExecutorArg convertBooleanToNumeric databaseMetadataCacheFields
                databaseMetadataCacheFieldsMiB defaultRowFetchSize disableColumnSanitiser escapeSyntaxCallMode
                flushCacheOnDdl groupStartupParameters hideUnprivilegedObjects loggerFile loggerLevel logServerErrorDetail
                logUnclosedConnections maxResultBuffer maxSendBufferSize pemKeyAlgorithm preferQueryMode
                preparedStatementCacheQueries preparedStatementCacheSizeMiB prepareThreshold quoteReturningIdentifiers
                readOnlyMode receiveBufferSize reWriteBatchedInserts reWriteBatchedInsertsSize scramMaxIterations
                sendBufferSize stringtype unknownLength xmlFactoryFactory""");
    }

    private UrlParameters() {}

    private static void add(Verdict verdict, String names) {
        List<String> all = Arrays.asList(names.split("\\s+"));
        NAMES.computeIfAbsent(verdict, any -> new ArrayList<>()).addAll(all);
        all.forEach(name -> VERDICTS.put(name.toLowerCase(Locale.ROOT), verdict));
    }

    /** The parameters with this verdict, as their inventors write them. */
    public static List<String> with(Verdict verdict) {
        return List.copyOf(NAMES.getOrDefault(verdict, List.of()));
    }

    /** The verdict on a parameter, in upper or lower case; empty if the name isn't known. */
    public static Optional<Verdict> verdict(String name) {
        return Optional.ofNullable(VERDICTS.get(name.toLowerCase(Locale.ROOT)));
    }

    /** What to do instead of a refused parameter. */
    static String instead(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "hostaddr" -> "set DATABASE_HOST to the address and DATABASE_ENDPOINT to the server's real name";
            case "service", "servicefile" ->
                "set DATABASE_HOST, DATABASE_NAME and DATABASE_USERNAME to what the service file says";
            case "unix_sock", "cloudsqlinstance" -> "set DATABASE_HOST to a host that is reached by TCP";
            case "session_authorization" -> "set LOCKKEEPER_ROLE to that role";
            case "readonly", "default_transaction_read_only", "transaction_read_only" ->
                "leave it out; status and validate write nothing anyway";
            default -> "leave it out, and set it for the user by ALTER ROLE … SET " + name.toLowerCase(Locale.ROOT);
        };
    }
}
