package io.github.fapipack.resource;

import io.github.fapipack.keycloak.NotedProof;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.request.DpopProof;
import io.github.fapipack.request.DpopSignature;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.token.RequireValidDpopProof;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.common.util.Time;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientpolicy.context.UserInfoRequestContext;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Resources of the pack and of Keycloak accept an access token only in the header, and only with
 * the client certificate or the DPoP key to which the token is bound. Keycloak itself checks the
 * switches of the client instead of the token.
 */
@RuleId("fapi2-require-proof-of-possession")
@Clause({
  "FAPI2-SP 5.3.4-5",
  "FAPI2-SP 5.3.4-1",
  "FAPI2-SP 5.3.4-2",
  "RFC9449 7-1",
  "RFC9449 7.1-1",
  "RFC9449 7.2-1",
  "FAPI1-ADV 8.2-p1"
})
public final class RequireProofOfPossession extends Rule<NoSettings> {

  private static final String DPOP = "DPoP";
  private static final String TOKEN = "access_token";
  private static final String NOTE = "fapi-proof:";

  public RequireProofOfPossession() {
    super(
        NoSettings.class,
        "Accepts access tokens at userinfo, account and admin interface only with proof of"
            + " possession.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof UserInfoRequestContext) {
      if (occasion.request().getDecodedFormParameters().containsKey(TOKEN)) {
        throw inForm();
      }
    } else if (occasion.context() instanceof ResourceRequestEvent request) {
      check(occasion, request);
    }
  }

  private static void check(Occasion occasion, ResourceRequestEvent request) throws Refusal {
    HttpHeaders headers = occasion.request().getHttpHeaders();
    if (occasion.request().getUri().getQueryParameters().containsKey(TOKEN)) {
      throw Refusal.invalidRequest(
          "an access token must not be in the query", "send it in the Authorization header");
    }
    if (request.scheme().equals(ResourceRequestEvent.FORM)) {
      throw inForm();
    }
    if (headers.getRequestHeader(HttpHeaders.AUTHORIZATION).size() > 1) {
      throw Refusal.invalidRequest("the request has several Authorization headers", "send one");
    }
    AccessToken.Confirmation confirmation = request.claims().getConfirmation();
    String key = confirmation == null ? null : confirmation.getKeyThumbprint();
    String certificate = confirmation == null ? null : confirmation.getCertThumbprint();
    if (key == null && certificate == null) {
      throw invalidToken(
          "the access token is not sender-constrained; get one with a DPoP proof or a client"
              + " certificate");
    }
    if (certificate != null
        && !MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
            request.claims(), occasion.request(), occasion.session())) {
      throw invalidToken(
          "the access token is bound to a client certificate; send the request with that one");
    }
    if (key != null) {
      checkProof(occasion, request, key);
    }
  }

  private static void checkProof(Occasion occasion, ResourceRequestEvent request, String key)
      throws Refusal {
    if (!DPOP.equalsIgnoreCase(request.scheme())) {
      throw invalidToken(
          "the access token is bound to a DPoP key; send it with the scheme DPoP and a proof");
    }
    HttpRequest http = occasion.request();
    try {
      DpopProof proof =
          DpopProof.of(occasion.session())
              .orElseThrow(
                  () ->
                      new Refusal(
                          "invalid_dpop_proof",
                          "the access token is bound to a DPoP key",
                          "send a proof of it"));
      proof.requireAllowedKey(
          RequireValidDpopProof.algorithms(occasion.session(), occasion.realm()));
      if (!key.equals(proof.thumbprint())) {
        throw invalidToken(
            "the access token is bound to another DPoP key; make the proof with its key");
      }
      proof.requireAccessToken(request.token());
      proof.requireTarget(
          http.getHttpMethod(), occasion.session().getContext().getUri().getAbsolutePath());
      proof.requireFresh(Time.currentTimeSeconds());
      DpopSignature.require(occasion.session(), proof);
      requireUnused(occasion.session(), proof);
    } catch (Refusal refusal) {
      // RFC 9449 7.1: resources answer with 401, not with the token endpoint's 400.
      throw new Refusal(refusal.getError(), refusal.getErrorDetail(), Status.UNAUTHORIZED);
    }
  }

  /**
   * Keycloak records each proof that it accepts. At userinfo it does so after this check. At its
   * other resources it has done so before, and has refused a replay itself; at resources of other
   * extensions it never does, so a separate record is kept there.
   */
  private static void requireUnused(KeycloakSession session, DpopProof proof) throws Refusal {
    // Keycloak computes its key from the target that ProofTarget returns.
    NotedProof noted = NotedProof.of(proof.id(), session.getContext().getUri().getAbsolutePath());
    boolean used =
        Endpoint.of(session) == Endpoint.USERINFO
            ? noted.isThere(session)
            : !session
                .singleUseObjects()
                .putIfAbsent(NOTE + noted.key(), DpopProof.LONGEST_VALIDITY);
    if (used) {
      throw new Refusal(
          "invalid_dpop_proof", "the DPoP proof was used before", "make one for each request");
    }
  }

  private static Refusal inForm() {
    return Refusal.invalidRequest(
        "an access token must not be in the form", "send it in the Authorization header");
  }

  private static Refusal invalidToken(String sentence) {
    return new Refusal("invalid_token", sentence, Status.UNAUTHORIZED);
  }
}
