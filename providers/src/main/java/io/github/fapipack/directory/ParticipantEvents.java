package io.github.fapipack.directory;

import io.github.fapipack.participants.Decision;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.StateChange;
import io.github.fapipack.rule.JsonName;
import java.util.List;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSessionFactory;

/** Events of the realm about its participants and their directory. */
final class ParticipantEvents {

  private static final String WHY = "fapi_participant_why";

  private ParticipantEvents() {}

  /** One event for each client whose state has changed. */
  static void changed(KeycloakSessionFactory factory, String realmId, List<StateChange> changes) {
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) ->
            changes.stream()
                .filter(change -> change.clientUuid() != null)
                .forEach(
                    change -> {
                      ClientModel client = realm.getClientById(change.clientUuid());
                      EventBuilder event =
                          new EventBuilder(realm, session)
                              .event(EventType.CLIENT_UPDATE)
                              .client(client)
                              .detail("fapi_participant_state", change.after().jsonName())
                              .detail("fapi_participant_was", change.before().jsonName())
                              .detail("fapi_software_id", change.softwareId())
                              .detail("fapi_organisation_id", change.organisationId());
                      change.decision().ifPresent(decision -> add(event, decision));
                      event.success();
                    }));
  }

  private static void add(EventBuilder event, Decision decision) {
    event
        .detail("fapi_participant_source", JsonName.of(decision.source()))
        .detail("fapi_participant_by", decision.by())
        .detail(WHY, decision.why());
  }

  /** An event about the directory itself. */
  static void directory(
      KeycloakSessionFactory factory, String realmId, String error, DirectoryStatus status) {
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) ->
            new EventBuilder(realm, session)
                .event(EventType.CLIENT_UPDATE)
                .detail("fapi_directory", status.uri())
                .detail(WHY, status.fault())
                .storeImmediately(false)
                .error(error));
  }
}
