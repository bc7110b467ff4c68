package dev.boundary.benchmarks.report;

import java.util.Arrays;

/**
 * How many times as long as the base, over all rounds.
 *
 * @param median the middle one of the rounds' ratios
 * @param low the ratio that a tenth of the rounds is below
 * @param high the ratio that a tenth of the rounds is above
 */
public record Ratio(double median, double low, double high) {

    /**
     * Over rounds.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Ratio over(double... ratios) {
        return new Ratio(quantile(0.5, ratios), quantile(0.1, ratios), quantile(0.9, ratios));
    }

    /** The middle one of some values. */
    public static double median(double... values) {
        return quantile(0.5, values);
    }

    private static double quantile(double share, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There are no rounds to compare.");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
