package dev.boundary.doctor;

import java.util.List;

/** A finding before its rule is put to it. */
record Hit(String object, String evidence, List<String> mend) {

    static Hit of(String object, String evidence, String... mend) {
        return new Hit(object, evidence, List.of(mend));
    }
}
