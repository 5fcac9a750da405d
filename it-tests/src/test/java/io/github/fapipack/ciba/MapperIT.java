package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.claims.IssuedClaims;
import io.github.fapipack.claims.PlantedMappers;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mappers cannot change protected claims in CIBA either. */
@ExtendWith(ServerLogOnFailure.class)
class MapperIT {
  private static CibaTest ciba;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  private static IssuedClaims asked(CibaClient client) {
    Tokens tokens = client.token(ciba.approved(client)).expect();
    assertThat(tokens.idToken()).isNotNull();
    return IssuedClaims.of(client.client(), tokens);
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  @Rejects(
      by = "RestrictProtocolMappers",
      value = {"FAPI2-SP 5.3.2.3-p1", "RFC9068 2.2"})
  void noMapperWritesWhatIsDecided() {
    CibaClient client = ciba.polling();
    IssuedClaims before = asked(client);

    PlantedMappers.everything().plant(ciba.realm(), client.client());

    asked(client).assertLike(before);
  }
}
