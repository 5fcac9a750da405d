package io.github.fapipack.it.peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestRealm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A service provider of SAML that signs nothing and checks nothing. */
public record SamlClient(TestRealm realm, String id) {
  private static final String SERVICE = "https://sp.example/acs";

  public static SamlClient in(TestRealm realm) {
    return new SamlClient(realm, "saml-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** Its registration, in Keycloak's own JSON. */
  public ObjectNode registration() {
    ObjectNode client = Json.object().put("clientId", id).put("protocol", "saml");
    client.putArray("redirectUris").add(SERVICE);
    client
        .putObject("attributes")
        .put("saml_idp_initiated_sso_url_name", id)
        .put("saml_assertion_consumer_url_post", SERVICE)
        .put("saml.client.signature", "false")
        .put("saml.server.signature", "false")
        .put("saml.assertion.signature", "false")
        .put("saml.artifact.binding", "false")
        .put("saml.allow.ecp.flow", "true");
    return client;
  }

  /** An address at which the server begins a login for it. */
  public URI startedByTheServer() {
    return URI.create(endpoint() + "/clients/" + id);
  }

  public URI endpoint() {
    return URI.create(realm.issuer() + "/protocol/saml");
  }

  /** An address with a request for a login. */
  public URI request() {
    return URI.create(
        endpoint() + "?SAMLRequest=" + URLEncoder.encode(deflated(xml()), StandardCharsets.UTF_8));
  }

  /** A request for a login in an envelope of SOAP, as an ECP sends it. */
  public String soap() {
    return "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body>"
        + xml()
        + "</S:Body></S:Envelope>";
  }

  private String xml() {
    return "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
        + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_"
        + UUID.randomUUID()
        + "\" Version=\"2.0\" IssueInstant=\""
        + Instant.now()
        + "\" Destination=\""
        + endpoint()
        + "\" AssertionConsumerServiceURL=\""
        + SERVICE
        + "\"><saml:Issuer>"
        + id
        + "</saml:Issuer></samlp:AuthnRequest>";
  }

  private static String deflated(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
