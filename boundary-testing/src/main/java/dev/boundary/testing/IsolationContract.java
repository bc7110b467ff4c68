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
 * Tests that tenants are kept apart in every table of a project. Extend it; nothing else is required.
 *
 * {@snippet file="dev/boundary/testing/ShopIsolationTest.java" region="contract"}
 *
 * <p>For each declared table with tenants' rows, and for each layer alone and both together, it generates rows of two
 * tenants (and a shared one, where that is possible) from the catalog, and tests: select, count, join, insert, update,
 * delete, upsert, raw SQL, copy, truncate, lock and foreign references. A tenant must reach its own rows, must not
 * reach another's, and may only read a shared one. A global table must be readable, and no tenant may change it unless
 * it is declared writable. The contract also checks the database as a whole: the role, undeclared tables, tables
 * without forced row-level security, views. Each layer has its own database; for the query layer alone, row-level
 * security is disabled in it and every privilege granted.
 *
 * <p>Where rows cannot be generated from the catalog, {@link DatabaseSetup#rows} says how. Checks for which the
 * application role lacks the privilege are reported as skipped.
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
     * @return a container for the database, and one for each layer with a container for each table
     */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD) // the checks of one layer share a database
    public final Stream<DynamicNode> tenantsAreKeptApart(Isolation isolation) {
        DatabaseFixture database = isolation.databaseFixture();
        return Stream.concat(
                Stream.of(DynamicContainer.dynamicContainer("the database", new DatabaseContract(database).tests())),
                Arrays.stream(Layers.values()).map(layers -> layer(database, layers)));
    }

    private static DynamicNode layer(DatabaseFixture database, Layers layers) {
        ContractFixture fixture = new ContractFixture(database, layers);
        Stream<DynamicNode> tables = database.setup().schema().tables().stream()
                .filter(table -> !(table.classification() instanceof TableClassification.Exempt))
                .map(table -> table(new ContractTable(fixture, table)));
        return DynamicContainer.dynamicContainer("with layers " + layers, tables.onClose(fixture::close));
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
            return new GlobalTableContract(table, global).checks();
        }
        Map<String, ContractTable.Check> checks = new LinkedHashMap<>();
        new ReadingContract(table).addTo(checks);
        new WritingContract(table).addTo(checks);
        return checks;
    }
}
