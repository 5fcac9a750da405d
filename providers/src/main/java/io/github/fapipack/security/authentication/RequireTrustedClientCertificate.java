package io.github.fapipack.security.authentication;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.security.ClientAuthenticationEvent;
import io.github.fapipack.security.ProposedClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.authentication.authenticators.x509.CertificateValidator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.x509.DefaultClientCertificateLookup;
import org.keycloak.services.x509.X509ClientCertificateLookup;

/**
 * With mutual TLS a client is who a trusted authority says it is: the chain is valid and the
 * subject is exactly the registered one (RFC 8705 2.1). Keycloak would also take a pattern, and
 * looks at no chain unless the client names its authority.
 */
@Clause({"RFC8705 2.1-1", "RFC8705 2.1.2-1", "RFC8705 2-1"})
public final class RequireTrustedClientCertificate extends Rule<NoSettings> {

  private static final String PATTERN = X509ClientAuthenticator.ATTR_ALLOW_REGEX_PATTERN_COMPARISON;

  public RequireTrustedClientCertificate() {
    super(
        NoSettings.class,
        "Client certificates must come from a trusted authority and match one exact subject.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request
        && X509ClientAuthenticator.PROVIDER_ID.equals(request.method())) {
      checkRequest(occasion.session(), request);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()
        && X509ClientAuthenticator.PROVIDER_ID.equals(proposed.get().authenticator())) {
      checkRegistered(proposed.get());
    }
  }

  private static void checkRequest(KeycloakSession session, ClientAuthenticationEvent request)
      throws Refusal {
    if (request.certificates().isEmpty()) {
      throw Refusal.invalidClient(
          "the client is registered for tls_client_auth; connect with its certificate");
    }
    if (!isExactSubject(request.client(), request.certificates().get(0))) {
      throw Refusal.invalidClient(
          "the subject of the certificate is not the registered one; register"
              + " tls_client_auth_subject_dn exactly, not as a pattern");
    }
    if (!isTrusted(session, request.certificates())) {
      throw Refusal.invalidClient(
          "the client certificate does not come from a trusted authority; use another one");
    }
  }

  /** Compared here, because Keycloak takes the subject for a pattern unless told otherwise. */
  private static boolean isExactSubject(ClientModel client, X509Certificate certificate) {
    String subject = client.getAttribute(X509ClientAuthenticator.ATTR_SUBJECT_DN);
    try {
      return subject != null
          && X509ClientAuthenticator.constructX500Principal(subject)
              .equals(certificate.getSubjectX500Principal());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The server's own listener accepts no chain that it cannot validate. A proxy in front may pass
   * on whatever it was sent, so there we look ourselves.
   */
  private static boolean isTrusted(KeycloakSession session, List<X509Certificate> chain) {
    if (session.getProvider(X509ClientCertificateLookup.class)
        instanceof DefaultClientCertificateLookup) {
      return true;
    }
    try {
      new CertificateValidator.CertificateValidatorBuilder()
          .session(session)
          .trustValidation()
          .enabled(true)
          .timestampValidation()
          .enabled(true)
          .build(chain.toArray(new X509Certificate[0]))
          .validateTimestamps()
          .validateTrust();
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void checkRegistered(ProposedClient client) throws Refusal {
    String subject = client.attribute(X509ClientAuthenticator.ATTR_SUBJECT_DN);
    if (subject == null || subject.isBlank()) {
      throw ProposedClient.refusal(
          "tls_client_auth_subject_dn (x509.subjectdn) must be the subject of the certificate",
          X509ClientAuthenticator.ATTR_SUBJECT_DN);
    }
    if (Boolean.parseBoolean(client.attribute(PATTERN))) {
      throw ProposedClient.refusal(PATTERN + " must be off; register one exact subject", PATTERN);
    }
    if (client.attribute(PATTERN) == null) {
      client.setAttribute(PATTERN, "false"); // absent, it would be on
    }
    try {
      X509ClientAuthenticator.constructX500Principal(subject);
    } catch (IllegalArgumentException e) {
      throw ProposedClient.refusal(
          "tls_client_auth_subject_dn (x509.subjectdn) must be a name as RFC 4514 writes it",
          X509ClientAuthenticator.ATTR_SUBJECT_DN);
    }
  }
}
