package com.acme.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.testing.BoundaryTest;
import dev.boundary.testing.Isolation;
import dev.boundary.testing.WithTenant;
import dev.boundary.testing.WithTenants;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

@BoundaryTest
class LoansTest {

    @Test
    @WithTenants({"oldtown", "newtown"})
    void eachTownSeesItsOwnReaders(DSLContext db, TenantKey oldtown, TenantKey newtown) {
        Loans loans = new Loans(db);
        TenantContext.where(oldtown).run(() -> loans.lend("Ada"));
        TenantContext.where(newtown).run(() -> loans.lend("Grace"));

        assertEquals(List.of("Ada"), TenantContext.where(oldtown).call(loans::readers));
        assertEquals(List.of("Grace"), TenantContext.where(newtown).call(loans::readers));
    }

    @Test
    @WithTenant("sometown")
    void returningAllBooksLeavesOtherTownsAlone(DSLContext db, Isolation isolation) {
        isolation.assertIsolated(() -> new Loans(db).returnAll());
    }
}
