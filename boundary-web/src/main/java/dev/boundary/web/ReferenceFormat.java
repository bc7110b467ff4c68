package dev.boundary.web;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;

/**
 * How a text in a header, a claim or a session names a tenant.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReferenceFormat {

    /**
     * Reads a text.
     *
     * @param text the text, which may come from an attacker
     * @return what it names
     * @throws IllegalArgumentException if it is not of this format
     */
    TenantReference read(String text);

    /**
     * The tenant's slug.
     *
     * @return the format
     */
    static ReferenceFormat slug() {
        return text -> new TenantReference.BySlug(new Slug(text));
    }

    /**
     * The tenant's key.
     *
     * @param type the type of the tenant column
     * @return the format
     */
    static ReferenceFormat key(TenantKeyType type) {
        return text -> new TenantReference.ByKey(TenantKey.parse(type, text));
    }

    /**
     * The tenant's key or, if the text is none, its slug. Not for keys of type text, which any slug could be.
     *
     * @param type the type of the tenant column
     * @return the format
     * @throws IllegalArgumentException if the type is {@link TenantKeyType#TEXT}
     */
    static ReferenceFormat keyOrSlug(TenantKeyType type) {
        if (type == TenantKeyType.TEXT) {
            throw new IllegalArgumentException("Every slug could be a key of type text: use slug() or key(TEXT).");
        }
        return text -> {
            try {
                return key(type).read(text);
            } catch (IllegalArgumentException noKey) {
                return slug().read(text);
            }
        };
    }
}
