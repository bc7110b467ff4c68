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
     * <p>The registry refuses slugs that look like keys. A text that is both a key and the slug of another tenant, which
     * is there from before, is refused where the tenant is looked up; so is one that can be a slug and is a key only if
     * it is written differently, as {@code 007}.
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
            TenantKey key;
            try {
                key = TenantKey.parse(type, text);
            } catch (IllegalArgumentException noKey) {
                return slug().read(text);
            }
            return Slug.isValid(text) ? keyOrSlug(key, new Slug(text)) : new TenantReference.ByKey(key);
        };
    }

    private static TenantReference keyOrSlug(TenantKey key, Slug slug) {
        if (!key.asText().equals(slug.value())) {
            throw new IllegalArgumentException("\"" + slug + "\" is a slug, or another way to write the key " + key
                    + ". Write it as " + key + ".");
        }
        return new TenantReference.ByKeyOrSlug(key, slug);
    }
}
