package io.github.fapipack.rule;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.fapipack.rule.RefusedRequest.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.provider.Provider;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * Tracks who sent the current request. Anybody can name a client, so corrections and refusals for a
 * client are held back until the request is proven to come from it. If it never is, nothing is
 * corrected, and the refusals count for no client.
 */
public final class Provenance implements Provider {

  private static final RequestKey<Provenance> CURRENT = new RequestKey<>();

  /**
   * The note of an authentication session with the objections to its request; they count for the
   * client only once the user has completed the login.
   */
  private static final String NOTE = "fapi.would-be-refusals";

  private record Held(ClientModel client, Objection found, Runnable correction) {}

  /**
   * An objection of a rule or of Keycloak to the request.
   *
   * @param clientId the client that the request was proven to come from at that time, or null
   */
  private record Said(String clientId, Objection objection) {}

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_SENTENCE = 500;

  private final KeycloakSession session;
  private final Set<String> proven = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Held> held = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();

  /** The rules that objected to the request with which the completed login began. */
  private final Set<String> toldOfLogin = new HashSet<>();

  /** The registered client that the request names, proven or not. */
  private String suspect;

  /** The client_id in the request, if the realm has no such client. */
  private String stranger;

  private Provenance(KeycloakSession session) {
    this.session = session;
  }

  private static Provenance of(KeycloakSession session) {
    return CURRENT.in(
        session,
        () -> {
          Provenance made = new Provenance(session);
          session.enlistForClose(made);
          return made;
        });
  }

  /**
   * Records that the current request comes from this client, and carries out what was held back.
   */
  public static void prove(KeycloakSession session, ClientModel client) {
    of(session).seen(client);
    of(session).settle(client);
  }

