package io.github.fapipack.it.directory;

import io.github.fapipack.it.client.ClientKeys;
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

  /** A current statement of the directory about this software, to be changed and signed. */
  public Statement statement() {
    Directory directory = organisation.directory();
    return new Statement(directory.keys().current(), directory.ecosystem().statement(this));
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
