package dev.boundary.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * One subject in one scenario on one network. In JSON the names are in snake case.
 *
 * @param scenario the scenario's id
 * @param subject the subject's id
 * @param network the network's id, or {@code "none"} for rendering
 * @param base the id of the subject it is compared with
 * @param ratioMedian how many times as long as the base, in the middle round
 * @param ratioLow the same, and a tenth of the rounds is below
 * @param ratioHigh the same, and a tenth of the rounds is above
 * @param flushesPerStatement how often the client waits for the server, or null for rendering
 * @param micros what one operation took, in the middle round, in microseconds
 * @param allocatedBytes what one operation allocated on its thread, in the middle round
 * @param rounds how many rounds were compared
 * @param circumstances what it was measured with
 */
@JsonPropertyOrder({"scenario", "subject", "network", "base"})
public record Result(
        String scenario,
        String subject,
        String network,
        String base,
        double ratioMedian,
        double ratioLow,
        double ratioHigh,
        @Nullable Double flushesPerStatement,
        double micros,
        long allocatedBytes,
        int rounds,
        @JsonUnwrapped Circumstances circumstances) {

    /** Whether it is what the others are compared with. */
    public boolean comparesWithItself() {
        return subject.equals(base);
    }
}
