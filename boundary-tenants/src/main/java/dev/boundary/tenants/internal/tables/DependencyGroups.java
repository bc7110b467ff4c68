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

/** Strongly connected components by Tarjan's algorithm, which finds each after all those it depends on. */
final class DependencyGroups {

    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);

    private final Map<TableName, Set<TableName>> targets;
    private final Map<TableName, Integer> index = new HashMap<>();
    private final Deque<TableName> path = new ArrayDeque<>();
    private final Set<TableName> onPath = new HashSet<>();
    private final List<List<TableName>> found = new ArrayList<>();

    DependencyGroups(Map<TableName, Set<TableName>> targets) {
        this.targets = targets;
    }

    /** In the same order for the same tables, whatever the order of the map. */
    List<List<TableName>> find() {
        for (TableName name : sorted(targets.keySet())) {
            if (!index.containsKey(name)) {
                visit(name);
            }
        }
        return found;
    }

    private static List<TableName> sorted(Set<TableName> names) {
        return names.stream().sorted(BY_NAME).toList();
    }

    private int visit(TableName name) {
        int number = index.size();
        index.put(name, number);
        path.push(name);
        onPath.add(name);
        int low = number;
        for (TableName target : sorted(Objects.requireNonNull(targets.get(name)))) {
            low = Math.min(low, reach(target));
        }
        if (low == number) {
            found.add(group(name));
        }
        return low;
    }

    /** The lowest index on the path that the target leads to. */
    private int reach(TableName target) {
        if (!index.containsKey(target)) {
            return visit(target);
        }
        return onPath.contains(target) ? Objects.requireNonNull(index.get(target)) : Integer.MAX_VALUE;
    }

    private List<TableName> group(TableName root) {
        List<TableName> group = new ArrayList<>();
        TableName name;
        do {
            name = path.pop();
            onPath.remove(name);
            group.add(name);
        } while (!name.equals(root));
        group.sort(BY_NAME);
        return group;
    }
}
