package dev.boundary.routing;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data source of a tenant's own place, made once. Whoever needs that place waits while it is made; nobody else does.
 */
final class MadeDataSource {

    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable DataSource source;
    private boolean closed;

    /** The data source, made now if it was not before; null if it was closed. */
    @Nullable
    DataSource get(Supplier<? extends DataSource> factory) {
        DataSource made = source;
        return made == null ? make(factory) : made;
    }

    private @Nullable DataSource make(Supplier<? extends DataSource> factory) {
        making.lock();
        try {
            DataSource made = source;
            if (made == null && !closed) {
                made = factory.get();
                source = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    /** The data source if it has been made. */
    @Nullable
    DataSource made() {
        return source;
    }

    /** Closes it if it has been made and can be closed; waits while it is being made. */
    void close() throws Exception {
        making.lock();
        try {
            DataSource last = source;
            closed = true;
            source = null;
            if (last instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } finally {
            making.unlock();
        }
    }
}
