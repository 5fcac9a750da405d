package io.github.fapipack.revocation;

import io.github.fapipack.client.Credentials;
import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import io.github.fapipack.ecosystem.EcosystemClient;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.Response.Status;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.AccessToken;

/**
 * A client neither authenticates with a revoked certificate, nor gets or uses tokens that are bound
 * to one. If the realm belongs to an ecosystem, the ecosystem's profile says who is asked, and what
 * happens if nobody answers; then certificates of other authorities than the ecosystem's are
 * refused as well.
 *
 * <p>Self-signed certificates of clients that register them have no authority to revoke them.
 */
@RuleId("fapi2-reject-revoked-certificate")
@Clause({"RFC5280 6.1.3-1", "RFC6960 2.2-1"})
public final class RejectRevokedCertificate extends Rule<RejectRevokedCertificate.Settings> {

  private static final Map<String, RevocationSource> SOURCES =
      Map.of("ocsp", RevocationSource.OCSP, "crl", RevocationSource.CRL);

  /** How it is found out for clients that are not of an ecosystem. */
  public record Settings(
      @Setting(
              label = "Sources",
              help = "Who is asked: ocsp, crl, or both. Of both, the first that answers counts.",
              value = "ocsp crl")
          List<String> sources,
      @Setting(
              label = "Answer required",
              help =
                  "On, a certificate is refused if nobody says whether it has been revoked; off, it"
                      + " is accepted then.",
              value = "false")
          boolean answerRequired) {

    public Settings {
      if (sources == null || sources.isEmpty() || !SOURCES.keySet().containsAll(sources)) {
        throw new IllegalArgumentException("field 'sources' must name ocsp, crl, or both");
      }
      sources = List.copyOf(sources);
    }

    private Demands demands(boolean required) {
      Set<RevocationSource> methods =
          sources.stream().map(SOURCES::get).collect(Collectors.toUnmodifiableSet());
      return new Demands(List.of(), methods, required, null);
    }
  }

  /** How a refusal is reported, which depends on what the certificate is used for. */
  private interface Report {
    Refusal of(Verdict verdict);
  }

  public RejectRevokedCertificate() {
    super(
        Settings.class,
        "Refuses client certificates that their authority has revoked, for authentication and for"
            + " tokens that are bound to them.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      if (X509ClientAuthenticator.PROVIDER_ID.equals(request.method())) {
        check(occasion, settings, request.client(), RejectRevokedCertificate::invalidClient);
      } else if (request.endpoint() == Endpoint.TOKEN
          && (isBinding(request.client()) || !hasProof(occasion))) {
        // Before the code is used up.
        check(occasion, settings, request.client(), RejectRevokedCertificate::invalidRequest);
      }
    } else if (occasion.context() instanceof TokenEvent tokens
        && tokens.accessToken() != null
        && Endpoint.of(occasion.session()) == Endpoint.TOKEN
        && (isBoundToCertificate(tokens.accessToken()) || !hasProof(occasion))) {
      check(occasion, settings, tokens.client(), RejectRevokedCertificate::invalidRequest);
    } else if (occasion.context() instanceof ResourceRequestEvent request
        && isBoundToCertificate(request.claims())) {
      check(occasion, settings, request.client(), RejectRevokedCertificate::invalidToken);
    }
  }

  private static void check(Occasion occasion, Settings settings, ClientModel client, Report report)
      throws Refusal {
    List<X509Certificate> chain = Credentials.certificates(occasion.session());
    if (chain.isEmpty() || SelfSignedCertificate.isMethodOf(client)) {
      return;
    }
    Demands demands = demands(occasion, settings, client);
    Verdict verdict = CertificateTrust.check(occasion.session(), chain, demands);
    // Any certificate may bind tokens (RFC 8705 7.4), and who may authenticate with one, another
    // rule says; nobody can revoke what comes from nobody known.
    boolean foreign =
        verdict instanceof Verdict.Untrusted
            && demands.anchors().isEmpty()
            && !demands.refuseIfUnavailable();
    if (!verdict.isTrusted() && !foreign) {
      throw report.of(verdict);
    }
  }

  /** The authorities of an ecosystem are those of its own clients; a realm may have others. */
  private static Demands demands(Occasion occasion, Settings settings, ClientModel client) {
    EcosystemProfiles ecosystem = EcosystemProfiles.of(occasion.session());
    if (!EcosystemClient.is(client) || !ecosystem.isNamed()) {
      return settings.demands(settings.answerRequired());
    }
    // A profile that cannot be used could demand an answer.
    return ecosystem
        .inUse()
        .map(profile -> Demands.elsewhere(profile.certificate()))
        .orElseGet(() -> settings.demands(true));
  }

  /** Such a client's tokens are bound to its certificate even if it sends a proof as well. */
  private static boolean isBinding(ClientModel client) {
    return client != null && OIDCAdvancedConfigWrapper.fromClientModel(client).isUseMtlsHokToken();
  }

  private static boolean hasProof(Occasion occasion) {
    return occasion.request().getHttpHeaders().getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER)
        != null;
  }

  private static boolean isBoundToCertificate(AccessToken token) {
    return token.getConfirmation() != null && token.getConfirmation().getCertThumbprint() != null;
  }

  private static Refusal invalidClient(Verdict verdict) {
    return Refusal.invalidClient(verdict.reason(), verdict.remedy());
  }

  private static Refusal invalidRequest(Verdict verdict) {
    return Refusal.invalidRequest(verdict.reason(), verdict.remedy());
  }

  private static Refusal invalidToken(Verdict verdict) {
    return new Refusal("invalid_token", verdict.reason(), verdict.remedy(), Status.UNAUTHORIZED);
  }
}
