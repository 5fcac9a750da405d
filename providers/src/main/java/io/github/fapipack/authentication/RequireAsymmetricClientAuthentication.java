package io.github.fapipack.authentication;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;

/**
 * Clients must authenticate with their own key, by private_key_jwt or mutual TLS, at every endpoint
 * (FAPI2-SP 5.3.2.1-6), and with only one method per request (RFC 6749 2.3).
 */
@RuleId("fapi2-require-asymmetric-client-authentication")
@Clause({"FAPI2-SP 5.3.2.1-6", "RFC9126 2-2", "RFC9126 2.1-1", "FAPI1-ADV 5.2.2-14"})
public final class RequireAsymmetricClientAuthentication
    extends Rule<RequireAsymmetricClientAuthentication.Methods> {

  private static final Set<String> ASYMMETRIC =
      Set.of(
          JWTClientAuthenticator.PROVIDER_ID,
          X509ClientAuthenticator.PROVIDER_ID,
          SelfSignedCertificate.METHOD);

  /** The client authenticators that may be used. */
  public record Methods(
      @Setting(
              label = "Client authenticators",
              help =
                  "Ids of the client authenticators that clients may use; the first one is given"
                      + " to a new client that names none. self_signed_tls_client_auth may be among"
                      + " them where a proxy passes on certificates that it has not verified.",
              value = "client-jwt client-x509")
          List<String> methods) {

    public Methods {
      if (methods == null || methods.isEmpty() || !ASYMMETRIC.containsAll(methods)) {
        throw new IllegalArgumentException(
            "field 'methods' must name one or more of client-jwt, client-x509 and "
                + SelfSignedCertificate.METHOD);
      }
      methods = List.copyOf(methods);
    }
  }

  public RequireAsymmetricClientAuthentication() {
    super(
        Methods.class,
        "Clients must authenticate by private_key_jwt or mutual TLS, at every endpoint.");
  }

  @Override
  protected void check(Occasion occasion, Methods settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      String method =
          SelfSignedCertificate.isMethodOf(request.client())
              ? SelfSignedCertificate.METHOD
              : request.method();
      if (!settings.methods().contains(method)) {
        throw Refusal.invalidClient(
            "the client is registered for a method that is not allowed",
            "register private_key_jwt or tls_client_auth");
      }
      checkOneMethod(occasion, request);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(proposed.get(), settings.methods());
    }
  }

  private static void checkOneMethod(Occasion occasion, ClientAuthenticationEvent request)
      throws Refusal {
    String header = occasion.request().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean secret =
        request.form().containsKey(OAuth2Constants.CLIENT_SECRET)
            || (header != null && header.toLowerCase(Locale.ROOT).startsWith("basic"));
    boolean assertion =
        request.form().containsKey(OAuth2Constants.CLIENT_ASSERTION)
            || request.form().containsKey(OAuth2Constants.CLIENT_ASSERTION_TYPE);
    if (secret || (assertion && X509ClientAuthenticator.PROVIDER_ID.equals(request.method()))) {
      throw Refusal.invalidRequest(
          "the request has more than one way of client authentication",
          "send only the one that the client is registered for");
    }
  }

  private static void checkRegistered(ProposedClient client, List<String> methods) throws Refusal {
    if (client.isPublic() || client.isBearerOnly()) {
      return; // the client does not authenticate; another rule decides whether it may exist
    }
    String method =
        SelfSignedCertificate.isMethodOf(client)
            ? SelfSignedCertificate.METHOD
            : client.authenticator();
    if (method == null) {
      give(client, methods.get(0));
    } else if (!methods.contains(method)) {
      throw ProposedClient.refusal(
              "token_endpoint_auth_method (clientAuthenticatorType) must be one of "
                  + String.join(", ", methods))
          .at("/clientAuthenticatorType");
    }
  }

  private static void give(ProposedClient client, String method) {
    boolean selfSigned = SelfSignedCertificate.METHOD.equals(method);
    client
        .representation()
        .setClientAuthenticatorType(selfSigned ? X509ClientAuthenticator.PROVIDER_ID : method);
    if (selfSigned) {
      client.setAttribute(SelfSignedCertificate.ATTRIBUTE, "true");
    }
  }
}
