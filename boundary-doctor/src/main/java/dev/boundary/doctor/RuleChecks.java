package dev.boundary.doctor;

import dev.boundary.doctor.RuleCheck.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule. A new one gets the next free id; an id never changes its meaning. */
final class RuleChecks {

    /** In the order of their ids. */
    static final List<RuleCheck> ALL = Stream.of(
                    RoleRules.CHECKS,
                    TableRules.CHECKS,
                    PolicyRules.CHECKS,
                    GrantRules.CHECKS,
                    DescendantRules.CHECKS,
                    KeyRules.CHECKS,
                    IndexRules.CHECKS,
                    RoutineRules.CHECKS,
                    ViewRules.CHECKS,
                    ServerRules.CHECKS)
            .flatMap(List::stream)
            .sorted(Comparator.comparing((RuleCheck check) -> check.rule().id()))
            .toList();

    private static final Map<String, Phase> PHASES =
            ALL.stream().collect(Collectors.toMap(check -> check.rule().id(), RuleCheck::phase));

    private RuleChecks() {}

    static Phase phase(Finding finding) {
        return PHASES.getOrDefault(finding.rule().id(), Phase.KEYS);
    }
}
