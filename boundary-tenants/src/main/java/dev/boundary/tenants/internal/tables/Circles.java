package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Strongly connected components by Tarjan's algorithm, which finds each after all those it points at. */
final class Circles {

    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);

    private final Map<TableName, Set<TableName>> targets;
    private final Map<TableName, Integer> index = new HashMap<>();
    private final Deque<TableName> path = new ArrayDeque<>();
    private final Set<TableName> onPath = new HashSet<>();
    private final List<List<TableName>> found = new ArrayList<>();

    Circles(Map<TableName, Set<TableName>> targets) {
        this.targets = targets;
    }

    /** In the same order for the same tables, whatever the order of the map. */
    List<List<TableName>> find() {
        targets.keySet().stream().sorted(BY_NAME).forEach(name -> {
            if (!index.containsKey(name)) {
                visit(name);
            }
        });
        return found;
    }

    private int visit(TableName name) {
        int number = index.size();
        index.put(name, number);
        int low = number;
        path.push(name);
        onPath.add(name);
        for (TableName target : Objects.requireNonNull(targets.get(name)).stream()
                .sorted(BY_NAME)
                .toList()) {
            if (!index.containsKey(target)) {
                low = Math.min(low, visit(target));
            } else if (onPath.contains(target)) {
                low = Math.min(low, Objects.requireNonNull(index.get(target)));
            }
        }
        if (low == number) {
            found.add(circle(name));
        }
        return low;
    }

    private List<TableName> circle(TableName root) {
        List<TableName> circle = new ArrayList<>();
        TableName name;
        do {
            name = path.pop();
            onPath.remove(name);
            circle.add(name);
        } while (!name.equals(root));
        circle.sort(BY_NAME);
        return circle;
    }
}
