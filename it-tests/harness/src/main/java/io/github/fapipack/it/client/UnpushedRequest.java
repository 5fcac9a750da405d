package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.fapipack.it.http.NamedValues;
import java.util.function.Consumer;

/** An authorization request that goes to the authorization endpoint without PAR. */
final class UnpushedRequest {
  private final FapiClient client;
  private final CodeVerifier verifier = new CodeVerifier();
  private final NamedValues parameters;

  UnpushedRequest(FapiClient client, FapiClientBuilder settings) {
    this.client = client;
    this.parameters = settings.authorizationParameters(verifier);
  }

  /** Everything in the query. */
  AuthorizationVisit plain() {
    NamedValues query = parameters.set("client_id", client.clientId());
    String redirectUri = query.get("redirect_uri").orElseThrow();
    return new AuthorizationVisit(
        client, remembered(redirectUri, value(query, "state"), value(query, "nonce")), query);
  }

  /**
   * Everything in a request object; outside of it response type and scope, which OpenID Connect
   * Core 6.1 requires there.
   */
  AuthorizationVisit byValue(Consumer<RequestObject> edit) {
    NamedValues query =
        new NamedValues()
            .set("client_id", client.clientId())
            .set("response_type", value(parameters, "response_type"))
            .set("scope", value(parameters, "scope"));
    RequestObject object = client.newRequestObject();
    object.take(parameters);
    edit.accept(object);
    query.set("request", object.sign());
    String redirectUri = text(object, "redirect_uri");
    return new AuthorizationVisit(
        client,
        remembered(
            redirectUri == null ? client.redirectUri() : redirectUri,
            text(object, "state"),
            text(object, "nonce")),
        query);
  }

  private Pushed remembered(String redirectUri, String state, String nonce) {
    return new Pushed(null, 0, redirectUri, verifier.getValue(), state, nonce, null);
  }

  private static String value(NamedValues values, String name) {
    return values.get(name).orElse(null);
  }

  private static String text(RequestObject object, String claim) {
    return object.claim(claim) == null ? null : String.valueOf(object.claim(claim));
  }
}
