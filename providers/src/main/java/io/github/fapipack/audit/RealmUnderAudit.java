package io.github.fapipack.audit;

import io.github.fapipack.profile.ProfileFile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A realm, and the profile with which it is compared.
 *
 * @param session its context has the realm
 */
public record RealmUnderAudit(KeycloakSession session, RealmModel realm, ProfileFile profile) {

  public RealmUnderAudit {
    profile = ProtocolsInUse.allowedIn(session, realm, profile);
  }
}
