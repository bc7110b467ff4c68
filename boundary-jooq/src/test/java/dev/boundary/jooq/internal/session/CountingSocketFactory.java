package dev.boundary.jooq.internal.session;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Counts how often the driver hands something to the network: give its name to the driver as {@code socketFactory}.
 * The count is one for the whole JVM, so tests that read it run one after the other.
 */
public final class CountingSocketFactory extends SocketFactory {

    private static final AtomicLong FLUSHES = new AtomicLong();

    /** For the driver, which needs a public constructor. */
    public CountingSocketFactory() {}

    /** Connections whose flushes are counted. */
    public static PGSimpleDataSource on(PGSimpleDataSource dataSource) {
        dataSource.setSocketFactory(CountingSocketFactory.class.getName());
        return dataSource;
    }

    /** How many flushes an action causes. */
    public static long flushesOf(Runnable action) {
        long before = FLUSHES.get();
        action.run();
        return FLUSHES.get() - before;
    }

    @Override
    public Socket createSocket() {
        return new CountingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class CountingSocket extends Socket {
        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    FLUSHES.incrementAndGet();
                    super.flush();
                }
            };
        }
    }
}
