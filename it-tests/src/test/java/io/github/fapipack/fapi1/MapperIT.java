package io.github.fapipack.fapi1;

import io.github.fapipack.claims.IssuedClaims;
import io.github.fapipack.claims.PlantedMappers;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;

/** Mappers cannot change protected claims in the tokens of FAPI 1.0 either. */
class MapperIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static IssuedClaims login(FapiClient client) {
    Authorized authorized =
        client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password()).expectCode();
    IssuedClaims issued = IssuedClaims.of(client, client.token(authorized).expect());
    if (authorized.answer().parameter("id_token") != null) {
      issued.addJwt("ID token beside the code", authorized.answer().parameter("id_token"));
    }
    return issued;
  }

  @Test
  @Accepts(by = "RestrictProtocolMappers", value = "FAPI1-BASE 5.2.2.1-6")
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI1-BASE 5.2.2.1-6")
  void noMapperWritesWhatIsDecidedInTheHybridFlow() {
    FapiClient client = Fapi1Client.hybrid(realm, ClientOrigin.AFTER_POLICY);
    IssuedClaims before = login(client);
    before.in("ID token beside the code");

    PlantedMappers.everything().plant(realm, client);

    login(client).assertLike(before);
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI1-BASE 5.2.2.1-6")
  void noMapperWritesWhatIsDecidedBehindASignedResponse() {
    FapiClient client = Fapi1Client.jarm(realm, ClientOrigin.BEFORE_POLICY);
    IssuedClaims before = login(client);

    PlantedMappers.everything().plant(realm, client);

    login(client).assertLike(before);
  }
}
