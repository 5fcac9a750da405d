package io.github.fapipack.expiry;

import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.audit.DatedKey.Status;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.JsonName;
import java.security.cert.X509Certificate;
import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.crypto.KeyStatus;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The keys of a realm, with their certificates. */
public final class RealmKeyList {

  private RealmKeyList() {}

  public static List<DatedKey> of(KeycloakSession session, RealmModel realm) {
    return session.keys().getKeysStream(realm).map(key -> dated(realm, key)).toList();
  }

  private static DatedKey dated(RealmModel realm, KeyWrapper key) {
    ComponentModel provider =
        key.getProviderId() == null ? null : realm.getComponent(key.getProviderId());
    X509Certificate certificate = key.getCertificate();
    return new DatedKey(
        new Where(Where.Kind.realm, realm.getName(), realm.getId(), ""),
        provider == null ? null : provider.getName(),
        status(key.getStatus()),
        key.getAlgorithmOrDefault(),
        key.getUse() == null ? null : JsonName.of(key.getUse()),
        key.getKid(),
        certificate == null ? null : certificate.getSubjectX500Principal().getName(),
        certificate == null ? null : certificate.getNotAfter().toInstant());
  }

  private static Status status(KeyStatus status) {
    if (status == null || !status.isEnabled()) {
      return Status.DISABLED;
    }
    return status.isActive() ? Status.ACTIVE : Status.PASSIVE;
  }
}
