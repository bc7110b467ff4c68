package dev.boundary.cli.work;

import dev.boundary.registry.TenantWork;

/** Work for each tenant that can be cancelled. */
public interface TenantTask extends TenantWork.Task {

    /** Cancels the work in progress, which then ends soon. May be called from another thread. */
    void cancel();

    /** The work for one tenant has failed; the message says why. */
    final class TaskFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        /**
         * Creates a failure.
         *
         * @param message why the work failed, for people
         */
        public TaskFailedException(String message) {
            super(message);
        }
    }
}
