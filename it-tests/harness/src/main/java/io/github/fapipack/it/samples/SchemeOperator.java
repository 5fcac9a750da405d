package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.scheme.CertificateRequests;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/** The operator of a scheme's directory, who uses its admin API. */
public record SchemeOperator(AdminClient admin, String realm) {

  /** Reads what the API has at a path. */
  public JsonNode get(String path) {
    return send("GET", path, null);
  }

  /** Sends a request to a path of the API; fails if it is refused. */
  public JsonNode send(String method, String path, JsonNode bodyOrNull) {
    AdminResponse answer = admin.send(method, path(path), bodyOrNull);
    if (answer.status() >= 300) {
      throw new AdminFailure(
          method + " " + path(path) + " -> " + answer.status() + " " + answer.body());
    }
    return answer.json();
  }

  /** A path of the API, below {@code /admin/realms}. */
  public String path(String path) {
    return "/" + realm + "/fapi/scheme" + path;
  }

  /** Adds an organisation, which is active at once. */
  public JsonNode organisation(String name, String number, List<String> roles) {
    return send("POST", "/organisations", organisationBody(name, number, roles));
  }

  /** The body of a request about an organisation. */
  public static ObjectNode organisationBody(String name, String number, List<String> roles) {
    ObjectNode body = Json.object().put("name", name).put("number", number).put("country", "DE");
    roles.forEach(body.putArray("roles")::add);
    return body;
  }

  /** Decides about an organisation, a role or a software. */
  public JsonNode decide(String path, String standing, String reason) {
    return send("POST", path + "/decision", decision(path, standing, reason));
  }

  /** Decides about a role of an organisation. */
  public JsonNode decideRole(String organisation, String role, String standing, String reason) {
    String path = "/organisations/" + organisation;
    return send("PUT", path + "/roles/" + role, decision(path, standing, reason));
  }

  private ObjectNode decision(String path, String standing, String reason) {
    return Json.object()
        .put("version", get(path).path("version").asLong())
        .put("standing", standing)
        .put("reason", reason);
  }

  /** Issues a certificate for mutual TLS to a software. */
  public X509Certificate certify(String software, KeyPair keys) {
    JsonNode issued =
        send(
            "POST",
            "/software/" + software + "/certificates",
            Json.object().put("use", "transport").put("request", CertificateRequests.of(keys)));
    return PemCertificates.parse(issued.path("pem").asText()).get(0);
  }

  /** Revokes a certificate. */
  public JsonNode revoke(X509Certificate certificate, String reason) {
    return send(
        "POST",
        "/certificates/" + serial(certificate) + "/revocation",
        Json.object().put("reason", reason));
  }

  /** The serial number as the directory writes it. */
  public static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }

  /**
   * Does something while another template is in force, and then puts the old one back.
   *
   * @param template its id must be that of the template in force
   */
  public <T> T withTemplate(ObjectNode template, Supplier<T> work) {
    String attribute = "fapi.scheme." + template.path("id").asText();
    ObjectNode present = admin.realm(realm);
    ObjectNode changed = present.deepCopy();
    changed.withObject("/attributes").put(attribute, template.toString());
    admin.updateRealm(realm, changed);
    try {
      return work.get();
    } finally {
      admin.updateRealm(realm, present);
    }
  }
}
