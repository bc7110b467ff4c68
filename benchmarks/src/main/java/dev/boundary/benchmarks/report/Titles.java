package dev.boundary.benchmarks.report;

import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.SubjectKind;
import java.util.Arrays;

/** What readers are told instead of ids. */
final class Titles {

    private Titles() {}

    static String scenario(String id) {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .map(Scenario::title)
                .orElse(id);
    }

    static String subject(String id) {
        return Arrays.stream(SubjectKind.values())
                .filter(subject -> subject.id().equals(id))
                .findFirst()
                .map(SubjectKind::title)
                .orElse(id);
    }

    static String network(String id) {
        return switch (id) {
            case "none" -> "no database";
            case "0.5ms" -> "0.5 ms of network delay";
            default -> id;
        };
    }
}
