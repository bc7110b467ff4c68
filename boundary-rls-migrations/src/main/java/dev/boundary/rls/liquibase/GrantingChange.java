package dev.boundary.rls.liquibase;

import dev.boundary.rls.TablePrivilege;
import java.util.Set;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change to one table that grants on it. */
public abstract class GrantingChange extends TableRolesChange {

    private @Nullable String privileges;

    GrantingChange() {}

    /**
     * What the application role may do: any of select, insert, update, delete, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description =
                    "what the application role may do: any of select, insert, update, delete, separated by commas",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getPrivileges() {
        return privileges;
    }

    /**
     * Sets it.
     *
     * @param privileges the value, or null for none
     */
    public void setPrivileges(@Nullable String privileges) {
        this.privileges = privileges;
    }

    final Set<TablePrivilege> privileges(Set<TablePrivilege> otherwise) {
        return privileges == null || privileges.isBlank() ? otherwise : TablePrivilege.parse(privileges);
    }
}
