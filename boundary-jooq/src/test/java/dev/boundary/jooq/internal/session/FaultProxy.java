package dev.boundary.jooq.internal.session;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between the driver and PostgreSQL, knows where a message of the protocol begins and ends, counts the round
 * trips, and cuts a connection where a test requires it.
 */
final class FaultProxy implements AutoCloseable {

    /** Where in the flow of one statement the connection is cut. */
    enum Cut {
        NEVER,
        /** The server has received nothing of the statement. */
        BEFORE_THE_PREFIX,
        /** The server has received the prefix, and not the statement. */
        BETWEEN_PREFIX_AND_STATEMENT,
        /** The server has received everything but the end of the transaction. */
        BEFORE_THE_SYNC,
        /** The server has done everything, and the client receives no answer. */
        BEFORE_THE_ANSWER
    }

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
    private final AtomicInteger roundTrips = new AtomicInteger();
    private boolean refusing;

    FaultProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Cuts the next connection that comes to that point, once. */
    void cutOnce(Cut where) {
        cut.set(where);
    }

    /** Whether the requested cut has happened: known before the client can see that its connection is closed. */
    boolean hasCut() {
        return cut.get() == Cut.NEVER;
    }

    /** How many round trips the server has answered. */
    int roundTrips() {
        return roundTrips.get();
    }

    /** Cuts every connection, as a restarting server does. */
    synchronized void cutAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Whether new connections are closed at once, as by a server that is starting up. */
    synchronized void refuse(boolean all) {
        refusing = all;
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException _) {
            // closed
        }
    }

    /** Under the lock of {@link #cutAll} and {@link #refuse}: no connection slips past them. */
    private synchronized void connect(Socket client) throws IOException {
        if (refusing) {
            client.close();
            return;
        }
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        AtomicBoolean prefixSent = new AtomicBoolean();
        Thread.ofVirtual().start(() -> pump(() -> forward(client, server, prefixSent), client, server));
        Thread.ofVirtual().start(() -> pump(() -> backward(server, client, prefixSent), client, server));
    }

    private void pump(Pump pump, Socket client, Socket server) {
        try (client;
                server) {
            pump.run();
        } catch (IOException _) {
            // one side has ended; so does the other
        } finally {
            sockets.remove(client);
            sockets.remove(server);
        }
    }

    private void forward(Socket client, Socket server, AtomicBoolean prefixSent) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        startup(in, out);
        boolean prefixSeen = false;
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            boolean prefix =
                    type == 'P' && new String(body, java.nio.charset.StandardCharsets.UTF_8).contains("set_config");
            if (prefix) {
                prefixSeen = true;
                cutIf(Cut.BEFORE_THE_PREFIX);
                prefixSent.set(true);
            } else if (type == 'P' && prefixSeen) {
                cutIf(Cut.BETWEEN_PREFIX_AND_STATEMENT);
            } else if (type == 'S' && prefixSeen) {
                prefixSeen = false;
                cutIf(Cut.BEFORE_THE_SYNC);
            }
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
            out.flush();
        }
    }

    private static void startup(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        out.writeInt(length);
        out.write(in.readNBytes(length - 4));
        out.flush();
    }

    /** Other answers are those to a pool: it opens connections, and tests them, whenever it likes. */
    private void backward(Socket server, Socket client, AtomicBoolean prefixSent) throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (type == 'Z') {
                roundTrips.incrementAndGet();
                if (prefixSent.getAndSet(false)) {
                    cutIf(Cut.BEFORE_THE_ANSWER);
                }
            }
            out.writeByte(type);
            out.writeInt(body.length + 4);
            out.write(body);
            if (type == 'Z' || in.available() == 0) {
                out.flush();
            }
        }
    }

    private void cutIf(Cut here) throws IOException {
        if (cut.compareAndSet(here, Cut.NEVER)) {
            throw new IOException("cut");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
    }

    @FunctionalInterface
    private interface Pump {
        void run() throws IOException;
    }
}
