package dev.boundary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantKeyTest {

    @ParameterizedTest
    @CsvSource({
        "UUID, 5b0e5c1e-7d8f-4d55-9d0a-0d7f0f1f7a01",
        "BIGINT, -9223372036854775808",
        "INT, 2147483647",
        "TEXT, o'brien \" \\ $$"
    })
    void parsesItsTextForm(TenantKeyType type, String text) {
        TenantKey key = TenantKey.parse(type, text);
        assertThat(key.asText()).isEqualTo(text);
        assertThat(key.type()).isEqualTo(type);
        assertThat(TenantKey.parse(type, key.asText())).isEqualTo(key);
        assertThat(key).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"UUID, 1-1-1-1-1", "UUID, x", "BIGINT, 1.0", "INT, 2147483648", "INT, ''", "TEXT, ''", "BIGINT, 1;2"})
    void refusesTextThatIsNotAValueOfTheType(TenantKeyType type, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TenantKey.parse(type, text));
    }

    @Test
    void refusesTheCharacterThatPostgresCannotStore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantKey.of("a\0b"))
                .withMessageContaining("U+0000");
    }

    @Test
    void keysOfDifferentTypesAreNeverEqual() {
        UUID uuid = UUID.randomUUID();
        assertThat(TenantKey.of(1)).isNotEqualTo(TenantKey.of(1L)).isNotEqualTo(TenantKey.of("1"));
        assertThat(TenantKey.of(uuid)).isNotEqualTo(TenantKey.of(uuid.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"numeric", "jsonb", "uuid[]", "citext", ""})
    void refusesTypesWhoseEqualityIsNotLeakproof(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantKeyType.ofSqlName(type))
                .withMessageContaining("leakproof")
                .withMessageContaining("uuid, bigint, integer, text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "App.tenant", "app.tenant id", "app.", "app.t'; drop table x", "a.b\0"})
    void refusesNamesThatAreNotCustomSettings(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionVariable(name))
                .withMessageContaining("app.current_tenant_id");
    }

    @Test
    void acceptsAnyCustomSetting() {
        assertThat(new SessionVariable("shop.api_2.tenant").name()).isEqualTo("shop.api_2.tenant");
        assertThat(SessionVariable.DEFAULT).hasToString("app.current_tenant_id");
    }

    /** A driver would send "?", and "shop?" may be another tenant. */
    @ParameterizedTest
    @ValueSource(strings = {"shop\uD83D", "\uDE00shop", "a\uDE00\uD83Db"})
    void halfOfASurrogatePairIsNoKey(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TenantKey.of(text))
                .withMessageContaining("surrogate");
        assertThatIllegalArgumentException().isThrownBy(() -> TenantKey.parse(TenantKeyType.TEXT, text));
        assertThat(TenantKey.of("shop\uD83D\uDE00").asText()).isEqualTo("shop\uD83D\uDE00");
    }
}
