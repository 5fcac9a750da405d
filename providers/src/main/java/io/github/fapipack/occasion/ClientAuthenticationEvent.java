package io.github.fapipack.occasion;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.PackEvent;
import jakarta.ws.rs.core.MultivaluedMap;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A client authenticates, at any of these endpoints: pushed request, token with any grant,
 * introspection, revocation, backchannel authentication. It comes before Keycloak verifies the
 * credentials, so a refusal uses up neither the assertion nor the code. The client's identity is
 * not verified yet.
 *
 * @param client the client that the request claims to come from
 * @param method id of the client authenticator in charge of that client, such as {@code client-jwt}
 * @param endpoint which endpoint is called
 * @param form the decoded form
 * @param assertion the client assertion, where one was sent
 * @param certificates the client certificate and its chain; empty without mutual TLS
 */
public record ClientAuthenticationEvent(
    ClientModel client,
    String method,
    Endpoint endpoint,
    MultivaluedMap<String, String> form,
    Optional<JWSInput> assertion,
    List<X509Certificate> certificates)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return false;
  }
}
