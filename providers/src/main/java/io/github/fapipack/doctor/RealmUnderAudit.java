package io.github.fapipack.doctor;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A realm, and the profile against which it is held.
 *
 * @param session whose context has the realm
 */
record RealmUnderAudit(KeycloakSession session, RealmModel realm, ProfileFile profile) {

  RealmUnderAudit {
    profile = ProtocolsInUse.allowedIn(session, realm, profile);
  }
}
