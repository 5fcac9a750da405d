package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.ClaimsRepresentation;
import org.keycloak.util.JsonSerialization;

class ReadClaimsTest {

  private static final String SENT =
      "{\"x\":[1],\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"a\",\"b\"],\"y\":{}},"
          + "\"email\":null},\"userinfo\":{\"verified_claims\":{\"claims\":{}}}}";

  @Test
  void leavesOutWhatKeycloakDoesNotKnow() throws Exception {
    String read = ReadClaims.of(SENT, null);

    assertThat(read)
        .isEqualTo(
            "{\"userinfo\":{\"verified_claims\":{}},\"id_token\":{\"acr\":{\"essential\":true,"
                + "\"values\":[\"a\",\"b\"]},\"email\":null}}");
    ClaimsRepresentation known = JsonSerialization.readValue(read, ClaimsRepresentation.class);
    assertThat(known.getIdTokenClaims()).containsKeys("acr", "email");
  }

  @Test
  void leavesWhatIsMalformedToBeRefused() {
    for (String malformed : List.of("", "x", "[]", "{\"id_token\":", "1", "null")) {
      assertThat(ReadClaims.of(malformed, null)).isEqualTo(malformed);
    }
    assertThat(ReadClaims.of("{\"id_token\":[1]}", null)).isEqualTo("{\"id_token\":[1]}");
  }

  @Test
  void anEssentialAcrDemandsItsValues() throws Exception {
    JsonNode claims = JsonSerialization.mapper.readTree(SENT);
    assertThat(EssentialAcr.demanded(claims)).containsExactly("a", "b");
    assertThat(
            EssentialAcr.demanded(
                JsonSerialization.mapper.readTree(
                    "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"c\"}}}")))
        .containsExactly("c");
    assertThat(
            EssentialAcr.demanded(
                JsonSerialization.mapper.readTree("{\"id_token\":{\"acr\":{\"value\":\"c\"}}}")))
        .isEmpty();
  }
}
