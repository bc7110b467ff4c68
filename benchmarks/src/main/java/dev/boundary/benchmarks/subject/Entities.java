package dev.boundary.benchmarks.subject;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.TenantId;

/** The tables, as Hibernate knows them. It fills the fields itself. */
@SuppressWarnings({"NullAway.Init", "UnusedVariable", "FieldCanBeFinal"})
final class Entities {

    private Entities() {}

    @Entity(name = "Customer")
    @Table(name = "customer")
    static class CustomerEntity {
        @Id
        private long id;

        @TenantId
        @Column(name = "tenant_id")
        private Long tenantId;

        private String name;

        CustomerEntity() {}
    }

    @Entity(name = "Resource")
    @Table(name = "resource")
    static class ResourceEntity {
        @Id
        private long id;

        @TenantId
        @Column(name = "tenant_id")
        private Long tenantId;

        private String name;

        ResourceEntity() {}
    }

    @Entity(name = "Booking")
    @Table(name = "booking")
    @DynamicUpdate
    static class BookingEntity {
        @Id
        private long id;

        @TenantId
        @Column(name = "tenant_id")
        private Long tenantId;

        @Column(name = "customer_id")
        private long customerId;

        @Column(name = "resource_id")
        private long resourceId;

        private String state;
        private String note;

        BookingEntity() {}

        BookingRow row() {
            return new BookingRow(id, customerId, resourceId, state, note);
        }

        void changeState(String newState) {
            state = newState;
        }
    }

    @Entity(name = "Event")
    @Table(name = "event")
    static class EventEntity {
        @Id
        private long id;

        @TenantId
        @Column(name = "tenant_id")
        private Long tenantId;

        @Column(name = "booking_id")
        private long bookingId;

        private String kind;
        private long amount;

        EventEntity() {}

        EventEntity(Task task, long id) {
            this.id = id;
            bookingId = task.booking();
            kind = "changed";
            amount = task.customer();
        }
    }
}
