package io.github.fapipack.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A directory's realm with people who have accounts; only the operator is somebody yet. */
final class SchemeRealm {
  /** The operator of the scheme. */
  static final String OPERATOR = "olga";

  private final TestRealm realm;

  SchemeRealm(TestRealm realm) {
    this.realm = realm;
    person(OPERATOR);
    JsonNode role = admin().get("/" + realm.name() + "/roles/scheme-operator");
    admin()
        .send(
            "POST",
            "/" + realm.name() + "/users/" + id(OPERATOR) + "/role-mappings/realm",
            Json.object().arrayNode().add(role));
  }

  /** Creates an account. */
  SchemeRealm person(String name) {
    ObjectNode user = SampleUser.json(name, realm.password());
    user.remove("attributes");
    admin().createUser(realm.name(), user);
    return this;
  }

  /** Keycloak's id of a person. */
  String id(String name) {
    return admin()
        .get("/" + realm.name() + "/users?exact=true&username=" + name)
        .get(0)
        .path("id")
        .asText();
  }

  /** Makes somebody a member of an organisation, without duties; returns the person's id. */
  String join(String name, String organisation) {
    String id = id(name);
    admin()
        .send(
            "POST",
            "/" + realm.name() + "/organizations/" + organisation + "/members",
            Json.object().textNode(id));
    return id;
  }

  /** Has somebody do something at the next login. */
  void require(String name, String... actions) {
    ObjectNode change = Json.object();
    for (String action : actions) {
      change.withArray("requiredActions").add(action);
    }
    admin().send("PUT", "/" + realm.name() + "/users/" + id(name), change);
  }

  /** An active organisation with one active role, made by the operator; returns its id. */
  String create(PortalVisitor operator, String name) {
    return operator.fill("apply", organisation(name)).id();
  }

  /** The form for an organisation. */
  static NamedValues organisation(String name) {
    return new NamedValues()
        .set("name", name)
        .set("number", "HRB 12345")
        .set("country", "DE")
        .set("roles", "data-reader");
  }

  /** The form for a software. */
  static NamedValues software(String name) {
    return new NamedValues()
        .set("name", name)
        .set("redirectUris", "https://acorn.example/back\r\nhttps://acorn.example/other")
        .set("clientUri", "https://acorn.example/")
        .set("logoUri", "https://acorn.example/logo.png")
        .set("roles", "data-reader");
  }

  /** A certificate request as PEM. */
  static String request(KeyPair keys) {
    try {
      byte[] request =
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("CN=whatever"), keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return pem("CERTIFICATE REQUEST", request);
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A public key as PEM. */
  static String publicKey(KeyPair keys) {
    return pem("PUBLIC KEY", keys.getPublic().getEncoded());
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
  }

  /** Somebody's browser, logged in. */
  PortalVisitor visitor(String name) {
    return new PortalVisitor(realm).logIn(name);
  }

  TestRealm realm() {
    return realm;
  }

  AdminClient admin() {
    return realm.admin();
  }
}
