package io.github.fapipack.directory;

import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.participants.DirectoryStatus;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;

/** Tells administrators, once, of a directory whose list cannot be had or is not applied. */
final class DirectoryAlarm {

  private static final Logger LOGGER = Logger.getLogger(DirectoryAlarm.class);

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final ParticipantsList rules;

  DirectoryAlarm(KeycloakSessionFactory factory, String realmId, ParticipantsList rules) {
    this.factory = factory;
    this.realmId = realmId;
    this.rules = rules;
  }

  /** Reports what has changed between two states of a directory, and returns the later one. */
  DirectoryStatus sound(DirectoryStatus before, DirectoryStatus after) {
    if (after.fault() != null && !Objects.equals(before.fault(), after.fault())) {
      LOGGER.warnf("The list of participants at %s is not applied: %s", after.uri(), after.fault());
      ParticipantEvents.directory(factory, realmId, "directory_list_not_applied", after);
    }
    if (after.fault() == null && before.fault() != null) {
      LOGGER.infof("The list of participants at %s is applied again", after.uri());
    }
    boolean stale = after.isStale(Time.currentTimeMillis(), rules.staleAfter());
    if (stale && !after.alarmed()) {
      LOGGER.errorf(
          "The list of participants at %s was not applied for more than %d seconds; the states of"
              + " participants stay as they were",
          after.uri(), rules.staleAfter());
      ParticipantEvents.directory(factory, realmId, "directory_stale", after);
    }
    return after.alarmed(stale);
  }
}
