package dev.boundary.cli.work;

import dev.boundary.registry.TenantWork;

/** Work for each tenant that can be given up. */
public interface TenantTask extends TenantWork.Task {

    /** Makes what is under way end soon. May be called from another thread. */
    void cancel();

    /** The work for one tenant has failed; the message says why. */
    final class TaskFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        /**
         * A failure.
         *
         * @param message why
         */
        public TaskFailedException(String message) {
            super(message);
        }
    }
}
