package dev.boundary.core.registry;

/**
 * Whether a tenant may work.
 *
 * @since 0.1
 */
public enum TenantState {

    /** Its requests and messages are processed. */
    ACTIVE,

    /** Its requests and messages are refused for a while; its rows stay. */
    SUSPENDED,

    /** Its rows are being removed. */
    DELETING,

    /** Its rows are gone, or will be when it is deprovisioned; it can be restored until then. */
    DELETED
}
