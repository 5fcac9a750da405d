package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.PresentedToken;
import io.github.fapipack.resourceserver.token.PresentedToken.Scheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a token says of its sender, each of which must be true: {@code jkt} (RFC 9449 6.1) and
 * {@code x5t#S256} (RFC 8705 3.1). A member of {@code cnf} that nobody here knows, and one of a
 * kind that this API does not take, cannot be shown to be true, so the token is refused.
 */
public final class SenderConstraints implements SenderConstraint {
  private static final String JKT = "jkt";
  private static final String CERTIFICATE = "x5t#S256";
  private static final Set<String> KNOWN = Set.of(JKT, CERTIFICATE);
  private static final String CLAUSE = "FAPI2-SP 5.3.4-5";

  private final Optional<DpopConstraint> dpop;
  private final Optional<CertificateConstraint> certificates;

  /**
   * At least one of both.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SenderConstraints(
      Optional<DpopConstraint> dpop, Optional<CertificateConstraint> certificates) {
    if (dpop.isEmpty() && certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "set dpop or mutualTls: without both, no token can be shown to be its sender's");
    }
    this.dpop = dpop;
    this.certificates = certificates;
  }

  @Override
  public List<HttpField> check(ApiRequest request, PresentedToken presented, AccessToken token)
      throws RefusedRequest {
    requireKnown(token);
    String jkt = token.confirmation().get(JKT);
    String thumbprint = token.confirmation().get(CERTIFICATE);
    if (jkt == null && thumbprint == null) {
      throw invalidToken(
          "the access token is not bound to its sender; get one that is bound to a DPoP key or a"
              + " client certificate",
          CLAUSE);
    }
    requireScheme(presented.scheme(), jkt != null);
    if (thumbprint != null) {
      certificates.orElseThrow(() -> notTaken("client certificate")).check(request, thumbprint);
    }
    return jkt == null
        ? List.of()
        : dpop.orElseThrow(() -> notTaken("DPoP key")).check(request, presented.value(), jkt);
  }

  private static void requireKnown(AccessToken token) throws RefusedRequest {
    Set<?> members =
        token.claims().get("cnf") instanceof Map<?, ?> cnf
            ? cnf.keySet()
            : token.confirmation().keySet();
    if (!KNOWN.containsAll(members)) {
      throw invalidToken(
          "the access token is bound to something that this API does not know; get one that is"
              + " bound to a DPoP key or a client certificate",
          "RFC7800 3.1");
    }
  }

  /** A token with a DPoP key is no bearer token, and no other token has a proof. */
  private static void requireScheme(Scheme scheme, boolean hasKey) throws RefusedRequest {
    if (hasKey && scheme != Scheme.DPOP) {
      throw invalidToken(
          "the access token is bound to a DPoP key; send it with the scheme DPoP and a proof",
          "RFC9449 7.2");
    }
    if (!hasKey && scheme == Scheme.DPOP) {
      throw invalidToken(
          "the access token is not bound to a DPoP key; send it with the scheme Bearer over mutual"
              + " TLS, or get one that is bound to the key",
          "RFC9449 7.1");
    }
  }

  private static RefusedRequest notTaken(String what) {
    return invalidToken(
        "the access token is bound to a "
            + what
            + ", which this API does not take; get another one",
        CLAUSE);
  }

  private static RefusedRequest invalidToken(String sentence, String clause) {
    return new RefusedRequest(Problem.INVALID_TOKEN, sentence, clause);
  }
}
