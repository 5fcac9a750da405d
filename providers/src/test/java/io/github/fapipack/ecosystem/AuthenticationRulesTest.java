package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AuthenticationRulesTest {

  private static EcosystemProfile with(String members) {
    String plain = EcosystemDocument.resource("plain.json").strip();
    return EcosystemDocument.read(plain.substring(0, plain.length() - 1) + "," + members + "}");
  }

  @Test
  void aProfileSaysWhatALoginMustBeLike() {
    AuthenticationRules rules =
        with("\"authentication\":{\"acr\":{\"urn:x:loa2\":2,\"urn:x:loa3\":3},\"required\":true,"
                + "\"id_token\":\"always\",\"device_level\":3,\"txn\":true,"
                + "\"subject\":\"pairwise\",\"id_token_encryption\":\"required\"}")
            .authentication();

    assertThat(rules.acr()).containsEntry("urn:x:loa3", 3);
    assertThat(rules.leastLevel()).hasValue(2);
    assertThat(rules.idToken()).isEqualTo(AuthenticationRules.AcrInIdToken.ALWAYS);
    assertThat(rules.deviceLevel()).isEqualTo(3);
  }

  @Test
  void nothingIsDemandedByDefault() {
    EcosystemProfile plain = EcosystemDocument.read(EcosystemDocument.resource("plain.json"));

    assertThat(plain.authentication().leastLevel()).isEmpty();
    assertThat(plain.claims()).isEmpty();
    assertThat(plain.purpose()).isNull();
  }

  @Test
  void aClaimComesFromOnePlaceAndHasAFormat() {
    ClaimRule cpf =
        with("\"claims\":{\"cpf\":{\"attribute\":\"cpf\",\"format\":\"[0-9]{11}\"}}")
            .claims()
            .get("cpf");

    assertThat(cpf.fits("12345678901")).isTrue();
    assertThat(cpf.fits("1234567890x")).isFalse();
    for (String wrong :
        new String[] {
          "\"claims\":{\"cpf\":{}}",
          "\"claims\":{\"cpf\":{\"attribute\":\"a\",\"consent\":true}}",
          "\"claims\":{\"cpf\":{\"attribute\":\"a\",\"format\":\"(\"}}",
          "\"claims\":{\"sub\":{\"attribute\":\"a\"}}",
          "\"claims\":{\"acr\":{\"property\":\"email\"}}",
          "\"purpose\":{\"min\":4,\"max\":3}",
          "\"authentication\":{\"required\":true}"
        }) {
      assertThatThrownBy(() -> with(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