  /** Counts the request once, even if it is proven repeatedly. */
  private void seen(ClientModel client) {
    if (seen.add(client.getId()) && !RealmRules.of(session, client.getRealm()).isEmpty()) {
      ProvenRequests.add(client.getRealm().getId(), client.getId(), Time.currentTimeMillis());
    }
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
      if (one.found == null) {
        one.correction.run();
      } else {
        say(client, one.found);
      }
    }
  }

  /** Corrects a client as soon as the request is proven to come from it. */
  static void correct(
      KeycloakSession session, ClientPolicyContext context, ClientModel client, Runnable change) {
    Provenance provenance = of(session);
    if (provenance.holds(context, client)) {
      change.run();
    } else {
      provenance.held.add(new Held(client, null, change));
    }
  }

  /** Counts an objection for a client as soon as the request is proven to come from it. */
  static void count(
      KeycloakSession session, ClientPolicyContext context, ClientModel client, Objection found) {
    Provenance provenance = of(session);
    if (client == null || provenance.holds(context, client)) {
      provenance.say(client, found);
    } else {
      provenance.held.add(new Held(client, found, null));
      provenance.names(client.getRealm(), client.getClientId());
    }
  }

  private void say(ClientModel client, Objection found) {
    String clientId = client == null ? null : client.getClientId();
    Refusals.count(session.getKeycloakSessionFactory(), found, clientId);
    said.add(new Said(clientId, found));
  }

  /**
   * Remembers the client_id that the request names, for support only: nothing is counted for it.
   */
  private void names(RealmModel realm, String clientId) {
    if (clientId == null || suspect != null) {
      return;
    }
    // A name that no client can have is not looked up.
    boolean possible = clientId.equals(Printable.of(clientId, LONGEST_NAME));
    if (possible && realm.getClientByClientId(clientId) != null) {
      suspect = clientId;
    } else {
      stranger = clientId;
    }
  }

  /**
   * Records that the current request was refused; if no rule objected, Keycloak refused it.
   *
   * @param reason one of the values of {@link RefusalReason}
   * @param error an OAuth error code, or another word of a bounded set
   * @param sentence the text that the client got
   * @param clientId the client_id in the request, as it was sent; null if there is none
   */
  public static void refused(
      KeycloakSession session, String reason, String error, String sentence, String clientId) {
    Provenance provenance = of(session);
    provenance.names(session.getContext().getRealm(), clientId);
    boolean told =
        Stream.concat(
                provenance.said.stream().map(Said::objection),
                provenance.held.stream().map(Held::found).filter(Objects::nonNull))
            .anyMatch(one -> one.isFault() && one.isEnforced());
    if (!told) {
      provenance.said.add(
          new Said(
              provenance.sender(),
              Objection.of(session, reason, error, Printable.of(sentence, LONGEST_SENTENCE))));
    }
  }

  /** The client of the current request, if proven. */
  private String sender() {
    ClientModel client = session.getContext().getClient();
    return client != null && proven.contains(client.getId()) ? client.getClientId() : null;
  }

  private boolean holds(ClientPolicyContext context, ClientModel client) {
    if (!proven.contains(client.getId()) && Evidence.proves(session, context, client)) {
      settle(client);
    }
    return proven.contains(client.getId());
  }

  /** Stores the objections of an unproven client's login until the login is completed. */
  public static void carry(KeycloakSession session, AuthenticationSessionModel login) {
    Provenance provenance = CURRENT.in(session).orElse(null);
    if (provenance == null || login == null || login.getClient() == null) {
      return;
    }
    String client = login.getClient().getId();
    List<Held> mine =
        provenance.held.stream()
            .filter(one -> one.found != null && one.client.getId().equals(client))
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    try {
      // The note holds only a key, because Keycloak copies all notes into a cookie.
      String key = NOTE + ":" + UUID.randomUUID();
      session
          .singleUseObjects()
          .put(
              key,
              SessionExpiration.getAuthSessionLifespan(login.getRealm()),
              Map.of(
                  NOTE,
                  JsonSerialization.writeValueAsString(
                      mine.stream().map(one -> one.found.withoutAddress()).toList())));
      login.setClientNote(NOTE, key);
      provenance.held.removeAll(mine);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called when a user has completed the login that a client's request began. */
  public static void endOfLogin(KeycloakSession session, AuthenticationSessionModel login) {
    prove(session, login.getClient());
    String key = login.getClientNote(NOTE);
    Map<String, String> kept = key == null ? null : session.singleUseObjects().remove(key);
    if (kept == null) {
      return;
    }
    login.removeClientNote(NOTE);
    try {
      List<Objection> found =
          JsonSerialization.readValue(kept.get(NOTE), new TypeReference<List<Objection>>() {});
      KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
      String client = login.getClient().getClientId();
      found.forEach(one -> Refusals.count(factory, one, client));
      found.forEach(one -> of(session).toldOfLogin.add(one.rule()));
      String address = session.getContext().getConnection().getRemoteHost();
      RefusedRequest.of(
              new Sender(client, true, null), found.stream().map(one -> one.at(address)).toList())
          .ifPresent(request -> Refusals.count(factory, request));
    } catch (IOException e) {
      throw new IllegalStateException(e); // nobody else writes it
    }
  }

  /**
   * The request is over: objections that were never proven to concern a client count for no client.
   */
  @Override
  public void close() {
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    for (Held one : held) {
      if (one.found != null) {
        Refusals.count(factory, one.found, null);
        said.add(new Said(null, one.found));
      }
    }
    held.clear();
    byClient()
        .forEach(
            (client, found) ->
                RefusedRequest.of(
                        client.isEmpty()
                            ? new Sender(suspect, false, suspect == null ? stranger : null)
                            : new Sender(client, true, null),
                        found)
                    .ifPresent(request -> Refusals.count(factory, request)));
    said.clear();
  }

  /** The objections by client; those without a client go to the first one. */
  private Map<String, List<Objection>> byClient() {
    Map<String, List<Objection>> found = new LinkedHashMap<>();
    for (Said one : said) {
      if (!one.objection().isEnforced() && toldOfLogin.contains(one.objection().rule())) {
        continue; // it is still the request that began the login, and counts once
      }
      found
          .computeIfAbsent(
              Objects.requireNonNullElse(one.clientId(), ""), client -> new ArrayList<>())
          .add(one.objection());
    }
    List<Objection> nobodys = found.get("");
    if (nobodys != null && found.size() > 1) {
      found.remove("");
      found.values().iterator().next().addAll(nobodys);
    }
    return found;
  }
}
