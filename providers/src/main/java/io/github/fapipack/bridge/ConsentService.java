package io.github.fapipack.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bridge.BankConsent.Status;
import io.github.fapipack.fetch.BoundedFetch;
import io.github.fapipack.fetch.PartnerClient;
import io.github.fapipack.jose.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.util.JsonSerialization;

/**
 * The bank's consent service of a realm, over HTTPS with a client certificate and a signed JWT in
 * each request. An answer that is late, too long, or not about what was asked counts as none. What
 * the service says is not kept here; see {@link ConsentChecks}.
 */
public final class ConsentService {

  private static final BoundedFetch.Limits LIMITS = new BoundedFetch.Limits(3_000, 64 * 1024);
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final String issuer;

  private ConsentService(KeycloakSession session, RealmModel realm, String issuer) {
    this.session = session;
    this.realm = realm;
    this.issuer = issuer;
  }

  /** The service of a realm, for the current request; requests fail if the realm names none. */
  public static ConsentService of(KeycloakSession session, RealmModel realm) {
    return new ConsentService(
        session,
        realm,
        Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
  }

  /**
   * The service of a realm, outside a request.
   *
   * @param issuer the issuer identifier of the realm
   */
  public static ConsentService of(KeycloakSession session, RealmModel realm, String issuer) {
    return new ConsentService(session, realm, issuer);
  }

  /**
   * A consent.
   *
   * @param user if known, so that the answer has the user's accounts; null otherwise
   * @return empty if the service does not know it
   */
  public Optional<BankConsent> find(String id, UserModel user) throws ConsentUnavailable {
    String query =
        user == null ? "" : "?subject=" + URLEncoder.encode(subject(user), StandardCharsets.UTF_8);
    BoundedFetch.Answer answer = send("GET", id, query, null);
    return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(consent(answer, id));
  }

  /**
   * Tells the service that the user has authorised a consent.
   *
   * @param accounts the ids of the accounts that the user chose
   * @param authorization unique for this authorization: repeated calls with it have no effect
   * @param acr how the user has logged in, or null
   * @return empty if the consent can no longer be authorised
   */
  public Optional<BankConsent> authorise(
      String id, UserModel user, List<String> accounts, String authorization, String acr)
      throws ConsentUnavailable {
    if (KnownConsents.of(session).hasEnded(realm, id)) {
      return Optional.empty();
    }
    ObjectNode body = decision(user, authorization);
    accounts.forEach(body.putArray("accounts")::add);
    if (acr != null) {
      body.put("acr", acr);
    }
    BoundedFetch.Answer answer = send("POST", id, "/authorisation", body);
    if (answer.status() == CONFLICT || answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    BankConsent consent = consent(answer, id);
    if (consent.status() != Status.AUTHORISED || !subject(user).equals(consent.subject())) {
      throw new ConsentUnavailable("it has not authorised what it says it has");
    }
    return Optional.of(consent);
  }

  /** Tells the service that the user has refused a consent. */
  public void reject(String id, UserModel user, String authorization) throws ConsentUnavailable {
    requireTold(send("POST", id, "/rejection", decision(user, authorization)));
  }

  /**
   * The call that tells the service that a consent was revoked here, to be sent after the
   * transaction.
   *
   * @param by {@code user}, {@code client} or {@code administrator}
   * @param at seconds since the epoch
   */
  PartnerClient.Call revocation(String id, String by, long at) throws ConsentUnavailable {
    return call(
        "POST",
        id,
        "/revocation",
        JsonSerialization.createObjectNode().put("by", by).put("at", at));
  }

  /** Sends {@link #revocation}; a service that does not know the consent counts as told. */
  static void tell(KeycloakSession session, PartnerClient.Call revocation)
      throws ConsentUnavailable {
    requireTold(send(session, revocation));
  }

  /** Whether a consent belongs to a user, or to nobody yet. */
  public boolean mayBeOf(BankConsent consent, UserModel user) throws ConsentUnavailable {
    return consent.subject() == null
        || settings().subject(user).filter(consent.subject()::equals).isPresent();
  }

  private ObjectNode decision(UserModel user, String authorization) throws ConsentUnavailable {
    return JsonSerialization.createObjectNode()
        .put("subject", subject(user))
        .put("authorization_id", authorization);
  }

  /** Whether the service has a name for a user, so that the user can have consents. */
  public boolean knows(UserModel user) throws ConsentUnavailable {
    return settings().subject(user).isPresent();
  }

  /** What the service calls a user. */
  public String subject(UserModel user) throws ConsentUnavailable {
    return settings()
        .subject(user)
        .orElseThrow(() -> new ConsentUnavailable("the user has no name that it knows"));
  }

  private ServiceSettings settings() throws ConsentUnavailable {
    ServiceSettings settings =
        ServiceSettings.of(realm)
            .orElseThrow(
                () -> new ConsentUnavailable("the realm has no " + ServiceSettings.ADDRESS));
    Optional<String> fault = settings.fault();
    if (fault.isPresent()) {
      throw new ConsentUnavailable(fault.get());
    }
    return settings;
  }

  private BoundedFetch.Answer send(String method, String id, String rest, ObjectNode body)
      throws ConsentUnavailable {
    return send(session, call(method, id, rest, body));
  }

  private PartnerClient.Call call(String method, String id, String rest, ObjectNode body)
      throws ConsentUnavailable {
    ServiceSettings settings = settings();
    String place = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    try {
      return new PartnerClient.Call(
          method,
          URI.create(settings.address() + "/consents/" + place + rest),
          "Bearer " + new ServiceAssertion(session, realm).of(issuer, settings.issuer()),
          body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ConsentUnavailable("its address is not valid", e);
    }
  }

  private static BoundedFetch.Answer send(KeycloakSession session, PartnerClient.Call call)
      throws ConsentUnavailable {
    try {
      return PartnerClient.send(session, call, LIMITS);
    } catch (IOException e) {
      throw new ConsentUnavailable("it has not answered: " + e.getMessage(), e);
    }
  }

  private BankConsent consent(BoundedFetch.Answer answer, String id) throws ConsentUnavailable {
    if (answer.status() != OK) {
      throw new ConsentUnavailable("it has answered with HTTP status " + answer.status());
    }
    BankConsent consent;
    try {
      consent =
          JsonSerialization.mapper.treeToValue(
              StrictJson.object(answer.body())
                  .orElseThrow(() -> new ConsentUnavailable("its answer is not one JSON object")),
              BankConsent.class);
    } catch (JsonProcessingException e) {
      throw new ConsentUnavailable("its answer is not a consent: " + e.getOriginalMessage(), e);
    }
    if (!settings().issuer().equals(consent.issuer())
        || !id.equals(consent.consentId())
        || consent.clientId() == null
        || consent.status() == null) {
      throw new ConsentUnavailable(
          "its answer lacks issuer, consent_id, client_id or status, or has others than expected");
    }
    return consent;
  }

  private static void requireTold(BoundedFetch.Answer answer) throws ConsentUnavailable {
    if (answer.status() != OK && answer.status() != NO_CONTENT && answer.status() != NOT_FOUND) {
      throw new ConsentUnavailable("it has answered with HTTP status " + answer.status());
    }
  }
}
