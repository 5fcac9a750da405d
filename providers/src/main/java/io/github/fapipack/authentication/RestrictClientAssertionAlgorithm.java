package io.github.fapipack.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * A client assertion must be signed with PS256, ES256 or EdDSA over Ed25519, and its header must
 * fit: not the type of another kind of JWT, and no references to keys elsewhere (FAPI2-SP 5.4.1,
 * 5.4.2).
 */
@RuleId("fapi2-restrict-client-assertion-algorithm")
@Clause({
  "FAPI2-SP 5.4.1-1.2",
  "FAPI2-SP 5.4.1-1.1",
  "FAPI2-SP 5.4.1-1.3",
  "FAPI2-SP 5.4.2-2",
  "RFC7523 3-9",
  "FAPI1-ADV 8.6-1",
  "FAPI1-ADV 8.6-3",
  "FAPI1-ADV 8.9-2"
})
public final class RestrictClientAssertionAlgorithm extends Rule<AllowedAlgorithms> {

  /** RFC 7523 defines no type; its successor defines the second one. */
  private static final Set<String> TYPES = Set.of("jwt", "client-authentication+jwt");

  /** Headers that tell a verifier where to fetch keys, or list critical extensions. */
  private static final List<String> UNWANTED = List.of("jku", "x5u", "crit");

  public RestrictClientAssertionAlgorithm() {
    super(
        AllowedAlgorithms.class, "Client assertions must be signed with one of FAPI's algorithms.");
  }

  @Override
  protected void check(Occasion occasion, AllowedAlgorithms settings) throws Refusal {
    Optional<ClientAssertion> assertion = ClientAssertion.in(occasion.context());
    if (assertion.isPresent()) {
      checkHeader(assertion.get().header(), settings);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(
          proposed.get().attribute(OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG), settings);
    }
  }

  public static void checkHeader(JsonNode header, AllowedAlgorithms allowed) throws Refusal {
    String algorithm = header.path("alg").textValue();
    if (!allowed.has(algorithm)) {
      throw Refusal.invalidClient(
          "alg of client_assertion is not allowed", "sign with one of " + allowed);
    }
    JsonNode type = header.get("typ");
    if (type != null && !isOfClientAssertion(type)) {
      throw Refusal.invalidClient(
          "typ of client_assertion belongs to another kind of JWT", "send JWT or none");
    }
    for (String name : UNWANTED) {
      if (header.has(name)) {
        throw Refusal.invalidClient(
            "the header of client_assertion has " + name, "leave it out and register the key");
      }
    }
  }

  private static boolean isOfClientAssertion(JsonNode type) {
    return type.isTextual()
        && TYPES.contains(
            type.textValue().toLowerCase(Locale.ROOT).replaceFirst("^application/", ""));
  }

  private static void checkRegistered(String algorithm, AllowedAlgorithms allowed) throws Refusal {
    if (algorithm != null && !algorithm.isEmpty() && !allowed.has(algorithm)) {
      throw ProposedClient.refusal(
          "token_endpoint_auth_signing_alg must be one of " + allowed + ", or be left out",
          OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG);
    }
  }
}
