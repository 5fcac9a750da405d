package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Map;

/** Clients of third parties as the realm of an ecosystem wants them. */
final class EcosystemClient {
  private EcosystemClient() {}

  /** Registers a client with every scope of the ecosystem. */
  static FapiClient register(TestRealm realm, EcosystemRealm ecosystem) {
    JWK encryption =
        new RSAKey.Builder((RSAKey) ClientKeys.ps256())
            .keyUse(KeyUse.ENCRYPTION)
            .algorithm(JWEAlgorithm.RSA_OAEP)
            .build();
    ClientKeys keys = ClientKeys.of(ClientKeys.ps256(), encryption);
    TestClient described =
        TestClient.in(realm)
            .algorithm("PS256")
            .constraint(SenderConstraint.MTLS)
            .attribute("jwks.string", keys.publicJwks())
            .altering(client -> client.put("implicitFlowEnabled", ecosystem.isHybrid()))
            .altering(client -> addScopes(client, ecosystem));
    if (ecosystem.encryptsIdTokens()) {
      described
          .attribute("id.token.encrypted.response.alg", "RSA-OAEP")
          .attribute("id.token.encrypted.response.enc", "A256GCM");
    }
    return described
        .register()
        .but()
        .privateKeyJwt(keys)
        .decryptionKey(ecosystem.encryptsIdTokens() ? encryption : null)
        .responseType(ecosystem.isHybrid() ? "code id_token" : "code")
        .signsRequests(ecosystem.signsRequests())
        .build();
  }

  private static void addScopes(ObjectNode client, EcosystemRealm ecosystem) {
    client.putArray("defaultClientScopes").add("basic").add("acr");
    ArrayNode optional = client.putArray("optionalClientScopes");
    ecosystem.scopes().forEach(optional::add);
  }

  /** A pushed request with these parameters. */
  static FapiRequest<Pushed> par(FapiClient client, Map<String, String> parameters) {
    FapiRequest<Pushed> request = client.par();
    parameters.forEach(request::with);
    return request;
  }
}
