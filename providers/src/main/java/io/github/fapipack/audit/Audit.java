package io.github.fapipack.audit;

import io.github.fapipack.profile.ProfileFile;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * Compares a realm with one or several profiles. Clients are read page by page, each page in a
 * short transaction of its own, so that a realm may have any number of them.
 */
public final class Audit {

  /** Called for each client, in the session in which it was read. */
  interface Visitor {
    void visit(KeycloakSession session, ClientModel client);
  }

  public static final List<Check> CHECKS =
      List.of(
          new RealmSettings(),
          new RealmKeys(),
          new PolicyCoverage(),
          new RolloutState(),
          new DefaultScopes(),
          new ScopeMappers(),
          new RegistrationPolicies(),
          new ProfileAttributes(),
          new DetailsTypes(),
          new GrantSwitch(),
          new EcosystemState(),
          new BankConsents(),
          new LoginLevels(),
          new ServerSettings());

  private static final int PAGE = 100;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final Predicate<ClientModel> visible;

  /**
   * @param session of the request, whose context has the realm
   * @param visible which clients the administrator may see
   */
  public Audit(KeycloakSession session, RealmModel realm, Predicate<ClientModel> visible) {
    this.session = session;
    this.realm = realm;
    this.visible = visible;
  }

  /** Checks everything except the clients. */
  public void realm(ProfileFile profile, Consumer<Finding> findings) {
    RealmUnderAudit audited = new RealmUnderAudit(session, realm, profile);
    Consumer<Finding> cited = CitedClause.in(profile, findings);
    CHECKS.forEach(check -> check.check(audited, cited));
  }

  /** Checks all clients that the administrator may see. */
  public void clients(
      ProfileFile profile, KeySetFetch fetch, Consumer<ClientAudit.Result> results) {
    ClientAudit audit = new ClientAudit(profile, fetch);
    clients(fetch, (reading, client) -> results.accept(audit.of(reading, client)));
  }

  /** Visits all clients, in the order of their names. */
  public void clients(KeySetFetch fetch, Visitor visitor) {
    int first = 0;
    boolean more = true;
    while (more) {
      int from = first;
      more =
          KeycloakModelUtils.runJobInTransactionWithResult(
              session.getKeycloakSessionFactory(),
              session.getContext(),
              reading -> page(reading, from, fetch, visitor),
              "FAPI audit");
      first += PAGE;
    }
  }

  private boolean page(KeycloakSession reading, int from, KeySetFetch fetch, Visitor visitor) {
    RealmModel audited = reading.getContext().getRealm();
    List<ClientModel> page =
        reading.clients().getClientsStream(audited, from, PAGE).filter(Objects::nonNull).toList();
    ClientsAtOnce.load(reading, page.stream().map(ClientModel::getId).toList());
    fetch.begin(
        reading, page.stream().map(client -> client.getAttribute(OIDCConfigAttributes.JWKS_URL)));
    page.stream().filter(visible).forEach(client -> visitor.visit(reading, client));
    return !page.isEmpty(); // a page that is not full may lack a client that was deleted just now
  }
}
