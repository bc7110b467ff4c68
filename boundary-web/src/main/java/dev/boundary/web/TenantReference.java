package dev.boundary.web;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;

/**
 * How a request identifies its tenant, before the tenant is looked up.
 *
 * @since 0.1
 */
public sealed interface TenantReference {

    /**
     * By its key.
     *
     * @param key the key
     */
    record ByKey(TenantKey key) implements TenantReference {
        @Override
        public String toString() {
            return "key " + key;
        }
    }

    /**
     * By its slug.
     *
     * @param slug the slug
     */
    record BySlug(Slug slug) implements TenantReference {
        @Override
        public String toString() {
            return "slug " + slug;
        }
    }

    /**
     * By a text that can be a key as well as a slug. It names the tenant with the key, unless another one has the slug.
     *
     * @param key the key
     * @param slug the slug
     */
    record ByKeyOrSlug(TenantKey key, Slug slug) implements TenantReference {
        @Override
        public String toString() {
            return "key " + key;
        }
    }

    /**
     * By a domain of its own.
     *
     * @param domain the host name, in lower case and in its ASCII form
     */
    record ByDomain(String domain) implements TenantReference {
        @Override
        public String toString() {
            return "domain " + domain;
        }
    }

    /** No tenant, on purpose: the pages and functions of the platform itself. */
    enum Platform implements TenantReference {
        /** The one value. */
        PLATFORM
    }
}
