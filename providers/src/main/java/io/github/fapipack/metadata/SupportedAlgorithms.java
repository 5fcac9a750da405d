package io.github.fapipack.metadata;

import io.github.fapipack.authentication.RestrictClientAssertionAlgorithm;
import io.github.fapipack.ciba.RestrictAuthenticationRequestAlgorithm;
import io.github.fapipack.fapi1.RejectRsa15;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.requestobject.RestrictRequestObjectAlgorithm;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.token.RequireSenderConstrainedToken;
import io.github.fapipack.token.RequireValidDpopProof;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import io.github.fapipack.token.SigningAlgorithms;
import java.util.List;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;

/** The metadata about algorithms, and about the binding of tokens. */
final class SupportedAlgorithms {

  private final OIDCConfigurationRepresentation metadata;
  private final KeycloakSession session;
  private final RealmRules rules;

  private SupportedAlgorithms(
      OIDCConfigurationRepresentation metadata, KeycloakSession session, RealmRules rules) {
    this.metadata = metadata;
    this.session = session;
    this.rules = rules;
  }

  static void describe(
      OIDCConfigurationRepresentation metadata, KeycloakSession session, RealmRules rules) {
    SupportedAlgorithms algorithms = new SupportedAlgorithms(metadata, session, rules);
    algorithms.describeRequests();
    algorithms.describeTokens();
    if (rules.enforce(RejectRsa15.class)) {
      algorithms.describeEncryption();
    }
  }

  private void describeRequests() {
    List<String> assertions = allowedBy(RestrictClientAssertionAlgorithm.class);
    metadata.setTokenEndpointAuthSigningAlgValuesSupported(assertions);
    metadata.setIntrospectionEndpointAuthSigningAlgValuesSupported(assertions);
    metadata.setRevocationEndpointAuthSigningAlgValuesSupported(assertions);
    List<String> requests = allowedBy(RestrictRequestObjectAlgorithm.class);
    metadata.setRequestObjectSigningAlgValuesSupported(requests);
    if (metadata.getBackchannelAuthenticationRequestSigningAlgValuesSupported() != null) {
      metadata.setBackchannelAuthenticationRequestSigningAlgValuesSupported(
          rules.enforce(RestrictAuthenticationRequestAlgorithm.class)
              ? RestrictAuthenticationRequestAlgorithm.ALGORITHMS
              : requests);
    }
  }

  private void describeTokens() {
    metadata.setDpopSigningAlgValuesSupported(
        RequireSenderConstrainedToken.takesDpop(session)
            ? allowedBy(RequireValidDpopProof.class)
            : null);
    metadata.setTlsClientCertificateBoundAccessTokens(
        rules
            .settings(session, RequireSenderConstrainedToken.class)
            .map(RequireSenderConstrainedToken.Bindings::mtls)
            .orElse(true));
    if (rules.enforce(RestrictTokenAlgorithms.class)) {
      List<String> own = SigningAlgorithms.available(session);
      metadata.setIdTokenSigningAlgValuesSupported(own);
      metadata.setUserInfoSigningAlgValuesSupported(own);
      metadata.setAuthorizationSigningAlgValuesSupported(own);
    }
  }

  private void describeEncryption() {
    metadata.setIdTokenEncryptionAlgValuesSupported(
        withoutRsa15(metadata.getIdTokenEncryptionAlgValuesSupported()));
    metadata.setUserInfoEncryptionAlgValuesSupported(
        withoutRsa15(metadata.getUserInfoEncryptionAlgValuesSupported()));
    metadata.setRequestObjectEncryptionAlgValuesSupported(
        withoutRsa15(metadata.getRequestObjectEncryptionAlgValuesSupported()));
    metadata.setAuthorizationEncryptionAlgValuesSupported(
        withoutRsa15(metadata.getAuthorizationEncryptionAlgValuesSupported()));
  }

  private static List<String> withoutRsa15(List<String> algorithms) {
    return algorithms == null
        ? null
        : algorithms.stream().filter(name -> !JWEConstants.RSA1_5.equals(name)).toList();
  }

  private List<String> allowedBy(Class<? extends Rule<AllowedAlgorithms>> rule) {
    return rules
        .settings(session, rule)
        .map(AllowedAlgorithms::algorithms)
        .map(Algorithms::named)
        .orElse(Algorithms.named(Algorithms.ALLOWED));
  }
}
