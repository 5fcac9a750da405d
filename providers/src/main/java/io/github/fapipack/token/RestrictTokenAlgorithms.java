package io.github.fapipack.token;

import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Map;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Access tokens, ID tokens, authorization responses and signed userinfo are signed with PS256,
 * ES256 or EdDSA, for every client. A client's own choice is kept if it is one of them. Any other
 * choice is replaced by the realm's default or, if that is not one of them either, by the algorithm
 * of a key that the realm has.
 */
@RuleId("fapi2-restrict-token-algorithms")
@Clause({"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3", "FAPI1-ADV 8.6-1", "FAPI1-ADV 5.2.2.1-2"})
public final class RestrictTokenAlgorithms extends ClientSettingRule<AllowedAlgorithms> {

  /** Signed even if the client has not chosen an algorithm. */
  private static final List<String> ALWAYS_SIGNED =
      List.of(
          OIDCConfigAttributes.ACCESS_TOKEN_SIGNED_RESPONSE_ALG,
          OIDCConfigAttributes.ID_TOKEN_SIGNED_RESPONSE_ALG,
          OIDCConfigAttributes.AUTHORIZATION_SIGNED_RESPONSE_ALG);

  /** Signed only for a client that has chosen an algorithm; plain JSON otherwise. */
  private static final String USERINFO = OIDCConfigAttributes.USER_INFO_RESPONSE_SIGNATURE_ALG;

  public RestrictTokenAlgorithms() {
    super(AllowedAlgorithms.class, "Signs tokens and responses with FAPI's algorithms only.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, AllowedAlgorithms settings) {
    Map<String, String> attributes = proposed.getAttributes();
    if (attributes == null) {
      return;
    }
    for (String attribute : ALWAYS_SIGNED) {
      String chosen = attributes.get(attribute);
      if (chosen != null && !settings.hasForServer(chosen)) {
        attributes.put(attribute, ""); // the realm's default
      }
    }
    String userinfo = attributes.get(USERINFO);
    if (userinfo != null && !userinfo.isEmpty() && !settings.hasForServer(userinfo)) {
      attributes.put(USERINFO, "");
    }
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, AllowedAlgorithms settings)
      throws Refusal {
    boolean defaultAllowed = settings.hasForServer(occasion.realm().getDefaultSignatureAlgorithm());
    for (String attribute : ALWAYS_SIGNED) {
      String chosen = client.getAttribute(attribute);
      boolean none = chosen == null || chosen.isEmpty();
      if (none ? !defaultAllowed : !settings.hasForServer(chosen)) {
        String algorithm = available(occasion, client, settings);
        occasion.correct(
            client,
            attribute + " " + algorithm,
            stored -> stored.setAttribute(attribute, algorithm));
      }
    }
    String userinfo = client.getAttribute(USERINFO);
    if (userinfo != null && !userinfo.isEmpty() && !settings.hasForServer(userinfo)) {
      String algorithm = available(occasion, client, settings);
      occasion.correct(
          client, USERINFO + " " + algorithm, stored -> stored.setAttribute(USERINFO, algorithm));
    }
  }

  private static String available(Occasion occasion, ClientModel client, AllowedAlgorithms settings)
      throws Refusal {
    RealmModel realm = client.getRealm();
    if (settings.hasForServer(realm.getDefaultSignatureAlgorithm())) {
      return realm.getDefaultSignatureAlgorithm();
    }
    return occasion
        .session()
        .keys()
        .getKeysStream(realm)
        .filter(key -> key.getStatus().isActive() && KeyUse.SIG.equals(key.getUse()))
        .map(key -> key.getAlgorithm())
        .filter(settings::hasForServer)
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalidRequest(
                    "the realm has no key for any of " + String.join(", ", settings.algorithms()),
                    "its administrator must add one"));
  }
}
