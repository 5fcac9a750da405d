package io.github.fapipack.consent;

import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.bridge.ConsentService;
import io.github.fapipack.bridge.ConsentUnavailable;
import io.github.fapipack.grantmanagement.Grant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The bank's consents behind the grants of one page. A service that is slow or does not answer is
 * not asked again for the same page, so that the user can revoke without it.
 */
final class GrantedConsents {

  private static final Logger LOGGER = Logger.getLogger(GrantedConsents.class);

  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int LONGEST_ID = 80;

  private final ConsentService service;
  private final BankView view;
  private final UserModel user;
  private final long end = System.nanoTime() + LONGEST.toNanos();
  private boolean silent;

  /**
   * @param user whose grants are shown
   */
  GrantedConsents(KeycloakSession session, RealmModel realm, UserModel user, Wording wording) {
    this.service = ConsentService.of(session, realm);
    this.view = new BankView(wording);
    this.user = user;
  }

  /**
   * The consent of a grant, for a template.
   *
   * @return empty if the grant has none; otherwise {@code number}, and {@code content} if the
   *     service has said what the consent is about
   */
  Optional<Map<String, Object>> of(Grant grant) {
    if (grant.consentId() == null) {
      return Optional.empty();
    }
    Map<String, Object> model = new HashMap<>();
    model.put("number", SafeText.of(grant.consentId(), LONGEST_ID));
    find(grant.consentId()).ifPresent(consent -> model.put("content", content(consent)));
    return Optional.of(model);
  }

  private Optional<BankConsent> find(String id) {
    if (silent || System.nanoTime() > end) {
      return Optional.empty();
    }
    try {
      Optional<BankConsent> consent = service.find(id, user);
      return consent.isPresent() && service.mayBeOf(consent.get(), user)
          ? consent
          : Optional.empty();
    } catch (ConsentUnavailable e) {
      silent = true;
      LOGGER.warnf("Consents of grants are not shown: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private Map<String, Object> content(BankConsent consent) {
    Map<String, Object> content = view.of(consent);
    content.put(
        "accounts",
        consent.accounts().stream()
            .filter(account -> Boolean.TRUE.equals(account.chosen()))
            .map(view::account)
            .toList());
    return content;
  }
}
