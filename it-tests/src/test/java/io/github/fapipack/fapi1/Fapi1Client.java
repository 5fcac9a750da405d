package io.github.fapipack.fapi1;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiClientBuilder;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;

/** Clients as FAPI 1.0 Advanced wants them: signed requests, tokens bound to certificates. */
final class Fapi1Client {
  private Fapi1Client() {}

  /** Gets an ID token beside the code. */
  static FapiClient hybrid(TestRealm realm, ClientOrigin origin) {
    return hybrid(described(realm, origin).register());
  }

  static FapiClient hybrid(FapiClient client) {
    return settled(client).responseType("code id_token").build();
  }

  /** Gets the code in a signed response. */
  static FapiClient jarm(TestRealm realm, ClientOrigin origin) {
    return jarm(described(realm, origin).register());
  }

  static FapiClient jarm(FapiClient client) {
    return settled(client).responseMode("jwt").build();
  }

  /** For a registration with something else in it; may use the hybrid flow. */
  static TestClient described(TestRealm realm, ClientOrigin origin) {
    return TestClient.in(realm)
        .made(origin)
        .constraint(SenderConstraint.MTLS)
        .signing()
        .altering(client -> client.put("implicitFlowEnabled", true));
  }

  private static FapiClientBuilder settled(FapiClient client) {
    return client.but().responseMode(null).signedIntrospection(false).signsResources(false);
  }
}
