package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.Pki;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A trusted directory of an ecosystem, for tests: organisations and their software, signed
 * statements about them, certificates, keys, and a list of participants. It is a stand-in: it
 * proves how a server behaves, and certifies nothing.
 */
public final class Directory implements AutoCloseable {
  /** The name of the directory's authority. */
  public static final String AUTHORITY = "CN=Directory CA,O=Directory";

  private final Ecosystem ecosystem;
  private final StatementKeys keys;
  private final Certificates certificates;
  private final HttpServer server;
  private final Addresses addresses;
  private final Collection<Organisation> organisations = new ConcurrentLinkedQueue<>();
  private final Map<String, Served> documents = new ConcurrentHashMap<>();
  private final Served jwks;
  private final Served participants;
  private final Served elsewhere = new Served(() -> "{}");

  private Directory(
      Ecosystem ecosystem, HttpServer server, Addresses addresses, CertificateAuthority authority) {
    this.ecosystem = ecosystem;
    this.server = server;
    this.addresses = addresses;
    keys = new StatementKeys(ecosystem.newKey());
    certificates = new Certificates(authority, ecosystem);
    jwks = new Served(keys::jwks);
    participants = new Served(() -> ecosystem.participants(organisations).toString());
    documents.put("/openbanking.jwks", jwks);
    documents.put("/participants", participants);
    documents.put("/elsewhere", elsewhere);
    server.createContext("/", this::serve);
    new DirectoryTokens(this).serve(server);
    server.start();
  }

  /**
   * On a free port of the loopback interface, with a certificate that the server with that PKI
   * trusts. The directory's own authority is one that the server's authority for clients has
   * certified, so that the server's listener lets its certificates through.
   */
  public static Directory start(Ecosystem ecosystem, Pki pki) {
    HttpServer server = LocalHttp.mutualTls(pki.serverCa());
    URI base = URI.create("https://localhost:" + server.getAddress().getPort());
    return new Directory(
        ecosystem, server, Addresses.at(base), pki.clientCa().subordinate(AUTHORITY));
  }

  /** Without TLS on that port, behind a proxy under these addresses. */
  public static Directory behindProxy(
      Ecosystem ecosystem, int port, Addresses addresses, CertificateAuthority authority) {
    return new Directory(ecosystem, LocalHttp.plain(port), addresses, authority);
  }

  /** Adds an active organisation. */
  public Organisation organisation(String name) {
    Organisation added = new Organisation(this, name);
    organisations.add(added);
    return added;
  }

  /** Adds many organisations at once, each with so many software. */
  public List<Organisation> generate(int count, int softwareOfEach) {
    List<Organisation> added = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Organisation organisation = organisation("Generated organisation " + i);
      for (int j = 0; j < softwareOfEach; j++) {
        organisation.software("Generated software " + i + "." + j);
      }
      added.add(organisation);
    }
    return added;
  }

  /** Removes an organisation from the list. */
  public void remove(Organisation gone) {
    organisations.remove(gone);
  }

  /** The keys that sign statements. */
  public StatementKeys keys() {
    return keys;
  }

  /** The document with the keys that sign statements. */
  public Served jwks() {
    return jwks;
  }

  /** The list of participants. */
  public Served participants() {
    return participants;
  }

  /** Where {@link Failure#REDIRECT} leads. */
  public Served elsewhere() {
    return elsewhere;
  }

  /** The directory's authority for transport certificates. */
  public Certificates certificates() {
    return certificates;
  }

  public Ecosystem ecosystem() {
    return ecosystem;
  }

  public Addresses addresses() {
    return addresses;
  }

  public URI jwksUri() {
    return addresses.keystore().resolve("/openbanking.jwks");
  }

  public URI participantsUri() {
    return addresses.data().resolve("/participants");
  }

  /** A profile with the addresses, the issuer and the authority of this directory. */
  public ObjectNode adapt(ObjectNode profile) {
    ObjectNode adapted = profile.deepCopy();
    ObjectNode directory = adapted.withObject("/directory");
    if (directory.path("keys").asText().equals("x5c")) {
      directory.putArray("anchors").add(certificates.authority().certificatePem());
    } else {
      directory.put("issuer", ecosystem.issuer()).put("jwks_uri", jwksUri().toString());
    }
    if (directory.has("status")) {
      directory.withObject("/status").put("uri", participantsUri().toString());
    }
    adapted
        .withObject("/certificate")
        .putArray("anchors")
        .add(certificates.authority().certificatePem());
    return adapted;
  }

  @Override
  public void close() {
    server.stop(0);
    certificates.close();
  }

  void publish(Software software) {
    documents.put(software.jwksPath(), software.jwks());
  }

  Optional<Software> find(String organisationId, String softwareId) {
    return organisations.stream()
        .filter(organisation -> organisation.id().equals(organisationId))
        .flatMap(organisation -> organisation.software().stream())
        .filter(software -> software.id().equals(softwareId))
        .findFirst();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Served document = documents.get(exchange.getRequestURI().getPath());
    if (document == null) {
      LocalHttp.answer(exchange, 404, Json.object().put("error", "not_found").toString());
    } else {
      document.respond(exchange);
    }
  }
}
