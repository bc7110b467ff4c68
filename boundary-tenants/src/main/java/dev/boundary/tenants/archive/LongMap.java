package dev.boundary.tenants.archive;

import java.util.OptionalLong;

/**
 * Maps numbers to numbers in 24 to 48 bytes for each pair, for ten million keys. Not safe for use by several threads.
 */
final class LongMap {

    private static final int FIRST = 1 << 10;

    private long[] keys = new long[FIRST];
    private long[] values = new long[FIRST];
    private boolean[] used = new boolean[FIRST];
    private int size;

    OptionalLong get(long key) {
        int at = find(key);
        return used[at] ? OptionalLong.of(values[at]) : OptionalLong.empty();
    }

    boolean has(long key) {
        return used[find(key)];
    }

    void put(long key, long value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = find(key);
        if (!used[at]) {
            size++;
        }
        set(at, key, value);
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        boolean[] oldUsed = used;
        keys = new long[Math.multiplyExact(oldKeys.length, 2)];
        values = new long[keys.length];
        used = new boolean[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldUsed[i]) {
                set(find(oldKeys[i]), oldKeys[i], oldValues[i]);
            }
        }
    }

    private void set(int at, long key, long value) {
        used[at] = true;
        keys[at] = key;
        values[at] = value;
    }

    /** The position of the key, or the free one where it would be. */
    private int find(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L; // spreads neighbours over the table
        int at = (int) (mixed >>> 32) & mask;
        while (used[at] && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
