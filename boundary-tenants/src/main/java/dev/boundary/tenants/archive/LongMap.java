package dev.boundary.tenants.archive;

import java.util.OptionalLong;

/** Numbers by number in 24 to 48 bytes for each pair: old keys may be ten million. */
final class LongMap {

    private static final int FIRST = 1 << 10;

    private long[] keys = new long[FIRST];
    private long[] values = new long[FIRST];
    private boolean[] used = new boolean[FIRST];
    private int size;

    OptionalLong get(long key) {
        int at = find(keys, used, key);
        return used[at] ? OptionalLong.of(values[at]) : OptionalLong.empty();
    }

    boolean has(long key) {
        return used[find(keys, used, key)];
    }

    void put(long key, long value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = find(keys, used, key);
        if (!used[at]) {
            used[at] = true;
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    private void grow() {
        long[] newKeys = new long[Math.multiplyExact(keys.length, 2)];
        long[] newValues = new long[newKeys.length];
        boolean[] newUsed = new boolean[newKeys.length];
        for (int i = 0; i < keys.length; i++) {
            if (used[i]) {
                int at = find(newKeys, newUsed, keys[i]);
                newUsed[at] = true;
                newKeys[at] = keys[i];
                newValues[at] = values[i];
            }
        }
        keys = newKeys;
        values = newValues;
        used = newUsed;
    }

    /** Where the key is, or the free place where it would be. */
    private static int find(long[] keys, boolean[] used, long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L; // spreads neighbours over the table
        int at = (int) (mixed >>> 32) & mask;
        while (used[at] && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
