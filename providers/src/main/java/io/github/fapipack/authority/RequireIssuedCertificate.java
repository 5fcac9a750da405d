package io.github.fapipack.authority;

import io.github.fapipack.client.Credentials;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import jakarta.ws.rs.core.Response.Status;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.AccessToken;

/**
 * In the directory of a scheme, a client authenticates only with a transport certificate of its own
 * software that is in the directory's list and not revoked, and gets and uses bound tokens only
 * with one. The list is asked itself, so a revocation counts at once, and the directory does not
 * ask its own OCSP responder.
 */
@RuleId("fapi2-require-issued-certificate")
@Clause({"RFC8705 2-3", "RFC8705 3-2", "RFC5280 6.1.3-1"})
public final class RequireIssuedCertificate extends Rule<NoSettings> {

  private static final String REMEDY =
      "use a transport certificate that the directory has issued for this software";

  /** How a refusal is reported, which depends on what the certificate is used for. */
  private interface Report {
    Refusal of(String reason, String remedy);
  }

  public RequireIssuedCertificate() {
    super(
        NoSettings.class,
        "Refuses client certificates that the directory of the scheme has not issued for the"
            + " client's software, or has revoked.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!Authority.isOn(occasion.session())) {
      return;
    }
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      if (X509ClientAuthenticator.PROVIDER_ID.equals(request.method())) {
        check(occasion, request.client(), Refusal::invalidClient);
      }
    } else if (occasion.context() instanceof TokenEvent tokens) {
      if (isBoundToCertificate(tokens.accessToken())) {
        check(occasion, tokens.client(), Refusal::invalidRequest);
      }
    } else if (occasion.context() instanceof ResourceRequestEvent request
        && isBoundToCertificate(request.claims())) {
      check(occasion, request.client(), RequireIssuedCertificate::invalidToken);
    }
  }

  private static boolean isBoundToCertificate(AccessToken token) {
    return token != null
        && token.getConfirmation() != null
        && token.getConfirmation().getCertThumbprint() != null;
  }

  private static void check(Occasion occasion, ClientModel client, Report report) throws Refusal {
    List<X509Certificate> chain = Credentials.certificates(occasion.session());
    if (chain.isEmpty() || client == null) {
      return; // others refuse that
    }
    Optional<String> fault =
        IssuedCertificates.of(occasion.session())
            .of(chain.get(0))
            .map(issued -> fault(issued, client))
            .orElseGet(
                () -> Optional.of("the client certificate is not in the list of the directory"));
    if (fault.isPresent()) {
      throw report.of(fault.get(), REMEDY);
    }
  }

  private static Optional<String> fault(Issued issued, ClientModel client) {
    if (issued.revokedAt() != null) {
      return Optional.of("the client certificate has been revoked");
    }
    if (issued.use() != Use.TRANSPORT) {
      return Optional.of("the client certificate is one for signatures");
    }
    return issued.softwareId().equals(client.getClientId())
        ? Optional.empty()
        : Optional.of("the client certificate is that of another software");
  }

  private static Refusal invalidToken(String reason, String remedy) {
    return new Refusal("invalid_token", reason, remedy, Status.UNAUTHORIZED);
  }
}
