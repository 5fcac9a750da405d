package io.github.fapipack.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * The bank's own consent page, if the realm names one: the browser is sent there with a signed
 * question, and comes back with an answer that the bank's consent service has signed.
 */
public final class BankPage {

  /** The type of the question, in the header of its JWT. */
  static final String QUESTION = "consent-request+jwt";

  /** The type of the answer. */
  static final String ANSWER = "consent-answer+jwt";

  /** The parameter of the page's address with the question. */
  private static final String REQUEST = "request";

  /** Seconds that the user has to decide, unless the realm allows less for any page. */
  private static final int LIFETIME = 600;

  private static final String APPROVED = "approved";
  private static final String REFUSED = "refused";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ServiceSettings settings;

  /**
   * What the user is asked about.
   *
   * @param consentId the consent
   * @param clientId the client_id of the client that asks
   * @param subject what the service calls the user
   * @param scope the scopes that the client asks for besides
   * @param purpose why the client asks, in its own words; null if it does not say
   * @param locale the language of the user's pages (BCP 47)
   * @param nonce unguessable, and the same in the answer
   */
  public record Question(
      String consentId,
      String clientId,
      String subject,
      String scope,
      String purpose,
      String locale,
      String nonce) {}

  private BankPage(KeycloakSession session, RealmModel realm, ServiceSettings settings) {
    this.session = session;
    this.realm = realm;
    this.settings = settings;
  }

  /** The page of a realm; empty if the realm uses the pack's page. */
  public static Optional<BankPage> of(KeycloakSession session, RealmModel realm) {
    return ServiceSettings.of(realm)
        .filter(settings -> settings.page() != null)
        .map(settings -> new BankPage(session, realm, settings));
  }

  /**
   * The address to which the browser is sent.
   *
   * @param back where the page sends the browser afterwards
   */
  public URI address(Question question, URI back) throws ConsentUnavailable {
    Optional<String> fault = settings.fault();
    if (fault.isPresent()) {
      throw new ConsentUnavailable(fault.get());
    }
    long now = Time.currentTimeSeconds();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", settings.issuer());
    claims.put("iat", now);
    claims.put("exp", now + Math.min(LIFETIME, realm.getAccessCodeLifespanUserAction()));
    claims.put("jti", SecretGenerator.getInstance().generateSecureID());
    claims.put("consent_id", question.consentId());
    claims.put("client_id", question.clientId());
    claims.put("sub", question.subject());
    claims.put("scope", question.scope());
    if (question.purpose() != null) {
      claims.put("purpose", question.purpose());
    }
    claims.put("locale", question.locale());
    claims.put("nonce", question.nonce());
    claims.put("return_uri", back.toString());
    return UriBuilder.fromUri(settings.page())
        .queryParam(REQUEST, new ServiceAssertion(session, realm).signed(QUESTION, claims))
        .build();
  }

  /**
   * Whether the user has approved, according to the page.
   *
   * @param answer what the browser brought back
   * @param consentId the consent of the question
   * @param nonce of the question
   * @throws ServiceJwts.Fault if it is not an answer to the question
   */
  public boolean isApproval(String answer, String consentId, String nonce)
      throws ServiceJwts.Fault, ConsentUnavailable {
    ObjectNode claims = ServiceJwts.of(session, realm).verify(answer, ANSWER);
    if (!nonce.equals(claims.path("nonce").textValue())) {
      throw ServiceJwts.Fault.form("nonce is not the one of the question");
    }
    if (!consentId.equals(claims.path("consent_id").textValue())) {
      throw ServiceJwts.Fault.form("consent_id is not the one of the question");
    }
    String decision = claims.path("decision").asText();
    if (!decision.equals(APPROVED) && !decision.equals(REFUSED)) {
      throw ServiceJwts.Fault.form("decision is neither approved nor refused");
    }
    return decision.equals(APPROVED);
  }

  private String issuer() {
    return Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
  }
}
