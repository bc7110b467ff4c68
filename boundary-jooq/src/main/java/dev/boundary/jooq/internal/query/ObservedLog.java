package dev.boundary.jooq.internal.query;

import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.StatementOrigin;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.event.BoundaryListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs violations that were only reported, once for each statement and line of code. Thread-safe. */
public final class ObservedLog implements BoundaryListener {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedLog.class);
    private static final int MAX = 10_000; // more than a person reads, and a bound where SQL is built from texts

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Creates a log that has seen no violation. */
    public ObservedLog() {}

    @Override
    public void onEvent(BoundaryEvent event) {
        if (event instanceof Violation violation && !violation.refused()) {
            violation.origin().ifPresent(origin -> log(violation, origin));
        }
    }

    private void log(Violation violation, StatementOrigin origin) {
        if (logged.size() < MAX && logged.add(origin.fingerprint() + origin.callSite())) {
            LOG.warn(
                    "Let through, to be refused later: {} Statement {} sent by {}",
                    violation.error().getMessage(),
                    origin.fingerprint(),
                    origin.callSite());
        }
    }
}
