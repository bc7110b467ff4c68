package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand tenants: what each costs, compared with each of a hundred. The figures are printed. */
@Tag("long")
class ManyTenantsTest {

    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final int ROUNDS_OF_FEW = 10;

    private static final String[] LIST = {"list", "--format", "json"};
    private static final String[] RUN_ALL = {
        "run-all", "--json", "--parallel", "2", "-c", "select count(*) from booking"
    };

    @Test
    void eachOfManyCostsWhatEachOfFewCosts() throws SQLException {
        try (Shop few = shop(FEW);
                Shop many = shop(MANY)) {
            run(few, FEW, LIST); // so that classes are loaded
            run(few, FEW, RUN_ALL);
            compare("list", LIST, few, many);
            compare("run-all", RUN_ALL, few, many);
        }
    }

    private static void compare(String name, String[] command, Shop few, Shop many) {
        List<Double> ofFew = new ArrayList<>();
        for (int i = 0; i < ROUNDS_OF_FEW / 2; i++) {
            ofFew.add(run(few, FEW, command));
        }
        double ofMany = run(many, MANY, command);
        for (int i = 0; i < ROUNDS_OF_FEW / 2; i++) {
            ofFew.add(run(few, FEW, command));
        }
        double median =
                ofFew.stream().sorted().skip(ROUNDS_OF_FEW / 2).findFirst().orElseThrow();
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %.3f ms for each of %d tenants, %.3f ms for each of %d: %.2f times",
                name,
                ofMany,
                MANY,
                median,
                FEW,
                ofMany / median));
    }

    /** Milliseconds for each tenant. */
    private static double run(Shop shop, int tenants, String... command) {
        long start = System.nanoTime();
        Outcome outcome = shop.cli().run(command);
        double milliseconds = (System.nanoTime() - start) / 1e6 / tenants;
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines().filter(line -> !line.startsWith("{\"event\":\"row\"")))
                .hasSize(command[0].equals("list") ? tenants : tenants + 1);
        return milliseconds;
    }

    private static Shop shop(int tenants) throws SQLException {
        Shop shop = Shop.open();
        shop.execute(
                "delete from booking",
                "delete from boundary.tenant",
                "insert into boundary.tenant (tenant_key, slug, name) select n, 'tenant-' || n, 'Tenant ' || n"
                        + " from generate_series(1, " + tenants + ") n",
                "analyze boundary.tenant");
        return shop;
    }
}
