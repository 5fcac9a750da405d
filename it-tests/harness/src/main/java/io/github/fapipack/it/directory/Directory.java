package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory of an ecosystem: the pack's own, in a realm of the test server. Organisations,
 * software, certificates and statements are those of the box; banks fetch its documents through a
 * {@link Front}, which can fail. The harness knows its keys, so it can also say what the box would
 * not.
 */
public final class Directory implements Vouching, AutoCloseable {
  /** The name of the directory's authority. */
  public static final String AUTHORITY = "CN=Directory CA,O=Directory";

  private final Ecosystem ecosystem;
  private final HttpTransport http;
  private final Front front;
  private final Box box;
  private final StatementKeys keys;
  private final Certificates certificates;
  private final Listing listing;
  private final Set<String> names = new HashSet<>();
  private final List<Organisation> organisations = new ArrayList<>();

  private Directory(Ecosystem ecosystem, KeycloakServer server) {
    this.ecosystem = ecosystem;
    http = new HttpTransport(server.pki().sslContext(null), false);
    front = new Front(server);
    box = Box.create(server, ecosystem.template(), front);
    keys = new StatementKeys(box);
    CertificateAuthority root = server.pki().clientCa();
    certificates = new Certificates(box, front, root.subordinate(AUTHORITY), root);
    listing = new Listing(participants(), () -> atBox("/participants"));
    front.document("/elsewhere").serve("{}");
  }

  /**
   * In a realm of its own. The directory's authority is one that the server's authority for clients
   * has certified, so that the server's listener lets its certificates through.
   */
  public static Directory start(Ecosystem ecosystem, KeycloakServer server) {
    return new Directory(ecosystem, server);
  }

  /** Adds an active organisation with all roles; a number makes the name unique. */
  public synchronized Organisation organisation(String name) {
    String unique = name;
    for (int number = 2; !names.add(unique); number++) {
      unique = name + " " + number;
    }
    Organisation added = Organisation.create(this, unique);
    organisations.add(added);
    return added;
  }

  /** Removes an organisation from Keycloak and so from the list. */
  public synchronized void remove(Organisation gone) {
    box.removeOrganisation(gone.id());
    organisations.remove(gone);
    names.remove(gone.name());
  }

  /** Removes all organisations, and has the box answer for itself again. */
  public synchronized void clear() {
    List.copyOf(organisations).forEach(this::remove);
    participants().recover();
    jwks().recover();
  }

  /** The keys that sign statements. */
  public StatementKeys keys() {
    return keys;
  }

  /** A directory that the box is not: it signs with a key without kid, and publishes that too. */
  public void pretendKeyWithoutKid() {
    keys.pretendWithoutKid(jwks(), () -> atBox("/keystore/" + ecosystem.keySet()));
  }

  /** The document with the keys that sign statements. */
  public Served jwks() {
    return front.document(jwksUri().getPath());
  }

  /** The list of participants. */
  public Served participants() {
    return front.document(participantsUri().getPath());
  }

  /** Where {@link Failure#REDIRECT} leads. */
  public Served elsewhere() {
    return front.document("/elsewhere");
  }

  public URI elsewhereUri() {
    return front.documents().resolve("/elsewhere");
  }

  /** The directory's authority. */
  public Certificates certificates() {
    return certificates;
  }

  public URI jwksUri() {
    return directoryUri("/keystore/" + ecosystem.keySet());
  }

  public URI participantsUri() {
    return directoryUri("/participants");
  }

  @Override
  public ObjectNode profile() {
    ObjectNode profile = (ObjectNode) Json.parse(atBox("/ecosystem-profile"));
    // These tests are about registration: their realms have no levels of login and no consent
    // service.
    profile.remove(List.of("authentication", "claims", "consent"));
    // The root also certifies others here, whom banks must be able to tell from the directory.
    profile
        .withObject("/certificate")
        .putArray("anchors")
        .add(certificates.authority().certificatePem());
    return profile;
  }

  @Override
  public void close() {
    box.close();
    front.close();
    certificates.close();
  }

  Ecosystem ecosystem() {
    return ecosystem;
  }

  Box box() {
    return box;
  }

  Listing listing() {
    return listing;
  }

  /** A document as the box has it, whatever the front does with it. */
  private String atBox(String path) {
    URI address = URI.create(box.server().address() + box.path() + "/directory" + path);
    return http.send("GET", address, new NamedValues(), "").expectStatus(200).body();
  }

  /** The address of a document, as others see it. */
  URI directoryUri(String path) {
    return front.documents().resolve(box.path() + "/directory" + path);
  }
}
