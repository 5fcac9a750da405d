package io.github.fapipack.bridge;

import io.github.fapipack.bridge.BankConsent.Status;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.keycloak.ServerState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;

/**
 * Consents that the service has called authorised a moment ago. Others are not kept, because they
 * may change to that at any time.
 */
final class AuthorisedConsents {

  private static final int MOST = 20_000;

  private record Key(String realm, String consent) {}

  private record Known(BankConsent consent, long at) {}

  private static final ServerState<Map<Key, Known>> KEPT =
      new ServerState<>(
          () ->
              Collections.synchronizedMap(
                  new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                      return size() > MOST;
                    }
                  }));

  private final RealmModel realm;

  private AuthorisedConsents(RealmModel realm) {
    this.realm = realm;
  }

  static AuthorisedConsents of(RealmModel realm) {
    return new AuthorisedConsents(realm);
  }

  /** A consent about which the service's word still counts. */
  Optional<BankConsent> find(String id, ConsentRules rules) {
    return Optional.ofNullable(KEPT.get().get(key(id)))
        .filter(
            known ->
                Time.currentTimeMillis() - known.at()
                    < 1_000L * rules.recheck(known.consent().kind()))
        .map(Known::consent);
  }

  /** Keeps what the service has said, if it can be relied on for a while. */
  void keep(BankConsent consent, ConsentRules rules) {
    Key key = key(consent.consentId());
    if (consent.status() == Status.AUTHORISED && rules.recheck(consent.kind()) > 0) {
      KEPT.get().put(key, new Known(consent, Time.currentTimeMillis()));
    } else {
      KEPT.get().remove(key);
    }
  }

  private Key key(String id) {
    return new Key(realm.getId(), id);
  }
}
