package io.github.fapipack.report;

import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.ClientsAtOnce;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.console.Consoles;
import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.profile.ProfileFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CacheRealmProvider;
import org.keycloak.models.cache.infinispan.RealmCacheManager;
import org.keycloak.models.cache.infinispan.RealmCacheSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Verdicts on many clients, cached on each node. Keycloak's own cache has a revision number for
 * each client, scope and realm, which increases with each change on any node; a verdict is valid as
 * long as these numbers are the same as before the client was audited. Without that cache nothing
 * is cached here.
 */
public final class Verdicts {

  /** On one node for all realms together, at about 500 bytes each. */
  private static final int MOST = 50_000;

  /** Clients' certificates and keys expire without a change of the client. */
  private static final long LONGEST_MILLIS = 600_000;

  /** How many clients are audited in one transaction. */
  private static final int BATCH = 100;

  private record Known(long revision, long time, Map<String, Verdict> byProfile) {}

  private static final class OfRealm {
    private final String revisions;
    private final Map<String, Known> byClient = new ConcurrentHashMap<>();

    OfRealm(String revisions) {
      this.revisions = revisions;
    }
  }

  private static final ServerState<Map<String, OfRealm>> REALMS =
      new ServerState<>(ConcurrentHashMap::new);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final List<ProfileFile> profiles;
  private final RealmCacheManager numbers;
  private final OfRealm memory;

  /**
   * @param session of the request; its context has the realm
   */
  public Verdicts(KeycloakSession session, RealmModel realm, List<ProfileFile> profiles) {
    this.session = session;
    this.realm = realm;
    this.profiles = profiles;
    this.numbers =
        session.getProvider(CacheRealmProvider.class) instanceof RealmCacheSession cache
            ? cache.getCache()
            : null;
    this.memory = numbers == null ? new OfRealm("") : memory();
  }

  private OfRealm memory() {
    StringBuilder revisions = new StringBuilder();
    revisions.append(numbers.getCurrentRevision(realm.getId()));
    realm
        .getClientScopesStream()
        .sorted(Comparator.comparing(ClientScopeModel::getName)) // only what was read has a number
        .map(ClientScopeModel::getId)
        .forEach(id -> revisions.append(' ').append(numbers.getCurrentRevision(id)));
    String now = revisions.toString();
    return REALMS
        .get()
        .compute(
            realm.getId(),
            (id, before) ->
                before != null && before.revisions.equals(now) ? before : new OfRealm(now));
  }

  /** By the client's id, then by the profile's name; deleted clients are left out. */
  public Map<String, Map<String, Verdict>> of(List<ClientRow> clients) {
    Map<String, Map<String, Verdict>> verdicts = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (ClientRow client : clients) {
      Map<String, Verdict> known = known(client.id());
      if (known == null) {
        unknown.add(client.id());
      } else {
        verdicts.put(client.id(), known);
      }
    }
    if (!unknown.isEmpty()) {
      try (KeySetFetch fetch = KeySetFetch.none()) {
        Map<String, ClientAudit> audits = new LinkedHashMap<>();
        profiles.forEach(profile -> audits.put(profile.name(), new ClientAudit(profile, fetch)));
        for (int first = 0; first < unknown.size(); first += BATCH) {
          List<String> batch = unknown.subList(first, Math.min(first + BATCH, unknown.size()));
          verdicts.putAll(audited(audits, batch));
        }
      }
    }
    return verdicts;
  }

  /** The same for the one given profile, by the client's id. */
  public Map<String, Verdict> ofOne(List<ClientRow> clients) {
    String profile = profiles.get(0).name();
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    of(clients).forEach((id, all) -> verdicts.put(id, all.get(profile)));
    return verdicts;
  }

  private Map<String, Verdict> known(String id) {
    Known known = memory.byClient.get(id);
    return known != null
            && numbers != null
            && known.revision() == numbers.getCurrentRevision(id)
            && Time.currentTimeMillis() - known.time() < LONGEST_MILLIS
            && profiles.stream().allMatch(profile -> known.byProfile().containsKey(profile.name()))
        ? known.byProfile()
        : null;
  }

  private Map<String, Map<String, Verdict>> audited(
      Map<String, ClientAudit> audits, List<String> ids) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(),
        session.getContext(),
        reading -> {
          Map<String, Map<String, Verdict>> verdicts = new HashMap<>();
          // Read before the clients: any later change increases the number.
          Map<String, Long> revisions = new HashMap<>();
          ids.forEach(
              id -> revisions.put(id, numbers == null ? 0 : numbers.getCurrentRevision(id)));
          ClientsAtOnce.load(reading, ids);
          for (String id : ids) {
            ClientModel client =
                reading.clients().getClientById(reading.getContext().getRealm(), id);
            if (client != null) {
              Map<String, Verdict> found = new HashMap<>();
              audits.forEach(
                  (name, audit) -> found.put(name, Verdict.of(audit.of(reading, client))));
              verdicts.put(id, found);
              if (!Consoles.is(client)) { // whether a console is exempt also depends on roles
                remember(id, revisions.get(id), found);
              }
            }
          }
          return verdicts;
        },
        "FAPI audit");
  }

  private void remember(String id, long revision, Map<String, Verdict> found) {
    if (numbers == null) {
      return;
    }
    Known known = memory.byClient.get(id);
    Map<String, Verdict> all = new HashMap<>();
    if (known != null && known.revision() == revision) {
      all.putAll(known.byProfile());
    }
    all.putAll(found);
    if (REALMS.get().values().stream().mapToInt(of -> of.byClient.size()).sum() >= MOST) {
      REALMS.get().keySet().removeIf(other -> !other.equals(realm.getId()));
    }
    if (memory.byClient.size() < MOST) {
      memory.byClient.put(id, new Known(revision, Time.currentTimeMillis(), Map.copyOf(all)));
    }
  }
}
