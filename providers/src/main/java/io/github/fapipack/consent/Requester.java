package io.github.fapipack.consent;

import java.net.IDN;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Shows which client asks, from the client's metadata. The client chose all of it except the host
 * to which the user is sent back, so that host is shown as well.
 */
final class Requester {

  private static final int MAX_NAME = 80;

  private final KeycloakSession session;
  private final ClientModel client;

  Requester(KeycloakSession session, ClientModel client) {
    this.session = session;
    this.client = client;
  }

  /** The values for a template; unknown ones are absent. */
  Map<String, Object> model(String redirectUri) {
    Map<String, Object> model = new HashMap<>();
    model.put("name", name());
    model.put("initial", name().substring(0, name().offsetByCodePoints(0, 1)));
    put(model, "organization", client.getAttribute("organization_name"));
    host(redirectUri).ifPresent(host -> model.put("host", host));
    putLink(model, "website", "clientUri");
    putLink(model, "policy", ClientModel.POLICY_URI);
    putLink(model, "terms", ClientModel.TOS_URI);
    logo().ifPresent(logo -> model.put("logo", logo.toString()));
    return model;
  }

  String name() {
    String name = client.getName();
    return SafeText.of(name == null || name.isBlank() ? client.getClientId() : name, MAX_NAME);
  }

  /** The logo, if it is on this server or on a host that the realm allows. */
  Optional<URI> logo() {
    return link(ClientModel.LOGO_URI).filter(LogoHosts.of(session)::allow);
  }

  private Optional<URI> link(String attribute) {
    return uri(client.getAttribute(attribute))
        .filter(uri -> "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null)
        .filter(uri -> uri.getRawUserInfo() == null);
  }

  /** An address together with its host, which the page shows next to the link. */
  private void putLink(Map<String, Object> model, String name, String attribute) {
    link(attribute)
        .ifPresent(
            link -> {
              model.put(name, link.toString());
              model.put(name + "Host", host(link.toString()).orElse(""));
            });
  }

  private static void put(Map<String, Object> model, String name, String value) {
    if (value != null && !value.isBlank()) {
      model.put(name, SafeText.of(value, MAX_NAME));
    }
  }

  private static Optional<String> host(String address) {
    return uri(address)
        .map(uri -> uri.getHost() == null ? uri.getScheme() : IDN.toASCII(uri.getHost()));
  }

  private static Optional<URI> uri(String text) {
    try {
      return text == null || text.isBlank() ? Optional.empty() : Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
