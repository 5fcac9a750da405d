package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A software of an organisation: what its statements say, its keys, and its certificates. */
public final class Software {
  private final Organisation organisation;
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final List<String> redirectUris = new ArrayList<>();
  private final Served jwks = new Served(() -> keys().publicJwks());
  private ClientKeys keys;
  private volatile String state;

  Software(Organisation organisation, String name, List<String> roles) {
    this.organisation = organisation;
    this.name = name;
    this.state = organisation.directory().ecosystem().active();
    roles.forEach(role -> this.roles.put(role, state));
    redirectUris.add("https://" + id + ".tpp.example/callback");
  }

  /** A current statement about this software, to be changed and signed. */
  public Statement statement() {
    Ecosystem ecosystem = organisation.directory().ecosystem();
    Statement statement = new Statement(ecosystem.signer(this), ecosystem.statement(this));
    ecosystem.header(this).forEach(statement::header);
    return statement;
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

  /** A transport certificate of the directory's authority with a new EC key. */
  public ClientCertificate certificate() {
    return organisation.directory().certificates().issue(this, Keys.ec());
  }

  /** Sets the state in the ecosystem's own words, for statements and for the list. */
  public Software state(String newState) {
    state = newState;
    return this;
  }

  /** Adds a role, or changes its state. */
  public synchronized Software role(String role, String roleState) {
    roles.put(role, roleState);
    return this;
  }

  /** Replaces the redirect URIs. */
  public synchronized Software redirectUris(String... uris) {
    redirectUris.clear();
    redirectUris.addAll(List.of(uris));
    return this;
  }

  /** Replaces the keys that are published for it. */
  public synchronized Software keys(ClientKeys newKeys) {
    keys = newKeys;
    return this;
  }

  /** The private keys; made at the first use, because directories can be large. */
  public synchronized ClientKeys keys() {
    if (keys == null) {
      keys = ClientKeys.of(ClientKeys.ps256(), ClientKeys.es256());
    }
    return keys;
  }

  /** The key set as the directory serves it. */
  public Served jwks() {
    return jwks;
  }

  /** Where the directory serves the key set. */
  public URI jwksUri() {
    return organisation.directory().addresses().keystore().resolve(jwksPath());
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String state() {
    return state;
  }

  /** The roles with the state of each. */
  public synchronized Map<String, String> roles() {
    return new LinkedHashMap<>(roles);
  }

  public synchronized List<String> redirectUris() {
    return List.copyOf(redirectUris);
  }

  public Organisation organisation() {
    return organisation;
  }

  String jwksPath() {
    return "/" + organisation.id() + "/" + id + "/application.jwks";
  }
}
