import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A proxy on loopback that delays every answer. Arguments: its port, the server's port, and the delay in milliseconds. */
public final class SlowNetwork {
    private record Chunk(long dueNanos, byte[] bytes) {}

    public static void main(String[] arguments) throws Exception {
        int server = Integer.parseInt(arguments[1]);
        long delay = Long.parseLong(arguments[2]) * 1_000_000;
        try (ServerSocket listening =
                new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket client = listening.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                pass(client, target, 0);
                pass(target, client, delay);
            }
        }
    }

    /** Reads and writes in two threads, so that the delays of consecutive chunks overlap. */
    private static void pass(Socket from, Socket to, long delay) {
        var underway = new LinkedBlockingQueue<Chunk>();
        start(() -> {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[65536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                underway.add(new Chunk(System.nanoTime() + delay, Arrays.copyOf(buffer, read)));
            }
            underway.add(new Chunk(0, null));
        });
        start(() -> {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = underway.take(); chunk.bytes != null; chunk = underway.take()) {
                for (long left = delay; left > 0; left = chunk.dueNanos - System.nanoTime()) {
                    LockSupport.parkNanos(Math.min(left, chunk.dueNanos - System.nanoTime()));
                }
                out.write(chunk.bytes);
            }
            to.shutdownOutput();
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception gone) {
                // One side has closed the connection, so reading from the other ends too.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
