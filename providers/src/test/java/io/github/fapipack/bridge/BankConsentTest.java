package io.github.fapipack.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

class BankConsentTest {

  private static BankConsent read(String members) throws JsonProcessingException {
    return JsonSerialization.mapper.readValue(
        "{\"consent_id\":\"c\",\"status\":\"authorised\"," + members + "}", BankConsent.class);
  }

  @Test
  void whatIsMissingIsEmpty() throws JsonProcessingException {
    BankConsent consent = read("\"unheard_of\":[1]");

    assertThat(consent.permissions()).isEmpty();
    assertThat(consent.accounts()).isEmpty();
    assertThat(consent.choose()).isEqualTo(BankConsent.Choose.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"expires_at\":-1",
        "\"expires_at\":9223372036854775807",
        "\"expires_at\":253402300800",
        "\"accounts\":[{\"name\":\"without an id\"}]",
        "\"accounts\":[{\"id\":\" \"}]",
        "\"accounts\":[null]",
        "\"permissions\":[null]",
        "\"purpose\":{\"en\":null}",
        "\"facts\":{}",
        "\"choose\":\"some\"",
        "\"acr\":[null]"
      })
  void whatCannotBeShownIsNoConsent(String members) {
    assertThatThrownBy(() -> read(members)).isInstanceOf(JsonProcessingException.class);
  }
}
