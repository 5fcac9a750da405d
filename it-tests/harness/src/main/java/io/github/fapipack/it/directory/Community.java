package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.server.Harness;

/**
 * A community as UDAP Security STU 2.0 has it: there is no directory, only an authority for
 * certificates. A software signs its own statements, and shows the certificate of the key in the
 * header.
 */
public final class Community implements Vouching, AutoCloseable {
  /** The name of its authority. */
  public static final String AUTHORITY = "CN=Community CA,O=Community";

  private final RevocationResponder revocation;

  private Community(CertificateAuthority authority) {
    revocation = RevocationResponder.start(authority);
  }

  /** With an authority that the server's authority for clients has certified. */
  public static Community start(Pki pki) {
    return new Community(pki.clientCa().subordinate(AUTHORITY));
  }

  /** Adds a software of the organisation. */
  public CommunitySoftware software(String name) {
    return new CommunitySoftware(this, name);
  }

  /** The authority for certificates. */
  public CertificateAuthority authority() {
    return revocation.authority();
  }

  /** Where the state of certificates is known. */
  public RevocationResponder revocation() {
    return revocation;
  }

  @Override
  public ObjectNode profile() {
    ObjectNode profile =
        (ObjectNode)
            Json.read(
                Harness.fromSystemProperties()
                    .root()
                    .resolve("providers/src/main/resources/fapi-ecosystems/udap.json"));
    profile.withObject("/directory").putArray("anchors").add(authority().certificatePem());
    profile.withObject("/certificate").putArray("anchors").add(authority().certificatePem());
    return profile;
  }

  @Override
  public void close() {
    revocation.close();
  }
}
