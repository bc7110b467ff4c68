package dev.boundary.examples.bookings.http;

import dev.boundary.examples.bookings.service.Clubs;
import dev.boundary.web.TenantFilter;
import dev.boundary.web.TenantResolution;
import dev.boundary.web.TenantResolvers;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jooq.DSLContext;

/** The HTTP server, on the loopback interface. Each request runs on a virtual thread of its own. */
public final class BookingServer implements AutoCloseable {

    private final Server server;

    private BookingServer(Server server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param db a context made by Boundary
     * @param port the TCP port, or 0 for a free one
     * @return the server
     * @throws IllegalStateException if it cannot start, for example because the port is taken
     */
    public static BookingServer start(DSLContext db, int port) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        server.addConnector(connector(server, port));
        ServletContextHandler servlets = new ServletContextHandler();
        TenantResolution clubs = TenantResolution.builder(new Clubs(db))
                .resolver(TenantResolvers.subdomainOf("localhost"))
                .build();
        servlets.addFilter(new FilterHolder(new TenantFilter(clubs)), "/*", EnumSet.of(DispatcherType.REQUEST));
        servlets.addServlet(new ServletHolder(new ClubServlet(db)), "/");
        server.setHandler(servlets);
        server.setErrorHandler(new JsonErrors());
        servlets.setErrorHandler(new JsonErrors());
        try {
            server.start();
        } catch (Exception e) { // what Jetty declares
            throw new IllegalStateException("The HTTP server cannot start on port " + port + ": " + e.getMessage(), e);
        }
        return new BookingServer(server);
    }

    private static Connector connector(Server server, int port) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }

    /**
     * Where it listens.
     *
     * @return the TCP port
     */
    public int port() {
        return ((ServerConnector) Objects.requireNonNull(server.getConnectors()[0])).getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty declares
            throw new IllegalStateException("The HTTP server did not stop", e);
        }
    }
}
