package dev.lockkeeper.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and the server, and breaks what passes through it: cuts, or lets nothing through any more. */
public final class FaultyProxy implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile boolean stalled;
    private volatile boolean refusing;

    public FaultyProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept, "proxy");
    }

    /** The environment that goes through here. */
    public Environment in(Environment environment) {
        return environment
                .with("DATABASE_HOST", "127.0.0.1")
                .with("DATABASE_PORT", String.valueOf(listener.getLocalPort()));
    }

    /** How often the other side was waited for, over all connections. */
    public int roundTrips() {
        return roundTrips.get();
    }

    /** Breaks every connection there is; new ones are let through. */
    public void cut() {
        open.forEach(FaultyProxy::close);
        open.clear();
    }

    /** From now on nothing passes, in either direction, on old connections or new ones; none is closed. */
    public void stall() {
        stalled = true;
    }

    /** New connections pass again; what was stalled stays so, as after a router has forgotten a connection. */
    public void passNewOnes() {
        open.clear();
        stalled = false;
    }

    /** From now on new connections are closed at once. */
    public void refuse() {
        refusing = true;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                // The listener was closed; the loop sees that.
                continue;
            }
        }
    }

    private void serve(Socket client) {
        if (refusing) {
            close(client);
            return;
        }
        try {
            Socket server = new Socket(host, port);
            open.add(client);
            open.add(server);
            AtomicBoolean answered = new AtomicBoolean(true);
            thread(() -> pass(client, server, () -> turn(answered)), "to server");
            thread(() -> pass(server, client, () -> answered.set(true)), "to client");
        } catch (IOException e) {
            // The server is down, and the client is told so.
            close(client);
        }
    }

    /** A request after an answer is another round trip. */
    private void turn(AtomicBoolean answered) {
        if (answered.getAndSet(false)) {
            roundTrips.incrementAndGet();
        }
    }

    private void pass(Socket from, Socket to, Runnable seen) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                seen.run();
                boolean forgotten = !open.contains(from);
                if (!stalled && !forgotten) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One side has ended; so does the other.
            close(to);
        }
        if (open.contains(from) && !stalled) {
            close(to);
        }
    }

    private static void thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
