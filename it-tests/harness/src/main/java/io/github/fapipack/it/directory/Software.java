package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;

/** A software of an organisation: its statements, its keys, and its certificates. */
public final class Software {
  private final Organisation organisation;
  private final ObjectNode data;
  private final String id;
  private long version;
  private boolean published;
  private X500Principal subject;

  private Software(Organisation organisation, ObjectNode data, JsonNode made) {
    this.organisation = organisation;
    this.data = data;
    this.id = made.path("id").asText();
    this.version = made.path("version").asLong();
  }

  static Software create(Organisation organisation, String name, List<String> roles) {
    String site = "https://" + UUID.randomUUID() + ".tpp.example/";
    ObjectNode data =
        Json.object()
            .put("name", name)
            .put("description", name)
            .put("softwareVersion", "1.1")
            .put("clientUri", site)
            .put("logoUri", site + "logo.png")
            .put("policyUri", site + "policy.html")
            .put("tosUri", site + "tos.html");
    data.putArray("redirectUris").add(site + "callback");
    roles.forEach(data.putArray("roles")::add);
    String path = "/organisations/" + organisation.id() + "/software";
    return new Software(
        organisation, data, organisation.directory().box().send("POST", path, data));
  }

  /** A statement that the box has just signed, to be changed and signed again. */
  public Statement statement() {
    publish();
    String signed = send("POST", "/statement", null).path("statement").asText();
    return Statement.of(signed, organisation.directory().keys().current());
  }

  /** Metadata (RFC 7591 2) with which the software can register, without the statement. */
  public ObjectNode metadata() {
    ObjectNode metadata =
        Json.object()
            .put("jwks_uri", jwksUri().toString())
            .put("token_endpoint_auth_method", "private_key_jwt");
    redirectUris().forEach(metadata.withArray("/redirect_uris")::add);
    metadata
        .putArray("grant_types")
        .add("authorization_code")
        .add("refresh_token")
        .add("client_credentials");
    metadata.putArray("response_types").add("code");
    return metadata;
  }

  /** The same with a current statement, as the body of a request. */
  public ObjectNode registration() {
    return metadata().put("software_statement", statement().sign());
  }

  /**
   * A request that the software signs, as some ecosystems demand it.
   *
   * @param audience whom it is for
   */
  public SignedRegistration signedRegistration(String audience) {
    return new SignedRegistration(this, audience);
  }

  /** A transport certificate of the box with a new EC key. */
  public ClientCertificate certificate() {
    return organisation.directory().certificates().issue(this, Keys.ec());
  }

  /** The subject that the box gives to its certificates. */
  synchronized X500Principal subject() {
    if (subject == null) {
      subject = certificate().certificate().getSubjectX500Principal();
    }
    return subject;
  }

  /** The operator decides; the state is in the ecosystem's own words. */
  public synchronized Software state(String newState) {
    Map<String, String> words = organisation.directory().ecosystem().softwareWords();
    String standing = Ecosystem.standing(words, newState);
    version =
        send("POST", "/decision", Organisation.decision(version, standing))
            .path("version")
            .asLong();
    return this;
  }

  /** The list has this state from now on, whatever the box says. */
  public Software listedAs(String state) {
    organisation.directory().listing().put(id, state);
    return this;
  }

  /** Replaces the redirect URIs. */
  public synchronized Software redirectUris(String... uris) {
    List.of(uris).forEach(data.putArray("redirectUris")::add);
    version = send("PUT", "", data.deepCopy().put("version", version)).path("version").asLong();
    return this;
  }

  /** Its private keys, which the organisation uses for all its software. */
  public ClientKeys keys() {
    return organisation.keys();
  }

  private synchronized void publish() {
    if (!published) {
      for (JWK key : keys().set().getKeys()) {
        send("POST", "/keys", Json.object().put("key", key.toPublicJWK().toJSONString()));
      }
      published = true;
    }
  }

  /** Where the key set is, as statements have it. */
  public URI jwksUri() {
    return organisation
        .directory()
        .directoryUri("/keystore/" + organisation.id() + "/" + id + "/application.jwks");
  }

  public String id() {
    return id;
  }

  public String name() {
    return data.path("name").asText();
  }

  public synchronized List<String> redirectUris() {
    return data.withArray("/redirectUris").valueStream().map(JsonNode::asText).toList();
  }

  public Organisation organisation() {
    return organisation;
  }

  private JsonNode send(String method, String path, JsonNode body) {
    return organisation.directory().box().send(method, "/software/" + id + path, body);
  }
}
