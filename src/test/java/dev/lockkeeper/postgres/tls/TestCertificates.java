package dev.lockkeeper.postgres.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Two certificate authorities, and a server's key with two certificates that the first of them signed; made afresh by
 * the JDK's keytool.
 */
public final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    public static TestCertificates create(Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        TestCertificates certificates = new TestCertificates(folder);
        certificates.keyPair("trusted", "-ext", "bc:critical=ca:true");
        certificates.keyPair("foreign", "-ext", "bc:critical=ca:true");
        certificates.keyPair("server");
        certificates.keytool("server", "-certreq", "-file", certificates.path("server.csr"));
        certificates.sign("localhost.pem", "san=dns:localhost,ip:127.0.0.1");
        certificates.sign("elsewhere.pem", "san=dns:other.example");
        certificates.exportRoot("trusted");
        certificates.exportRoot("foreign");
        certificates.exportKey();
        return certificates;
    }

    /** PEM of the authority that signed the server's certificates. */
    public Path trustedRoot() {
        return folder.resolve("trusted.pem");
    }

    /** PEM of an authority that signed nothing here. */
    public Path foreignRoot() {
        return folder.resolve("foreign.pem");
    }

    /** PEM of the server's private key, readable by its owner alone as the server requires. */
    public Path key() {
        return folder.resolve("server.key");
    }

    /** PEM of the server's certificate for localhost. */
    public Path forLocalhost() {
        return folder.resolve("localhost.pem");
    }

    /** PEM of the server's certificate for other.example. */
    public Path forElsewhere() {
        return folder.resolve("elsewhere.pem");
    }

    /** A server's side of TLS, with a certificate that nobody signed. */
    public SSLContext selfSigned() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(open("server"), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public List<X509Certificate> roots(String authority) {
        try {
            return List.of((X509Certificate) open(authority).getCertificate(authority));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void keyPair(String alias, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-dname", "CN=" + alias));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        arguments.addAll(List.of(more));
        keytool(alias, arguments.toArray(String[]::new));
    }

    private void sign(String file, String names) throws IOException, InterruptedException {
        keytool(
                "trusted",
                "-gencert",
                "-rfc",
                "-validity",
                "2",
                "-ext",
                names,
                "-infile",
                path("server.csr"),
                "-outfile",
                path(file));
    }

    private void exportRoot(String authority) throws IOException, GeneralSecurityException {
        byte[] encoded = roots(authority).get(0).getEncoded();
        Files.writeString(folder.resolve(authority + ".pem"), pem("CERTIFICATE", encoded));
    }

    private void exportKey() throws IOException, GeneralSecurityException {
        byte[] encoded = open("server").getKey("server", PASSWORD).getEncoded();
        Files.createFile(key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key(), pem("PRIVATE KEY", encoded));
    }

    private KeyStore open(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(alias + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private void keytool(String alias, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", alias, "-keystore", path(alias + ".p12"), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD)));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed:\n" + output);
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String pem(String type, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
    }
}
