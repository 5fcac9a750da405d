package io.github.fapipack.bridge;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The bank's consent service of a realm, over HTTPS with a client certificate and a signed JWT in
 * each request. What it says is not cached here; see {@code ConsentChecks}.
 */
public final class ConsentService {

  /** The realm attribute with the https address of the service, without a trailing slash. */
  public static final String ADDRESS = "fapi.consent-service";

  private final KeycloakSession session;
  private final RealmModel realm;

  private ConsentService(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** The service of a realm; requests fail if the realm names none. */
  public static ConsentService of(KeycloakSession session, RealmModel realm) {
    return new ConsentService(session, realm);
  }

  /**
   * A consent.
   *
   * @param user if known, so that the answer has the user's accounts; null otherwise
   * @return empty if the service does not know it
   */
  public Optional<BankConsent> find(String id, UserModel user) throws ConsentUnavailable {
    throw new ConsentUnavailable("not yet: " + session + realm);
  }

  /**
   * Tells the service that the user has authorised a consent.
   *
   * @param accounts the ids of the accounts that the user chose
   * @param authorization unique for this authorization: repeated calls with it have no effect
   * @return empty if the consent can no longer be authorised
   */
  public Optional<BankConsent> authorise(
      String id, UserModel user, List<String> accounts, String authorization)
      throws ConsentUnavailable {
    throw new ConsentUnavailable("not yet");
  }

  /** Tells the service that the user has refused a consent. */
  public void reject(String id, UserModel user, String authorization) throws ConsentUnavailable {
    throw new ConsentUnavailable("not yet");
  }

  /**
   * Tells the service that a consent was revoked here.
   *
   * @param by {@code user}, {@code client} or {@code administrator}
   * @param at seconds since the epoch
   */
  public void revoke(String id, String by, long at) throws ConsentUnavailable {
    throw new ConsentUnavailable("not yet");
  }
}
