package io.github.fapipack.rule;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.fapipack.rule.RefusalLog.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.provider.Provider;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * Whose the current request is. Anybody can name a client, so what concerns one is held back until
 * the request is proven to be the client's: corrections are then made, and refusals counted for it.
 * If it never is, nothing is corrected, and refusals count for no client.
 */
public final class Provenance implements Provider {

  private static final String ATTRIBUTE = Provenance.class.getName();

  /** What a login holds, which only ends with the user's own consent. */
  private static final String NOTE = "fapi.would-be-refusals";

  private record Held(ClientModel client, Finding finding, Runnable correction) {}

  private final KeycloakSession session;
  private final Set<String> proven = new HashSet<>();
  private final List<Held> held = new ArrayList<>();

  private Provenance(KeycloakSession session) {
    this.session = session;
  }

  private static Provenance of(KeycloakSession session) {
    Provenance known = session.getAttribute(ATTRIBUTE, Provenance.class);
    if (known == null) {
      known = new Provenance(session);
      session.setAttribute(ATTRIBUTE, known);
      session.enlistForClose(known);
    }
    return known;
  }

  /** The current request is this client's: what was held back for it happens now. */
  public static void prove(KeycloakSession session, ClientModel client) {
    of(session).settle(client);
  }

  /** Whether a JWT is signed with a key of the client. */
  public static boolean isSigned(KeycloakSession session, String jwt, ClientModel client) {
    return Evidence.isSigned(session, jwt, client);
  }

  private void settle(ClientModel client) {
    proven.add(client.getId());
    List<Held> mine =
        held.stream().filter(one -> one.client.getId().equals(client.getId())).toList();
    held.removeAll(mine);
    for (Held one : mine) {
      if (one.finding == null) {
        one.correction.run();
      } else {
        Refusals.count(session.getKeycloakSessionFactory(), one.finding, client.getClientId());
      }
    }
  }

  /** Corrects a client, as soon as the request is proven to be its own. */
  static void correct(
      KeycloakSession session, ClientPolicyContext context, ClientModel client, Runnable change) {
    Provenance provenance = of(session);
    if (provenance.holds(context, client)) {
      change.run();
    } else {
      provenance.held.add(new Held(client, null, change));
    }
  }

  /** Counts a finding for a client, as soon as the request is proven to be its own. */
  static void count(
      KeycloakSession session, ClientPolicyContext context, ClientModel client, Finding finding) {
    Provenance provenance = client == null ? null : of(session);
    if (provenance == null || provenance.holds(context, client)) {
      Refusals.count(
          session.getKeycloakSessionFactory(),
          finding,
          client == null ? null : client.getClientId());
    } else {
      provenance.held.add(new Held(client, finding, null));
    }
  }

  private boolean holds(ClientPolicyContext context, ClientModel client) {
    if (!proven.contains(client.getId()) && Evidence.proves(session, context, client)) {
      settle(client);
    }
    return proven.contains(client.getId());
  }

  /** What a login found of a client that nothing has proven waits for its end. */
  static void carry(KeycloakSession session, AuthenticationSessionModel login) {
    Provenance provenance = session.getAttribute(ATTRIBUTE, Provenance.class);
    if (provenance == null || login == null || login.getClient() == null) {
      return;
    }
    String client = login.getClient().getId();
    List<Held> mine =
        provenance.held.stream()
            .filter(one -> one.finding != null && one.client.getId().equals(client))
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    try {
      // Not in the note itself: Keycloak copies all notes into a cookie.
      String key = NOTE + ":" + UUID.randomUUID();
      session
          .singleUseObjects()
          .put(
              key,
              SessionExpiration.getAuthSessionLifespan(login.getRealm()),
              Map.of(
                  NOTE,
                  JsonSerialization.writeValueAsString(mine.stream().map(Held::finding).toList())));
      login.setClientNote(NOTE, key);
      provenance.held.removeAll(mine);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A user has ended the login that a client's request began. */
  public static void endOfLogin(KeycloakSession session, AuthenticationSessionModel login) {
    prove(session, login.getClient());
    String key = login.getClientNote(NOTE);
    Map<String, String> kept = key == null ? null : session.singleUseObjects().remove(key);
    if (kept == null) {
      return;
    }
    login.removeClientNote(NOTE);
    try {
      for (Finding finding :
          JsonSerialization.readValue(kept.get(NOTE), new TypeReference<List<Finding>>() {})) {
        Refusals.count(
            session.getKeycloakSessionFactory(), finding, login.getClient().getClientId());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // only we write it
    }
  }

  /** The request is over, and nothing has proven whose it was. */
  @Override
  public void close() {
    for (Held one : held) {
      if (one.finding != null) {
        Refusals.count(session.getKeycloakSessionFactory(), one.finding, null);
      }
    }
    held.clear();
  }
}
