package dev.boundary.doctor;

import dev.boundary.doctor.Check.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule. A new one gets the next free id; an id never changes its meaning. */
final class Checks {

    /** In the order of their ids. */
    static final List<Check> ALL = Stream.of(
                    RoleRules.CHECKS,
                    TableRules.CHECKS,
                    PolicyRules.CHECKS,
                    GrantRules.CHECKS,
                    KeyRules.CHECKS,
                    RoutineRules.CHECKS,
                    ViewRules.CHECKS,
                    ServerRules.CHECKS)
            .flatMap(List::stream)
            .sorted(Comparator.comparing((Check check) -> check.rule().id()))
            .toList();

    private static final Map<String, Phase> PHASES =
            ALL.stream().collect(Collectors.toMap(check -> check.rule().id(), Check::phase));

    private Checks() {}

    static Phase phase(Finding finding) {
        return PHASES.getOrDefault(finding.rule().id(), Phase.KEYS);
    }
}
