package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.keys.KeyFault;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.util.JWKSUtils;

/**
 * A DPoP proof as it was sent (RFC 9449 4.2, 4.3): well-formed and complete. Keycloak verifies
 * signature, target, age and replay wherever it accepts a proof.
 *
 * @param encoded the proof itself, a JWS in compact form
 * @param algorithm {@code alg} of the header
 * @param key the public key of the header
 * @param id {@code jti}, at most {@value #LONGEST_ID} characters
 * @param method {@code htm}
 * @param target {@code htu}, an absolute URI; query and fragment are ignored
 * @param issuedAt {@code iat}, in seconds
 * @param nonce {@code nonce}, if present
 * @param accessTokenHash {@code ath}, if present
 */
public record DpopProof(
    String encoded,
    String algorithm,
    JsonNode key,
    String id,
    String method,
    URI target,
    long issuedAt,
    Optional<String> nonce,
    Optional<String> accessTokenHash) {

  private static final String HEADER = "DPoP";
  private static final RequestKey<DpopProof> READ = new RequestKey<>();
  private static final int LONGEST_HEADER = 8192;
  private static final int LONGEST_ID = 256;
  private static final int LONGEST_TARGET = 2048;

  /** Keycloak's own limit, in seconds. */
  private static final int LONGEST_AGE =
      DPoPUtil.DEFAULT_PROOF_LIFETIME + DPoPUtil.DEFAULT_ALLOWED_CLOCK_SKEW;

  private static final int LARGEST_SKEW = DPoPUtil.DEFAULT_ALLOWED_CLOCK_SKEW;

  /** How long a proof can be used, in seconds, from the first moment to the last. */
  public static final int LONGEST_VALIDITY = LONGEST_AGE + LARGEST_SKEW + 1;

  private static final Pattern COMPACT = Pattern.compile("([\\w-]+)\\.([\\w-]+)\\.[\\w-]+");

  private static final Pattern MEMBER = Pattern.compile("[\\w-]+");

  /** RFC 9449 8.1. */
  private static final Pattern NONCE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,1024}");

  /** The private members of a JWK, for every key type (RFC 7518 6, RFC 8037). */
  private static final List<String> PRIVATE_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  /**
   * The proof of the current request, if it carries one; read once for all rules.
   *
   * @throws Refusal {@code invalid_dpop_proof} if the headers do not contain exactly one proof
   */
  public static Optional<DpopProof> of(KeycloakSession session) throws Refusal {
    Optional<DpopProof> known = READ.in(session);
    if (known.isPresent()) {
      return known;
    }
    Optional<DpopProof> proof = of(session.getContext().getHttpRequest().getHttpHeaders());
    proof.ifPresent(read -> READ.set(session, read));
    return proof;
  }

  private static Optional<DpopProof> of(HttpHeaders headers) throws Refusal {
    List<String> values = headers.getRequestHeader(HEADER);
    if (values == null || values.isEmpty()) {
      return Optional.empty();
    }
    demand(values.size() == 1, "the request carries several DPoP headers; send exactly one");
    return Optional.of(parse(values.get(0)));
  }

  /**
   * Parses the value of a DPoP header.
   *
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public static DpopProof parse(String header) throws Refusal {
    demand(
        header.length() <= LONGEST_HEADER,
        "the DPoP proof is longer than " + LONGEST_HEADER + " characters; send a shorter one");
    var parts = COMPACT.matcher(header.strip());
    demand(parts.matches(), "the DPoP header does not hold one signed JWT in compact form");
    JsonNode head = json(parts.group(1), "header");
    JsonNode claims = json(parts.group(2), "payload");

    demand(
        "dpop+jwt".equals(head.path("typ").textValue()),
        "the DPoP proof has the wrong typ; send 'dpop+jwt'");
    demand(!head.has("crit"), "the DPoP proof has critical extensions; send none");
    JsonNode key = head.path("jwk");
    demand(key.isObject(), "the DPoP proof lacks the public key; send it as jwk in the JWT header");
    demand(
        PRIVATE_MEMBERS.stream().noneMatch(key::has),
        "the DPoP proof discloses a private key; send only its public part");

    DpopProof proof =
        new DpopProof(
            parts.group(),
            text(head, "alg"),
            key,
            text(claims, "jti"),
            text(claims, "htm"),
            target(text(claims, "htu")),
            issuedAt(claims),
            optionalText(claims, "nonce"),
            optionalText(claims, "ath"));
    demand(
        proof.id.length() <= LONGEST_ID,
        "the DPoP proof has a jti of more than " + LONGEST_ID + " characters; send a shorter one");
    demand(
        proof.nonce.isEmpty() || NONCE.matcher(proof.nonce.get()).matches(),
        "the DPoP proof has a malformed nonce; send the last one from a DPoP-Nonce header");
    return proof;
  }

  /**
   * Refuses every algorithm that is not allowed, and weak keys (FAPI2-SP 5.4.1).
   *
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public void requireAllowedKey(AllowedAlgorithms allowed) throws Refusal {
    demand(
        allowed.has(algorithm),
        "the DPoP proof is signed with an algorithm that is not allowed; use one of " + allowed);
    demand(
        JwsAlgorithm.of(algorithm).filter(known -> known.takes(key)).isPresent(),
        "the key in the DPoP proof does not fit the algorithm; send a key of its type");
    requireMembers();
    demand(
        !KeyStrength.isWeak(key),
        "the RSA key in the DPoP proof is too short; use at least 2048 bits");
    demand(
        !KeyStrength.isCostly(key),
        "the RSA key in the DPoP proof is too big; use one of 8192 bits at most, with a usual"
            + " exponent");
  }

  /**
   * SHA-256 thumbprint of the key (RFC 7638), as used in {@code cnf.jkt}.
   *
   * @throws Refusal {@code invalid_dpop_proof} if the key is incomplete
   */
  public String thumbprint() throws Refusal {
    List<String> members = requireMembers();
    // Only these: what else a stranger wrote into the key need not be readable.
    JWK ofMembers = new JWK();
    ofMembers.setKeyType(key.path("kty").textValue());
    members.forEach(name -> ofMembers.setOtherClaims(name, key.path(name).textValue()));
    return JWKSUtils.computeThumbprint(ofMembers);
  }

  /** The members that a key of its type must have. */
  private List<String> requireMembers() throws Refusal {
    List<String> members = KeyFault.members(key.path("kty").asText());
    demand(
        !members.isEmpty() && members.stream().allMatch(this::hasText),
        "the key in the DPoP proof is incomplete; send every member of its type");
    return members;
  }

  private boolean hasText(String name) {
    String text = key.path(name).textValue();
    return text != null && MEMBER.matcher(text).matches();
  }

  /**
   * Refuses a proof for another request (RFC 9449 4.3-8, 4.3-9).
   *
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public void requireTarget(String method, URI uri) throws Refusal {
    demand(
        this.method.equals(method),
        "the DPoP proof is for another method; set htm to the one of the request");
    demand(
        HttpTarget.areSame(target, uri),
        "the DPoP proof is for another URI; set htu to the one of the request, without query");
  }

  /**
   * Refuses a proof that Keycloak would find too old or too far in the future.
   *
   * @param now seconds since 1970
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public void requireFresh(long now) throws Refusal {
    demand(
        issuedAt >= now - LONGEST_AGE && issuedAt <= now + LARGEST_SKEW,
        "the DPoP proof is too old or from the future; make a new one for each request");
  }

  /**
   * Refuses a proof that was not made for an access token (RFC 9449 4.3-12).
   *
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public void requireAccessToken(String token) throws Refusal {
    demand(
        accessTokenHash.isPresent() && accessTokenHash.get().equals(sha256(token)),
        "the DPoP proof is not for this access token; set ath to the hash of the token");
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String part, String what) throws Refusal {
    Optional<ObjectNode> read;
    try {
      read = StrictJson.object(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException e) {
      read = Optional.empty();
    }
    return read.orElseThrow(
        () ->
            refusal(
                "the " + what + " of the DPoP proof is not a JSON object with distinct members"));
  }

  private static String text(JsonNode node, String name) throws Refusal {
    return optionalText(node, name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> refusal("the DPoP proof lacks " + name));
  }

  private static Optional<String> optionalText(JsonNode node, String name) throws Refusal {
    JsonNode value = node.path(name);
    demand(
        value.isMissingNode() || value.getNodeType() == JsonNodeType.STRING,
        "the DPoP proof has a malformed " + name + "; send a string");
    return Optional.ofNullable(value.textValue());
  }

  private static long issuedAt(JsonNode claims) throws Refusal {
    return NumericDate.of(claims.path("iat"))
        .orElseThrow(
            () -> refusal("the DPoP proof lacks iat; send the time of its creation in seconds"));
  }

  private static URI target(String value) throws Refusal {
    try {
      demand(value.length() <= LONGEST_TARGET, "the DPoP proof has an htu that is too long");
      URI target = URI.create(value);
      if (target.isAbsolute() && target.getHost() != null) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw refusal("the DPoP proof has a malformed htu; send the URI of the endpoint");
  }

  private static void demand(boolean condition, String otherwise) throws Refusal {
    if (!condition) {
      throw refusal(otherwise);
    }
  }

  private static Refusal refusal(String sentence) {
    return new Refusal("invalid_dpop_proof", sentence);
  }
}
