package io.github.fapipack.authorization;

import io.github.fapipack.occasion.LogoutEvent;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/**
 * Redirect URIs are https, or http on the loopback interface for native clients (RFC 8252 7.3), and
 * are compared exactly with the registered ones; only the port of a loopback URI is free.
 */
@RuleId("fapi2-require-secure-redirect-uri")
@Clause({
  "FAPI2-SP 5.3.2.2-8",
  "RFC9700 2.1-1",
  "FAPI2-SP 5.3.2.1-7",
  "FAPI1-BASE 5.2.2-20",
  "FAPI1-BASE 5.2.2-8",
  "FAPI1-BASE 5.2.2-10",
  "FAPI1-BASE 7.5-1",
  "FAPI1-BASE 7.5-2"
})
public final class RequireSecureRedirectUri extends Rule<RequireSecureRedirectUri.Settings> {

  /** The hosts of the loopback interface. */
  public record Settings(
      @Setting(
              label = "Loopback hosts",
              help = "Hosts to which native clients may use http; none forbids http altogether.",
              value = "127.0.0.1 [::1]")
          List<String> loopbackHosts) {

    public Settings {
      if (!Set.of("127.0.0.1", "[::1]", "localhost", "none").containsAll(loopbackHosts)) {
        throw new IllegalArgumentException(
            "field 'loopbackHosts' can only name 127.0.0.1, [::1], localhost, or none");
      }
    }
  }

  public RequireSecureRedirectUri() {
    super(
        Settings.class,
        "Accepts only https redirect URIs, or loopback ones, exactly as registered.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      checkRequested(occasion.session(), sent.get().client(), sent.get().redirectUri(), settings);
    } else if (occasion.context() instanceof LogoutEvent logout) {
      checkLogout(occasion.session(), logout);
    } else if (occasion.context() instanceof ClientCRUDContext crud
        && (crud.getEvent() == ClientPolicyEvent.REGISTER
            || crud.getEvent() == ClientPolicyEvent.UPDATE)) {
      checkRegistered(crud.getProposedClientRepresentation(), settings);
    }
  }

  private static void checkRequested(
      KeycloakSession session, ClientModel client, String redirectUri, Settings settings)
      throws Refusal {
    if (redirectUri == null) {
      return; // RequireRedirectUriInPushedRequest refuses that
    }
    URI requested = parse(redirectUri);
    if (!isSecure(requested, settings)) {
      throw Refusal.invalidRequest(
          "redirect_uri must be https, or http on the loopback interface for a native client");
    }
    boolean registered =
        RedirectUtils.resolveValidRedirects(session, client.getRootUrl(), client.getRedirectUris())
            .stream()
            .anyMatch(valid -> valid.equals(redirectUri) || isSameLoopback(valid, requested));
    if (!registered) {
      throw Refusal.invalidRequest(
          "redirect_uri must be exactly one of those registered for the client, without wildcard");
    }
  }

  /** The user need not be logged in, so a wildcard would be an open redirector. */
  private static void checkLogout(KeycloakSession session, LogoutEvent logout) throws Refusal {
    List<String> uris =
        OIDCAdvancedConfigWrapper.fromClientModel(logout.client()).getPostLogoutRedirectUris();
    Set<String> registered =
        RedirectUtils.resolveValidRedirects(
            session, logout.client().getRootUrl(), uris == null ? Set.of() : Set.copyOf(uris));
    if (!registered.contains(logout.redirectUri())) {
      throw Refusal.invalidRequest(
          "post_logout_redirect_uri must be exactly one of those registered for the client, without"
              + " wildcard");
    }
  }

  private static void checkRegistered(ClientRepresentation proposed, Settings settings)
      throws Refusal {
    List<String> redirectUris = proposed.getRedirectUris();
    if (redirectUris == null || Boolean.FALSE.equals(proposed.isStandardFlowEnabled())) {
      return;
    }
    for (int i = 0; i < redirectUris.size(); i++) {
      String redirectUri = redirectUris.get(i);
      if (redirectUri.contains("*")) {
        throw new Refusal(
                "invalid_redirect_uri",
                "a redirect URI must not hold a wildcard",
                "register it in full")
            .at("/redirectUris/" + i);
      }
      boolean relative = redirectUri.startsWith("/") && proposed.getRootUrl() != null;
      if (!isSecure(parse(relative ? proposed.getRootUrl() : redirectUri), settings)) {
        throw new Refusal(
                "invalid_redirect_uri",
                "a redirect URI must be https, or http on the loopback interface for a native"
                    + " client")
            .at("/redirectUris/" + i);
      }
    }
  }

  private static boolean isSecure(URI uri, Settings settings) {
    if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    boolean secure =
        "https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme())
                && settings.loopbackHosts().contains(uri.getHost()));
    return secure && uri.getRawFragment() == null;
  }

  private static boolean isSameLoopback(String valid, URI requested) {
    URI registered = parse(valid);
    return registered != null
        && "http".equals(requested.getScheme())
        && "http".equals(registered.getScheme())
        && requested.getHost().equals(registered.getHost())
        && String.valueOf(requested.getRawPath()).equals(String.valueOf(registered.getRawPath()))
        && String.valueOf(requested.getRawQuery()).equals(String.valueOf(registered.getRawQuery()));
  }

  private static URI parse(String uri) {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
