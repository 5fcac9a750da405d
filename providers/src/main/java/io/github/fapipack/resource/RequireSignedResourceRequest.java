package io.github.fapipack.resource;

import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.VerificationPolicy;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/**
 * A request with an access token to one of Keycloak's own resources must be signed as a whole with
 * a key that the token's client has registered (FAPI2-HS 5.3.1, RFC 9421).
 */
@RuleId("fapi2-require-signed-resource-request")
@Clause({
  "FAPI2-HS 5.3.1.2-3",
  "FAPI2-HS 5.3.1.2-1",
  "FAPI2-HS 5.3.1.2-2",
  "FAPI2-HS 5.3.1.2-4",
  "FAPI2-HS 5.3.1.2-5",
  "FAPI2-HS 5.3.1.2-6",
  "FAPI2-HS 5.3.1.2-7",
  "FAPI2-HS 5.3.1.2-8"
})
public final class RequireSignedResourceRequest
    extends Rule<RequireSignedResourceRequest.Settings> {

  /** What a signature must cover, in the format of RFC 9421 5.1 for requesting signatures. */
  private static final String WANTED =
      "fapi=(\"@method\" \"@target-uri\" \"authorization\");created;keyid;tag=\""
          + FapiSignatures.REQUEST_TAG
          + '"';

  /**
   * What must be signed, and how long a signature is valid.
   *
   * @param maxSeconds the maximum age of a signature, in seconds; at most an hour
   * @param required whether a request must be signed; if not, only existing signatures are verified
   */
  public record Settings(
      @Setting(
              label = "Age",
              help = "How long ago a signature may have been made, in seconds, up to 3600.",
              value = "60")
          int maxSeconds,
      @Setting(
              label = "Required",
              help = "If off, unsigned requests pass and only those with a signature are verified.",
              value = "true")
          boolean required) {

    private static final int LONGEST = 3600;

    public Settings {
      if (maxSeconds < 1 || maxSeconds > LONGEST) {
        throw new IllegalArgumentException(
            "field 'maxSeconds' must be between 1 and %d seconds".formatted(LONGEST));
      }
    }
  }

  public RequireSignedResourceRequest() {
    super(
        Settings.class,
        "Accepts requests at userinfo and other resources only with an HTTP signature.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (!(occasion.context() instanceof ResourceRequestEvent resource)) {
      return;
    }
    RequestMessage request = ResourceMessage.of(occasion.session());
    if (!settings.required() && !request.has("signature") && !request.has("signature-input")) {
      return;
    }
    try {
      verify(occasion.session(), resource, request, settings);
    } catch (HttpSignatureException e) {
      throw new Refusal(
              "invalid_request",
              "the HTTP signature of the request is not valid: " + e.getMessage(),
              Status.UNAUTHORIZED)
          .header("Accept-Signature", WANTED);
    }
  }

  private static void verify(
      KeycloakSession session,
      ResourceRequestEvent resource,
      RequestMessage request,
      Settings settings)
      throws HttpSignatureException {
    VerificationPolicy policy =
        VerificationPolicy.at(Clock.systemUTC())
            .withWindow(Duration.ofSeconds(settings.maxSeconds()), VerificationPolicy.MAX_SKEW);
    new FapiSignatures(policy)
        .verifyRequest(
            request,
            resource.content().get(),
            new ClientVerificationKeys(session, resource.client()));
  }
}
