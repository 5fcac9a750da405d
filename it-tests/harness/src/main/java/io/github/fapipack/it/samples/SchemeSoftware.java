package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import java.util.List;

/** A software in a scheme's directory, with the private keys that its organisation has. */
public record SchemeSoftware(
    String organisation, String id, String name, String redirectUri, ClientKeys keys) {

  /** What a software is to be, as the directory's API takes it. */
  public static ObjectNode body(String name, String redirectUri, List<String> roles) {
    String site = redirectUri.replaceFirst("[^/]*$", "");
    ObjectNode body =
        Json.object()
            .put("name", name)
            .put("description", "Shows people all their accounts")
            .put("softwareVersion", "1.0")
            .put("clientUri", site)
            .put("logoUri", site + "logo.png")
            .put("policyUri", site + "policy.html")
            .put("tosUri", site + "terms.html");
    body.putArray("redirectUris").add(redirectUri);
    roles.forEach(body.putArray("roles")::add);
    return body;
  }

  /** The same for this software with other roles. */
  public ObjectNode body(List<String> roles) {
    return body(name, redirectUri, roles);
  }

  /** Adds a software to an organisation, and publishes keys for it. */
  public static SchemeSoftware add(
      SchemeOperator operator,
      String organisation,
      String name,
      String redirectUri,
      List<String> roles) {
    String id =
        operator
            .send(
                "POST",
                "/organisations/" + organisation + "/software",
                body(name, redirectUri, roles))
            .path("id")
            .asText();
    SchemeSoftware software =
        new SchemeSoftware(organisation, id, name, redirectUri, ClientKeys.create());
    software.publish(operator);
    return software;
  }

  /** Publishes the public halves of its keys. */
  public void publish(SchemeOperator operator) {
    for (JWK key : keys.set().getKeys()) {
      operator.send(
          "POST",
          "/software/" + id + "/keys",
          Json.object().put("key", key.toPublicJWK().toJSONString()));
    }
  }

  /** The address of its keys, below that of the directory. */
  public String keysPath() {
    return "/keystore/" + organisation + "/" + id + "/application.jwks";
  }

  /** The address of what it can do for itself, below that of the directory. */
  public String path(String end) {
    return "/organisations/" + organisation + "/softwarestatements/" + id + "/" + end;
  }
}
