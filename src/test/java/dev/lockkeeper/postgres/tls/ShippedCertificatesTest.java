package dev.lockkeeper.postgres.tls;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificates in the jar: a refresh that goes wrong, and time passing, should turn this red. */
class ShippedCertificatesTest {
    private static final Pattern COUNT = Pattern.compile("(\\d+)\\s+certificates");
    private static final Pattern EXPIRY = Pattern.compile("expires\\s+on\\s+(\\S+)\\.");

    private static Map<String, List<X509Certificate>> byFile;
    private static String readme;

    @BeforeAll
    static void read_all() throws IOException, URISyntaxException {
        Path folder = Path.of(RdsRoots.class.getResource("certificates").toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            byFile = files.filter(file -> file.toString().endsWith(".pem"))
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString().replace('\\', '/'),
                            ShippedCertificatesTest::parse,
                            (one, other) -> one,
                            TreeMap::new));
        }
        readme = Files.readString(folder.resolve("README.md"));
    }

    @Test
    void no_file_is_empty_and_none_holds_anything_that_does_not_parse() throws IOException, URISyntaxException {
        assertThat(byFile).hasSizeGreaterThan(20).containsKey("rds-proxy.pem");
        for (Map.Entry<String, List<X509Certificate>> file : byFile.entrySet()) {
            Path path = Path.of(
                    RdsRoots.class.getResource("certificates/" + file.getKey()).toURI());
            long blocks = Files.readString(path)
                    .lines()
                    .filter("-----BEGIN CERTIFICATE-----"::equals)
                    .count();
            assertThat(file.getValue()).as(file.getKey()).isNotEmpty().hasSize((int) blocks);
        }
    }

    @Test
    void every_certificate_is_an_authority() {
        assertThat(all()).allMatch(certificate -> certificate.getBasicConstraints() >= 0);
    }

    @Test
    void none_expires_within_ninety_days() {
        Instant soon = Instant.now().plus(90, ChronoUnit.DAYS);

        assertThat(all())
                .allSatisfy(certificate -> assertThat(certificate.getNotAfter().toInstant())
                        .as(certificate.getSubjectX500Principal().getName())
                        .isAfter(soon));
    }

    @Test
    void the_file_of_a_region_holds_the_roots_of_that_region() {
        byFile.forEach((file, certificates) -> {
            if (file.startsWith("regions/")) {
                String region = file.substring("regions/".length(), file.length() - ".pem".length());
                assertThat(certificates)
                        .as(file)
                        .allSatisfy(certificate -> assertThat(
                                        certificate.getSubjectX500Principal().getName())
                                .contains("CN=Amazon RDS " + region + " Root CA"));
            }
        });
    }

    @Test
    void every_certificate_is_in_exactly_one_file() {
        Map<X509Certificate, Set<String>> files = byFile.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(certificate -> Map.entry(certificate, file.getKey())))
                .collect(Collectors.groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));

        assertThat(files.values()).allMatch(holders -> holders.size() == 1);
        assertThat(files).hasSameSizeAs(all());
        assertThat(files)
                .hasSize(numbersIn(readme, COUNT).mapToInt(Integer::parseInt).sum());
    }

    @Test
    void the_readme_says_when_the_first_one_expires() {
        String first = all().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .map(instant -> instant.atZone(ZoneOffset.UTC).toLocalDate().toString())
                .orElseThrow();

        assertThat(numbersIn(readme, EXPIRY).sorted().findFirst()).contains(first);
    }

    private static List<X509Certificate> all() {
        return byFile.values().stream().flatMap(List::stream).toList();
    }

    private static Stream<String> numbersIn(String text, Pattern pattern) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    private static List<X509Certificate> parse(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException e) {
            throw new AssertionError(file + " does not parse", e);
        }
    }
}
