package io.github.fapipack.metadata;

import io.github.fapipack.requestobject.RequireSignedRequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.signing.RequireJwtResponseMode;
import io.github.fapipack.signing.SigningSupport;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;

/** The metadata about signed requests, authorization responses and introspection. */
@Clause({"RFC9101 10.5-4", "JARM 4-4", "RFC9701 7-1"})
final class SignedMessages {

  private SignedMessages() {}

  static void describe(
      OIDCConfigurationRepresentation metadata, KeycloakSession session, RealmRules rules) {
    if (rules.enforce(RequireSignedRequestObject.class)) {
      metadata.setOtherClaims("require_signed_request_object", true);
    }
    if (RequireJwtResponseMode.isDemanded(session)) {
      metadata.setResponseModesSupported(SigningSupport.responseModes(session));
    }
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    metadata.setOtherClaims(
        "introspection_signing_alg_values_supported", SigningSupport.signing(session));
    metadata.setOtherClaims(
        "introspection_encryption_alg_values_supported",
        SigningSupport.encryptionAlgorithms(factory));
    metadata.setOtherClaims(
        "introspection_encryption_enc_values_supported", SigningSupport.encryptionMethods(factory));
  }
}
