package dev.lockkeeper.harness;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Takes a login as RDS does if it expects an IAM token: TLS, then the password in clear text. It keeps the password and
 * refuses it, in the protocol's own words (https://www.postgresql.org/docs/current/protocol-flow.html).
 */
public final class PasswordTaker implements AutoCloseable {
    private static final int SSL_REQUEST = 80_877_103;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final List<String> passwords = new CopyOnWriteArrayList<>();

    public PasswordTaker(SSLContext tls) throws IOException {
        this.tls = tls;
        Thread thread = new Thread(this::accept, "password taker");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What has arrived so far. */
    public List<String> passwords() {
        return List.copyOf(passwords);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                serve(client);
            } catch (IOException e) {
                // The client is done, or the test is.
                continue;
            }
        }
    }

    private void serve(Socket plain) throws IOException {
        DataInputStream in = new DataInputStream(plain.getInputStream());
        byte[] first = message(in);
        if (ByteBuffer.wrap(first).getInt() != SSL_REQUEST) {
            refuse(plain.getOutputStream(), "28000", "no encryption");
            return;
        }
        plain.getOutputStream().write('S');
        try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), false)) {
            secure.setUseClientMode(false);
            DataInputStream secureIn = new DataInputStream(secure.getInputStream());
            OutputStream out = secure.getOutputStream();
            message(secureIn);
            // AuthenticationCleartextPassword
            out.write(ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(3).array());
            out.flush();
            secureIn.readByte();
            byte[] password = message(secureIn);
            passwords.add(new String(password, 0, password.length - 1, StandardCharsets.UTF_8));
            refuse(out, "28000", "PAM authentication failed for user \"app\"");
        }
    }

    /** A message without its type: its length, which counts itself, and the rest. */
    private static byte[] message(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static void refuse(OutputStream out, String state, String text) throws IOException {
        byte[] fields = ("SFATAL\0C" + state + "\0M" + text + "\0\0").getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(5 + fields.length)
                .put((byte) 'E')
                .putInt(Integer.BYTES + fields.length)
                .put(fields)
                .array());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
