package io.github.fapipack.httpsig;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signed resource requests and responses of FAPI 2.0 (FAPI2-HS 5.3). Content is given as the bytes
 * that are transmitted; absent content is an empty array.
 *
 * @param policy the time window, nonce check and clock, and further requirements beyond the
 *     profile; the tag is the profile's
 */
public record FapiSignatures(VerificationPolicy policy) {
  public static final String REQUEST_TAG = "fapi-2-request";
  public static final String RESPONSE_TAG = "fapi-2-response";

  private static final String LABEL = "fapi";
  private static final Component METHOD = Component.of(DerivedComponents.METHOD);
  private static final Component TARGET_URI = Component.of(DerivedComponents.TARGET_URI);
  private static final Component AUTHORIZATION = Component.of("authorization");
  private static final Component DPOP = Component.of("dpop");
  private static final Component DIGEST = Component.of("content-digest");

  /** Components that every response covers (FAPI2-HS 5.3.2.1, 2 and 3). */
  private static final List<Component> OF_RESPONSE =
      List.of(Component.of(DerivedComponents.STATUS), METHOD.ofRequest(), TARGET_URI.ofRequest());

  /** Components of the request that a response covers if they are present (FAPI2-HS 5.3.2.1, 4). */
  private static final List<Component> IF_IN_REQUEST =
      Stream.of("content-digest", "signature", "signature-input")
          .map(name -> Component.of(name).ofRequest())
          .toList();

  /**
   * Header fields that affect how the content is read, and are therefore signed as well (RFC 9530
   * 6.3).
   */
  private static final List<String> METADATA = List.of("content-type", "content-encoding");

  /** The profile with its recommended time window. */
  public static FapiSignatures at(Clock clock) {
    return new FapiSignatures(VerificationPolicy.at(clock));
  }

  /** A request with digest and signature added (FAPI2-HS 5.3.1.1). */
  public RequestMessage signRequest(RequestMessage request, byte[] content, SigningKey key)
      throws HttpSignatureException {
    RequestMessage complete = request.with(missingDigest(request, content));
    List<Component> covered = withMetadata(requiredOf(complete, content), complete);
    return complete.with(sign(complete, covered, REQUEST_TAG, key));
  }

  /** Verifies a request and the digest of its content (FAPI2-HS 5.3.1.2). */
  public VerifiedSignature verifyRequest(
      RequestMessage request, byte[] content, VerificationKeys keys) throws HttpSignatureException {
    return verify(request, content, keys, requiredOf(request, content), REQUEST_TAG);
  }

  /** A response with digest and signature added, bound to its request (FAPI2-HS 5.3.2.1). */
  public ResponseMessage signResponse(ResponseMessage response, byte[] content, SigningKey key)
      throws HttpSignatureException {
    ResponseMessage complete = response.with(missingDigest(response, content));
    List<Component> covered = withMetadata(requiredOf(complete, content), complete);
    return complete.with(sign(complete, covered, RESPONSE_TAG, key));
  }

  /**
   * Verifies a response against the request as it was sent (FAPI2-HS 5.3.2.2), including that it
   * covers everything that a resource server must cover.
   */
  public VerifiedSignature verifyResponse(
      ResponseMessage response, byte[] content, VerificationKeys keys)
      throws HttpSignatureException {
    return verify(response, content, keys, requiredOf(response, content), RESPONSE_TAG);
  }

  /** FAPI2-HS 5.3.1.2, 5, 7 and 8. */
  private static List<Component> requiredOf(RequestMessage request, byte[] content) {
    List<Component> required = new ArrayList<>(List.of(METHOD, TARGET_URI, AUTHORIZATION));
    if (request.has(DPOP.name())) {
      required.add(DPOP);
    }
    if (content.length > 0) {
      required.add(DIGEST);
    }
    return required;
  }

  /** FAPI2-HS 5.3.2.1, 2, 3, 4 and 7. */
  private static List<Component> requiredOf(ResponseMessage response, byte[] content) {
    List<Component> required = new ArrayList<>(OF_RESPONSE);
    for (Component ifThere : IF_IN_REQUEST) {
      if (response.request().has(ifThere.name())) {
        required.add(ifThere);
      }
    }
    if (content.length > 0) {
      required.add(DIGEST);
    }
    return required;
  }

  /** Adds the fields that describe the content, and a digest even if there is no content. */
  private static List<Component> withMetadata(List<Component> required, HttpMessage message) {
    List<Component> covered = new ArrayList<>(required);
    if (message.has(DIGEST.name()) && !covered.contains(DIGEST)) {
      covered.add(DIGEST);
    }
    METADATA.stream().filter(message::has).map(Component::of).forEach(covered::add);
    return covered;
  }

  private static List<HttpField> missingDigest(HttpMessage message, byte[] content)
      throws HttpSignatureException {
    if (message.has(ContentDigest.FIELD)) {
      ContentDigest.verify(message, content);
      return List.of();
    }
    return content.length == 0
        ? List.of()
        : List.of(ContentDigest.field(content, ContentDigest.Algorithm.SHA_256));
  }

  private List<HttpField> sign(
      HttpMessage message, List<Component> covered, String tag, SigningKey key)
      throws HttpSignatureException {
    SignatureInput input =
        SignatureInput.covering(covered)
            .withCreated(policy.clock().instant())
            .withKeyId(key.keyId())
            .withTag(tag);
    return new MessageSigner(key, policy.types()).sign(message, LABEL, input);
  }

  private VerifiedSignature verify(
      HttpMessage message,
      byte[] content,
      VerificationKeys keys,
      List<Component> required,
      String tag)
      throws HttpSignatureException {
    List<Component> all = new ArrayList<>(required);
    all.addAll(policy.required());
    VerificationPolicy profile = policy.withTag(tag).withRequired(all);
    VerifiedSignature verified = new MessageVerifier(profile, keys).verify(message);
    if (content.length > 0 || message.has(ContentDigest.FIELD)) {
      ContentDigest.verify(message, content);
    }
    return verified;
  }
}
