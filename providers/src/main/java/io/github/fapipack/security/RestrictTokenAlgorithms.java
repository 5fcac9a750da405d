package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.Map;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Access tokens, ID tokens, authorization responses and signed userinfo are signed with PS256,
 * ES256 or EdDSA, for every client. A client's own choice is kept if it is one of them; any other
 * gives way to the realm's default or, if that is none of them either, to a key that the realm has.
 */
@Clause({"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
public final class RestrictTokenAlgorithms extends ClientSettingRule<NoSettings> {

  /** Signed whether or not the client has chosen an algorithm. */
  private static final List<String> ALWAYS_SIGNED =
      List.of(
          OIDCConfigAttributes.ACCESS_TOKEN_SIGNED_RESPONSE_ALG,
          OIDCConfigAttributes.ID_TOKEN_SIGNED_RESPONSE_ALG,
          OIDCConfigAttributes.AUTHORIZATION_SIGNED_RESPONSE_ALG);

  /** Signed only for a client that has chosen an algorithm; plain JSON otherwise. */
  private static final String USERINFO = OIDCConfigAttributes.USER_INFO_RESPONSE_SIGNATURE_ALG;

  public RestrictTokenAlgorithms() {
    super(NoSettings.class, "Signs tokens and responses with PS256, ES256 or EdDSA only.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    Map<String, String> attributes = proposed.getAttributes();
    if (attributes == null) {
      return;
    }
    for (String attribute : ALWAYS_SIGNED) {
      String chosen = attributes.get(attribute);
      if (chosen != null && !Algorithms.ALLOWED.contains(chosen)) {
        attributes.put(attribute, ""); // the realm's default
      }
    }
    String userinfo = attributes.get(USERINFO);
    if (userinfo != null && !userinfo.isEmpty() && !Algorithms.ALLOWED.contains(userinfo)) {
      attributes.put(USERINFO, "");
    }
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings)
      throws Refusal {
    boolean defaultAllowed =
        Algorithms.ALLOWED.contains(occasion.realm().getDefaultSignatureAlgorithm());
    for (String attribute : ALWAYS_SIGNED) {
      String chosen = client.getAttribute(attribute);
      boolean none = chosen == null || chosen.isEmpty();
      if (none ? !defaultAllowed : !Algorithms.ALLOWED.contains(chosen)) {
        String algorithm = available(occasion, client);
        occasion.correct(
            client, attribute + " " + algorithm, () -> client.setAttribute(attribute, algorithm));
      }
    }
    String userinfo = client.getAttribute(USERINFO);
    if (userinfo != null && !userinfo.isEmpty() && !Algorithms.ALLOWED.contains(userinfo)) {
      String algorithm = available(occasion, client);
      occasion.correct(
          client, USERINFO + " " + algorithm, () -> client.setAttribute(USERINFO, algorithm));
    }
  }

  private static String available(Occasion occasion, ClientModel client) throws Refusal {
    RealmModel realm = client.getRealm();
    if (Algorithms.ALLOWED.contains(realm.getDefaultSignatureAlgorithm())) {
      return realm.getDefaultSignatureAlgorithm();
    }
    return occasion
        .session()
        .keys()
        .getKeysStream(realm)
        .filter(key -> key.getStatus().isActive() && KeyUse.SIG.equals(key.getUse()))
        .map(key -> key.getAlgorithm())
        .filter(Algorithms.ALLOWED::contains)
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalidRequest(
                    "the realm has no key for PS256, ES256 or EdDSA; its administrator must add"
                        + " one"));
  }
}
