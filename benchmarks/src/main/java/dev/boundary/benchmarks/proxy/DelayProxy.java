package dev.boundary.benchmarks.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and PostgreSQL. Each packet from a client goes on after the delay, counted from its arrival,
 * so packets sent one after the other are not delayed twice; answers go back at once. A request and its answer
 * together thus take the delay longer. Counts the clients' flushes.
 *
 * <p>Safe for use by several threads.
 */
public final class DelayProxy implements AutoCloseable {

    /** A thread that sleeps wakes up to this late, so the rest of the delay is spent spinning. */
    private static final long SPIN_NANOS = 150_000;

    private static final int BUFFER = 64 * 1024;

    private final InetSocketAddress server;
    private final long delayNanos;
    private final ServerSocket listener;
    private final AtomicLong flushes = new AtomicLong();

    /**
     * Starts on a free port of the loopback interface.
     *
     * @param server where PostgreSQL listens
     * @param delay added to each round trip; zero to count only
     * @throws IOException if no port can be opened
     */
    public DelayProxy(InetSocketAddress server, Duration delay) throws IOException {
        this.server = server;
        this.delayNanos = delay.toNanos();
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    /**
     * Where clients connect.
     *
     * @return host and port, as a JDBC URL has them
     */
    public String address() {
        return "localhost:" + listener.getLocalPort();
    }

    /**
     * How often clients have waited for an answer since the start, connecting not counted.
     *
     * @return the number of flushes
     */
    public long flushes() {
        return flushes.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket upstream = new Socket();
            try {
                upstream.connect(server);
            } catch (IOException e) {
                client.close();
                upstream.close();
                throw new IOException("The benchmark's proxy cannot reach PostgreSQL at " + server, e);
            }
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            BlockingQueue<Packet> queue = new LinkedBlockingQueue<>();
            start("receive", () -> receive(client, queue));
            start("forward", () -> forward(queue, upstream));
            start("answer", () -> answer(upstream, client));
        }
    }

    private void receive(Socket client, BlockingQueue<Packet> queue) throws IOException {
        FlushCounter counter = new FlushCounter(flushes);
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = client.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                counter.packet(buffer, count);
                queue.add(new Packet(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, count)));
            }
        } finally {
            queue.add(new Packet(0, new byte[0]));
        }
    }

    private static void forward(BlockingQueue<Packet> queue, Socket upstream) throws IOException, InterruptedException {
        try (upstream) {
            OutputStream out = upstream.getOutputStream();
            for (Packet packet = queue.take(); !packet.isEnd(); packet = queue.take()) {
                waitUntil(packet.due);
                out.write(packet.bytes);
            }
        }
    }

    private static void answer(Socket upstream, Socket client) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (client) {
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void start(String what, Transfer transfer) {
        Thread.ofPlatform().daemon().name("proxy-" + what).start(() -> {
            try {
                transfer.run();
            } catch (IOException e) {
                // A closed socket is how a connection ends; what fails otherwise, the client sees as a broken one.
                if (!listener.isClosed() && "accept".equals(what)) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Accepts no more clients. Connections that are open live on until their client closes them. */
    @Override
    public void close() throws IOException {
        listener.close();
    }

    @FunctionalInterface
    private interface Transfer {
        void run() throws IOException, InterruptedException;
    }

    /** Bytes to be sent at a time; none at the end. */
    private static final class Packet {
        final long due;
        final byte[] bytes;

        Packet(long due, byte[] bytes) {
            this.due = due;
            this.bytes = bytes;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }
}
