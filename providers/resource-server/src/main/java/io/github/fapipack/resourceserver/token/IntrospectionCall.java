package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.fetch.Answer;
import io.github.fapipack.resourceserver.fetch.FetchFailed;
import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.IssuerDocument;
import io.github.fapipack.resourceserver.fetch.IssuerMetadata;
import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** One question to the introspection endpoint (RFC 7662 2.1). */
final class IntrospectionCall {
  private static final int OK = 200;
  private static final String SIGNED = "application/" + SignedAnswers.TYPE;
  private static final String JSON = "application/json";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final IntrospectionSettings settings;
  private final IssuerMetadata metadata;
  private final GuardedHttp http;
  private final SignedAnswers signed;
  private final Optional<ClientAssertion> assertion;
  private final Clock clock;

  IntrospectionCall(
      IntrospectionSettings settings,
      IssuerMetadata metadata,
      GuardedHttp http,
      SignedAnswers signed,
      Clock clock) {
    this.settings = settings;
    this.metadata = metadata;
    this.http = http;
    this.signed = signed;
    this.clock = clock;
    this.assertion =
        settings.client() instanceof ClientAuthentication.PrivateKeyJwt client
            ? Optional.of(new ClientAssertion(client, metadata.issuer().identifier()))
            : Optional.empty();
  }

  /**
   * What the issuer tells of a token.
   *
   * @throws FetchFailed if it does not answer, or not as it has to
   * @throws RefusedRequest with 503 if its metadata or keys cannot be had
   */
  Map<String, Object> ask(String token) throws FetchFailed, RefusedRequest {
    String accept = settings.strict() ? SIGNED : SIGNED + ", " + JSON + ";q=0.9";
    Answer answer = http.post(address(), form(token), accept);
    if (answer.status() != OK) {
      throw new FetchFailed("the introspection endpoint answered with status " + answer.status());
    }
    if (answer.mediaType().equals(SIGNED)) {
      return signed.read(new String(answer.body(), StandardCharsets.ISO_8859_1).strip());
    }
    if (settings.strict() || !answer.mediaType().equals(JSON)) {
      throw new FetchFailed("the introspection answer is not " + accept);
    }
    try {
      return JsonObjects.parse(answer.body(), answer.body().length);
    } catch (MalformedJws e) {
      throw new FetchFailed("the introspection answer " + e.sentence());
    }
  }

  private URI address() throws FetchFailed, RefusedRequest {
    if (settings.endpoint().isPresent()) {
      return settings.endpoint().get();
    }
    IssuerDocument document = metadata.get();
    return (assertion.isPresent() ? document.introspection() : document.introspectionOverTls())
        .orElseThrow(
            () -> new FetchFailed("the metadata of the issuer have no introspection_endpoint"));
  }

  private String form(String token) {
    StringBuilder form = new StringBuilder("token=");
    form.append(encoded(token)).append("&token_type_hint=access_token");
    if (assertion.isPresent()) {
      form.append("&client_assertion_type=").append(encoded(JWT_BEARER));
      form.append("&client_assertion=").append(assertion.get().at(clock.instant()));
    } else {
      form.append("&client_id=").append(encoded(settings.client().clientId()));
    }
    return form.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
