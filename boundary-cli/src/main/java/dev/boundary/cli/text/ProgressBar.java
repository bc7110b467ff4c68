package dev.boundary.cli.text;

import java.io.PrintWriter;
import java.util.Locale;

/** One line of a terminal that shows the progress of long work; invisible elsewhere. For one thread. */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final int LONGEST_LABEL = 30;
    private static final long PERIOD = 100_000_000;

    private final PrintWriter err;
    private final boolean visible;
    private boolean shown;
    private long last;

    /**
     * Creates a bar that is not shown yet.
     *
     * @param err standard error
     * @param visible whether that is a terminal
     */
    public ProgressBar(PrintWriter err, boolean visible) {
        this.err = err;
        this.visible = visible;
    }

    /**
     * Whether the bar is shown at all.
     *
     * @return true on a terminal
     */
    public boolean isVisible() {
        return visible;
    }

    /**
     * Shows the progress, at most ten times a second and at the end.
     *
     * @param done how much is done
     * @param total how much is to be done; zero if that is not known
     * @param label what is being done
     */
    public void show(long done, long total, String label) {
        long now = System.nanoTime();
        if (!visible || (done != total && now - last < PERIOD && last != 0)) {
            return;
        }
        last = now;
        shown = true;
        err.print("\r\u001b[K" + (total > 0 ? bar(done, total) : String.valueOf(done)) + " " + shortened(label));
        err.flush();
    }

    /** Clears the line, so that something else can be written. */
    public void hide() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }

    private static String bar(long done, long total) {
        int filled = (int) (Math.min(done, total) * WIDTH / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d of %d (%d %%)",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total,
                Math.min(done, total) * 100 / total);
    }

    private static String shortened(String label) {
        String safe = SafeText.line(label);
        return safe.length() <= LONGEST_LABEL ? safe : safe.substring(0, LONGEST_LABEL) + "...";
    }
}
