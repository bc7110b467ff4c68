package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static dev.boundary.testing.ShopSetup.GUEST;
import static dev.boundary.testing.ShopSetup.NIGHTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

// @start region="boundary-test"
@BoundaryTest(ShopSetup.class)
@WithTenant("acme")
class ShopTest {

    @BeforeEach
    void book(DSLContext db) {
        db.insertInto(BOOKING, GUEST, NIGHTS, ShopSetup.BOOKING_CURRENCY)
                .values("Ada", 2, "EUR")
                .execute();
    }

    @Test
    void seesItsOwnBooking(DSLContext db) {
        assertThat(db.fetchCount(BOOKING)).isPositive();
    }
    // @end

    // @start region="isolation"
    @Test
    void neighboursStayInvisible(
            DSLContext db, Isolation isolation, TenantKey acme, @NamedTenant("globex") TenantKey globex) {
        isolation.assertThatTenant(acme).sees(BOOKING, GUEST.eq("Ada"));
        isolation.assertThatTenant(globex).doesNotSee(BOOKING).cannotChange(BOOKING, GUEST.eq("Ada"));
        isolation.assertIsolated(() -> db.update(BOOKING).set(NIGHTS, 4).execute());
        isolation.assertUsesTenantIndex(db.selectFrom(BOOKING).where(GUEST.eq("Ada")));
    }
    // @end

    @Test
    @WithTenant("initech")
    void theMethodsTenantCounts(@NamedTenant("initech") TenantKey initech, TenantKey first) {
        assertThat(TenantContext.requireTenant()).isEqualTo(initech).isEqualTo(first);
    }

    @Nested
    class InANestedClass {
        @Test
        void theOuterTenantCounts(@NamedTenant("acme") TenantKey acme, DSLContext db) {
            assertThat(TenantContext.requireTenant()).isEqualTo(acme);
            assertThat(db.fetchCount(BOOKING)).isPositive();
        }
    }
}
