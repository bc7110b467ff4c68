package dev.boundary.testing;

import dev.boundary.jooq.Layers;
import dev.boundary.jooq.schema.TableClassification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that tenants are kept apart in every table of a project: extend it, and that is all.
 *
 * {@snippet file="dev/boundary/testing/ShopIsolationTest.java" region="contract"}
 *
 * <p>For each declared table with tenants' rows, and for each layer alone and both together, it makes rows of two tenants
 * (and a shared one, where that is possible) from the catalog and generates tests: select, count, join, insert, update,
 * delete, upsert, raw SQL, copy, truncate, lock and foreign references. What is the tenant's own must be within its reach,
 * what is another's out of it, and a shared row must be readable only. A global table must be readable and, unless it is
 * declared writable, no tenant may change it. It also looks at the database as a whole: the role, undeclared tables, tables
 * without forced row-level security, views. Each layer has a database of its own; for the query layer alone row-level
 * security is switched off in it and every privilege granted.
 *
 * <p>Where rows cannot be made from the catalog, {@link DatabaseSetup#rows} says how. What the application role has no
 * privilege for is reported as skipped.
 *
 * @since 0.1
 */
@BoundaryTest
public abstract class IsolationContract {

    /** For subclasses. */
    protected IsolationContract() {}

    /**
     * The tests. Called by JUnit.
     *
     * @param isolation of the test class's own database
     * @return one container for the database, and one for each layer with one for each table
     */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD) // the checks of one layer share a database
    public final Stream<DynamicNode> tenantsAreKeptApart(Isolation isolation) {
        DatabaseFixture database = isolation.databaseFixture();
        return Stream.concat(
                Stream.of(DynamicContainer.dynamicContainer("the database", ContractOfDatabase.tests(database))),
                Arrays.stream(Layers.values()).map(layers -> layer(database, layers)));
    }

    private static DynamicNode layer(DatabaseFixture database, Layers layers) {
        ContractWorld world = new ContractWorld(database, layers);
        Stream<DynamicNode> tables = database.setup().schema().tables().stream()
                .filter(table -> !(table.classification() instanceof TableClassification.Exempt))
                .map(table -> table(new ContractTable(world, table)));
        return DynamicContainer.dynamicContainer("with layers " + layers, tables.onClose(world::close));
    }

    private static DynamicNode table(ContractTable table) {
        return DynamicContainer.dynamicContainer(
                table.name().toString(),
                checks(table).entrySet().stream()
                        .map(check -> DynamicTest.dynamicTest(
                                check.getKey(), () -> check.getValue().run())));
    }

    private static Map<String, ContractTable.Check> checks(ContractTable table) {
        if (table.classified().classification() instanceof TableClassification.Global global) {
            return new ContractOfGlobalTable(table, global).checks();
        }
        Map<String, ContractTable.Check> checks = new LinkedHashMap<>();
        new ContractOfReading(table).addTo(checks);
        new ContractOfWriting(table).addTo(checks);
        return checks;
    }
}
