package io.github.fapipack.signing;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.keys.RegisteredKeySet;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.crypto.CekManagementProvider;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A client must have a key for each algorithm that it registers for its signatures or for
 * encryption; otherwise its requests fail, or its tokens cannot be issued. Keys at a {@code
 * jwks_uri} may change later, so only the audit checks them.
 */
@RuleId("fapi2-require-fitting-keys")
@Clause({"RFC7591 3.2.2-1", "JARM 3-3.6"})
public final class RequireFittingKeys extends Rule<NoSettings> {

  /**
   * A signature algorithm of a client: the name of its metadata, and the attribute in which
   * Keycloak stores it.
   */
  private record Signed(String name, String attribute) {}

  /** The algorithms of an encryption, for key and content: names of metadata and attributes. */
  private record Encrypted(String name, String alg, String enc) {
    static Encrypted of(String name, String attribute) {
      return new Encrypted(name, attribute + "alg", attribute + "enc");
    }

    boolean isOurs() {
      return alg.equals(SigningMetadata.ENCRYPTED_ALG);
    }
  }

  private static final Signed ASSERTION =
      new Signed(
          "token_endpoint_auth_signing_alg", OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG);

  private static final List<Signed> SIGNED =
      List.of(
          ASSERTION,
          new Signed(
              "request_object_signing_alg", OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG),
          new Signed(
              "backchannel_authentication_request_signing_alg",
              CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG));

  private static final List<Encrypted> ENCRYPTED =
      List.of(
          Encrypted.of("id_token_encrypted_response_", "id.token.encrypted.response."),
          Encrypted.of("userinfo_encrypted_response_", "user.info.encrypted.response."),
          Encrypted.of("authorization_encrypted_response_", "authorization.encrypted.response."),
          Encrypted.of("introspection_encrypted_response_", "introspection_encrypted_response_"));

  public RequireFittingKeys() {
    super(
        NoSettings.class,
        "A client has a key for each algorithm that it registers to sign or to have encrypted.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isEmpty()) {
      EncryptionAtRunTime.check(occasion);
      return;
    }
    for (Encrypted encrypted : ENCRYPTED) {
      checkNames(occasion.session().getKeycloakSessionFactory(), proposed.get(), encrypted);
    }
    Optional<RegisteredKeySet> keys = RegisteredKeySet.of(proposed.get());
    if (keys.isPresent()) {
      check(proposed.get(), keys.get());
    }
  }

  /**
   * The first registered algorithm for which there is no key at the client's {@code jwks_uri};
   * empty if there is none.
   */
  public static Optional<Refusal> fault(ProposedClient client, RegisteredKeySet fetched) {
    try {
      check(client, fetched);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal);
    }
  }

  private static void check(ProposedClient client, RegisteredKeySet keys) throws Refusal {
    for (Signed signed : SIGNED) {
      check(client, signed, keys);
    }
    for (Encrypted encrypted : ENCRYPTED) {
      check(client, encrypted, keys);
    }
  }

  /**
   * Checks an encryption of introspection responses that is about to be set, in a realm where the
   * rule is enforced.
   */
  public static void checkForm(
      KeycloakSession session, ClientModel client, Map<String, String> values) throws Refusal {
    String algorithm = values.get(SigningMetadata.ENCRYPTED_ALG);
    boolean same =
        Objects.equals(
            algorithm, SigningMetadata.of(client, SigningMetadata.ENCRYPTED_ALG).orElse(null));
    if (algorithm == null
        || same
        || !RealmRules.of(session).enforceStanding(RequireFittingKeys.class, client)) {
      return;
    }
    ProposedClient stored = new ProposedClient(new ClientRepresentation(), client, true);
    Optional<RegisteredKeySet> keys = RegisteredKeySet.of(stored);
    if (keys.isPresent() && !keys.get().encrypts(algorithm, false)) {
      throw refusal(SigningMetadata.ENCRYPTED_ALG, SigningMetadata.ENCRYPTED_ALG, lacks(algorithm));
    }
  }

  private static void check(ProposedClient client, Signed signed, RegisteredKeySet keys)
      throws Refusal {
    String algorithm = client.value(signed.attribute());
    boolean unused =
        signed.equals(ASSERTION)
            && !JWTClientAuthenticator.PROVIDER_ID.equals(client.authenticator());
    if (algorithm == null
        || unused
        || List.of("any", "none").contains(algorithm) // other rules refuse that
        || keys.signs(algorithm)) {
      return;
    }
    refuse(
        client,
        signed.name(),
        signed.attribute(),
        "is "
            + algorithm
            + ", for which the client has no key in jwks; register one, or another"
            + " algorithm");
  }

  /** An unknown algorithm can have no key; a content encryption alone has no meaning (JARM 3). */
  private static void checkNames(
      KeycloakSessionFactory factory, ProposedClient client, Encrypted encrypted) throws Refusal {
    String algorithm = client.value(encrypted.alg());
    String method = client.value(encrypted.enc());
    if (algorithm == null && method != null && client.changes(encrypted.alg(), encrypted.enc())) {
      throw refusal(
          encrypted.name() + "enc",
          encrypted.enc(),
          "needs " + encrypted.name() + "alg; register both or none");
    }
    List<String> algorithms =
        encrypted.isOurs()
            ? SigningSupport.encryptionAlgorithms(factory)
            : SigningSupport.ids(factory, CekManagementProvider.class);
    if (algorithm != null && !algorithms.contains(algorithm)) {
      refuse(client, encrypted.name() + "alg", encrypted.alg(), oneOf(algorithms));
    }
    List<String> methods = SigningSupport.encryptionMethods(factory);
    if (method != null && !methods.contains(method)) {
      refuse(client, encrypted.name() + "enc", encrypted.enc(), oneOf(methods));
    }
  }

  private static String oneOf(List<String> values) {
    return "must be one of " + String.join(", ", values) + ", or be left out";
  }

  private static void check(ProposedClient client, Encrypted encrypted, RegisteredKeySet keys)
      throws Refusal {
    String algorithm =
        encrypted.isOurs() && client.whole()
            // An administrator may have set it in the mapper's form.
            ? SigningMetadata.of(client.stored(), encrypted.alg()).orElse(null)
            : client.value(encrypted.alg());
    if (algorithm != null && !keys.encrypts(algorithm, !encrypted.isOurs())) {
      refuse(client, encrypted.name() + "alg", encrypted.alg(), lacks(algorithm));
    }
  }

  private static String lacks(String algorithm) {
    return "needs a key with use enc and alg "
        + algorithm
        + " in jwks, or a jwks_uri; without it nothing can be encrypted";
  }

  private static void refuse(ProposedClient client, String name, String attribute, String sentence)
      throws Refusal {
    String[] concerned =
        Stream.concat(Stream.of(attribute), RegisteredKeySet.ATTRIBUTES.stream())
            .toArray(String[]::new);
    if (client.changes(concerned)) {
      throw refusal(name, attribute, sentence);
    }
  }

  private static Refusal refusal(String name, String attribute, String sentence) {
    String field = name.equals(attribute) ? name : name + " (" + attribute + ")";
    return ProposedClient.refusal(field + " " + sentence, attribute);
  }
}
