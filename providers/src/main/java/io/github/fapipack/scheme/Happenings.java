package io.github.fapipack.scheme;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reads the events of an organisation from Keycloak's store. */
final class Happenings {

  private final Workplace at;
  private final Map<String, String> names = new HashMap<>();

  Happenings(Workplace at) {
    this.at = at;
  }

  List<Happening> of(String organisationId, int first, int max) {
    at.requireSight(Checked.id(organisationId));
    return at.session()
        .getProvider(EventStoreProvider.class)
        .createAdminQuery()
        .realm(at.realm().getId())
        .resourcePath(ChangeEvents.ROOT + "/organisations/" + organisationId + "*")
        .orderByDescTime()
        .firstResult(first)
        .maxResults(max)
        .getResultStream()
        .map(this::read)
        .toList();
  }

  private Happening read(AdminEvent event) {
    return new Happening(
        Instant.ofEpochMilli(event.getTime()),
        names.computeIfAbsent(
            event.getAuthDetails().getRealmId() + " " + event.getAuthDetails().getUserId(),
            key -> name(key.split(" "))),
        ChangeEvents.what(event.getResourceTypeAsString()),
        event.getOperationType().name().toLowerCase(Locale.ROOT),
        event.getResourcePath().substring(ChangeEvents.ROOT.length() + 1));
  }

  /** The name that the person has today, or the id of one who is gone. */
  private String name(String[] realmAndUser) {
    RealmModel realm = at.session().realms().getRealm(realmAndUser[0]);
    UserModel user =
        realm == null ? null : at.session().users().getUserById(realm, realmAndUser[1]);
    return user == null ? realmAndUser[1] : user.getUsername();
  }
}
